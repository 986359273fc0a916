// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/linkage.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "twinfirm/base/random.h"
#include "twinfirm/ingest/firm_address.h"
#include "twinfirm/ingest/firm_identity.h"
#include "twinfirm/ingest/firm_name.h"

namespace twinfirm::ingest {

namespace {

using Strings = std::vector<std::string>;

TEST(FirmName, LegalFormsBranchesAndSpellingAreLeftOut) {
    for (const char* name : {"(주) 가나 정밀", "가나정밀 주식회사", "㈜가나정밀", "주식회사가나정밀", "（주）가나정밀",
                             "( 주 )가나·정밀", "가나정밀(유)", "유한회사 가나정밀", "가나정밀(서울지점)",
                             "가나정밀 (지점)", "가나정밀 서울지점", "농업회사법인 가나정밀㈜", "가나-정밀."}) {
        EXPECT_EQ(comparable_firm_name(name), "가나정밀") << name;
    }
    // Conjoining letters, as files from other systems have them.
    EXPECT_EQ(comparable_firm_name("\u1100\u1161\u1102\u1161"), "가나");
    EXPECT_EQ(comparable_firm_name("ＡＢＣ테크"), "abc테크");
    // What else stands in brackets tells firms apart, a unit too.
    EXPECT_EQ(comparable_firm_name("가나(강서우)"), "가나강서우");
    EXPECT_EQ(comparable_firm_name("가나(원)"), "가나원");
    EXPECT_EQ(comparable_firm_name("지점"), "지점");
    EXPECT_EQ(comparable_firm_name("(주)"), "");
}

TEST(FirmAddress, OldAndNewNamesOfOnePlaceAgree) {
    for (const char* address : {"강원도 춘천시 퇴계동 12", "강원특별자치도 춘천시 퇴계로 12, 3층", "강원 춘천시",
                                "(24341) 강원도 춘천시 퇴계로", "24341  강원  춘천시 퇴계로"}) {
        EXPECT_EQ(comparable_address(address), "강원 춘천시") << address;
    }
    EXPECT_EQ(comparable_address("경기도 수원시 영통구 광교로 1"), "경기 수원시 영통구");
    EXPECT_EQ(comparable_address("서울시 중구 을지로 1"), "서울 중구");
    EXPECT_EQ(comparable_address("세종특별자치시 한누리대로 2130"), "세종");
    EXPECT_EQ(comparable_address("춘천시 퇴계로 12"), "");
    EXPECT_EQ(comparable_address(""), "");
}

TEST(FirmIdentity, WhatIsNoFirmsOwnIsNotUsable) {
    EXPECT_EQ(firm_identity("brn", "124-81-00998").text, "1248100998");
    EXPECT_TRUE(firm_identity("brn", " 1248100998").usable);
    EXPECT_TRUE(firm_identity("brn", "123-45-67890").usable);  // a typing mistake is the same in both files
    for (const char* text : {"확인불가", "개인", "000-00-00000", "1.2481E+09", "124810****", "124810", ""}) {
        EXPECT_FALSE(firm_identity("brn", text).usable) << text;
    }
    EXPECT_TRUE(firm_identity("crn", "130111-0006246").usable);
    EXPECT_FALSE(firm_identity("crn", "800101-1234567").usable);
    EXPECT_FALSE(firm_identity("firm_name", "(주)").usable);
    EXPECT_FALSE(firm_identity("firm_name", "미상").usable);
    EXPECT_FALSE(firm_identity("address", "어딘가 1").usable);
    EXPECT_EQ(firm_identity("firm_id", " F1 ").text, "F1");

    PseudonymKey::Bytes bytes{};
    bytes.fill(3);
    const PseudonymKey key(bytes);
    EXPECT_EQ(identity_pseudonym(key, "brn", "124-81-00998"), key.pseudonym("brn", "1248100998"));
    EXPECT_FALSE(is_unusable_pseudonym(identity_pseudonym(key, "brn", "124-81-00998")));
    EXPECT_TRUE(is_unusable_pseudonym(identity_pseudonym(key, "brn", "확인불가")));
    EXPECT_TRUE(is_pseudonym(identity_pseudonym(key, "brn", "확인불가")));
    EXPECT_FALSE(is_pseudonym("x"));
    EXPECT_EQ(join_key_field("firm_name"), "firm_name_key");
    EXPECT_EQ(join_key_field("sales"), "");
}

/// "outcome keys left right" for outcomes that occur.
std::map<std::string, LinkCount> counts_of(const Linkage& linkage) {
    std::map<std::string, LinkCount> counts;
    for (std::size_t i = 0; i < link_outcomes; ++i) {
        if (linkage.counts[i].keys > 0) {
            counts[std::string(link_outcome_name(static_cast<LinkOutcome>(i)))] = linkage.counts[i];
        }
    }
    return counts;
}

TEST(Linkage, CountsEveryOutcome) {
    const LinkSide left{{"a", "b", "b", "c", "d", "d", "", "e"}};
    const LinkSide right{{"z", "a", "b", "c", "c", "d", "d", ""}};
    const Linkage linkage = link_rows(left, right);
    EXPECT_EQ(counts_of(linkage), (std::map<std::string, LinkCount>{{"one_to_one", {1, 1, 1}},
                                                                    {"many_to_one", {1, 2, 1}},
                                                                    {"one_to_many", {1, 1, 2}},
                                                                    {"many_to_many", {1, 2, 2}},
                                                                    {"left_only", {1, 1, 0}},
                                                                    {"right_only", {1, 0, 1}}}));
    EXPECT_EQ(linkage.left_without_key, std::vector<std::size_t>{6});
    EXPECT_EQ(linkage.right_without_key, std::vector<std::size_t>{7});
}

TEST(Linkage, RowsOfOneYearAreCountedWhereBothSidesHaveYears) {
    const LinkSide panel{{"a", "a", "b", "b"}, {}, {2014, 2015, 2014, 2014}};
    const LinkSide other{{"a", "a", "b"}, {}, {2014, 2015, 2014}};
    EXPECT_EQ(counts_of(link_rows(panel, other)),
              (std::map<std::string, LinkCount>{{"one_to_one", {1, 2, 2}}, {"many_to_one", {1, 2, 1}}}));
    // A register has none: a firm's years are many rows of one firm.
    EXPECT_EQ(counts_of(link_rows({{"a", "b"}}, panel)),
              (std::map<std::string, LinkCount>{{"one_to_many", {2, 2, 4}}}));
}

TEST(Linkage, ANameOfTwoFirmsIsNeverLinked) {
    LinkSide left{{"가나", "가나", "다라"}, {"1", "2", "3"}, {}, false};
    const LinkSide right{{"가나", "다라"}, {}, {}, false};
    EXPECT_EQ(counts_of(link_rows(left, right)),
              (std::map<std::string, LinkCount>{{"ambiguous", {1, 2, 1}}, {"one_to_one", {1, 1, 1}}}));
    // The same firm twice is not two firms.
    left.firms = {"1", "1", "3"};
    EXPECT_EQ(counts_of(link_rows(left, right)).count("ambiguous"), 0U);
    // Where nothing says so, two rows of a name are two firms, unless they are years of one.
    left.firms = {"1", "", "3"};
    EXPECT_EQ(counts_of(link_rows(left, right)).at("ambiguous").keys, 1);
    left.firms.clear();
    EXPECT_EQ(counts_of(link_rows(left, right)).at("ambiguous").keys, 1);
    left.years = {2014, 2015, 2014};
    EXPECT_EQ(counts_of(link_rows(left, right)).count("ambiguous"), 0U);
    left.years = {2014, 2014, 2014};
    EXPECT_EQ(counts_of(link_rows(left, right)).at("ambiguous").keys, 1);
    // An ambiguous name on the right is no better.
    EXPECT_EQ(
        counts_of(link_rows({{"가나"}, {}, {}, false}, {{"가나", "가나"}, {"1", "2"}, {}, false})).at("ambiguous"),
        (LinkCount{1, 1, 2}));
}

TEST(Linkage, EveryRowIsOfOneKeyWhateverTheOrder) {
    Random random(7);
    for (int trial = 0; trial < 50; ++trial) {
        LinkSide left;
        LinkSide right;
        for (std::size_t i = 0; i < 60; ++i) {
            left.keys.push_back(random.below(8) == 0 ? "" : "k" + std::to_string(random.below(30)));
            right.keys.push_back(random.below(8) == 0 ? "" : "k" + std::to_string(random.below(30)));
        }
        const Linkage linkage = link_rows(left, right);
        std::multiset<std::size_t> rows(linkage.left.begin(), linkage.left.end());
        rows.insert(linkage.left_without_key.begin(), linkage.left_without_key.end());
        EXPECT_EQ(std::set<std::size_t>(rows.begin(), rows.end()).size(), 60U);
        std::int64_t left_rows = 0;
        std::int64_t linked_pairs = 0;
        for (const LinkedKey& key : linkage.keys) {
            left_rows += static_cast<std::int64_t>(linkage.left_rows(key).size());
            if (!key.linked()) continue;
            linked_pairs += static_cast<std::int64_t>(linkage.left_rows(key).size() * linkage.right_rows(key).size());
        }
        EXPECT_EQ(left_rows, static_cast<std::int64_t>(linkage.left.size()));
        std::int64_t pairs = 0;
        for (const std::string& a : left.keys) {
            for (const std::string& b : right.keys) pairs += !a.empty() && a == b;
        }
        EXPECT_EQ(linked_pairs, pairs);
        const auto counts = linkage.counts;
        random.shuffle(left.keys);
        random.shuffle(right.keys);
        EXPECT_EQ(link_rows(left, right).counts, counts);
    }
}

TEST(Linkage, LengthsMustAgree) {
    EXPECT_THROW((void)link_rows({{"a"}, {"1", "2"}}, {{"a"}}), std::invalid_argument);
    EXPECT_THROW((void)translate_keys({{"a"}}, {"a"}, {}), std::invalid_argument);
}

TEST(Linkage, ACrosswalkLeadsToOneKeyOrToNone) {
    const LinkSide side{{"b1", "b2", "b3", "b4", ""}, {}, {2014, 2014, 2014, 2014, 2014}};
    const CrosswalkResult result =
        translate_keys(side, {"b1", "b1", "b2", "b2", "b3", ""}, {"F1", "F1", "F2", "F3", "", "F9"});
    EXPECT_EQ(result.side.keys, (Strings{"F1", "", "", "", ""}));
    EXPECT_EQ(result.ambiguous, std::vector<std::size_t>{1});
    EXPECT_EQ(result.not_found, (std::vector<std::size_t>{2, 3}));
    EXPECT_EQ(result.side.years, side.years);
}

}  // namespace

}  // namespace twinfirm::ingest
