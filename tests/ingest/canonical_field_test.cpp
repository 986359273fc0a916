// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/canonical_field.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace twinfirm::ingest {
namespace {

TEST(MatchField, KnowsNamesSynonymsAndSpellings) {
    const std::pair<const char*, const char*> cases[] = {{"기업ID", "firm_id"},
                                                         {"사업자 등록번호", "brn"},
                                                         {"연도", "year"},
                                                         {"매출액(백만원)", "sales"},
                                                         {"총매출액 [억원]", "sales"},
                                                         {"상시근로자수(명)", "emp"},
                                                         {"수출액(백만원)", "export"},
                                                         {"도입연도", "adopt_year"},
                                                         {"폐업일", "closed"},
                                                         {"공급기업", "supplier"},
                                                         {"리드타임(도입전)", "lead_before"},
                                                         {"불량률(도입후)", "defect_after"},
                                                         {"납기준수율(도입전)", "otd_before"},
                                                         {"SALES", "sales"},
                                                         {"법정기업규모", "legal_size_class"}};
    for (const auto& [header, field] : cases) {
        const FieldMatch match = match_field(header);
        EXPECT_EQ(match.field, field) << header;
        EXPECT_GE(match.confidence, accepted_confidence) << header;
    }
}

TEST(MatchField, AsksWhereANameHasTwoMeanings) {
    const FieldMatch match = match_field("사업연도");
    EXPECT_EQ(match.field, "");
    EXPECT_EQ(match.reason, "conflict");
    EXPECT_EQ(std::set<std::string>(match.candidates.begin(), match.candidates.end()),
              (std::set<std::string>{"year", "adopt_year"}));
}

TEST(MatchField, OnlySuggestsWhatIsUncertain) {
    EXPECT_EQ(match_field("매출액_2015").field, "sales");
    EXPECT_EQ(match_field("매출액_2015").reason, "year_in_header");
    EXPECT_EQ(match_field("2014년 매출액").field, "sales");
    EXPECT_LT(match_field("매출액_2015").confidence, accepted_confidence);
    EXPECT_LT(match_field("전년도매출액").confidence, accepted_confidence);
    EXPECT_EQ(match_field("종엄원수").field, "emp");
    EXPECT_LT(match_field("종엄원수").confidence, accepted_confidence);
    EXPECT_EQ(match_field("비고").reason, "none");
    EXPECT_EQ(match_field("").reason, "none");
}

TEST(CanonicalFields, HaveUniqueKeysAndFindThemselves) {
    std::set<std::string> keys;
    for (const CanonicalField& field : canonical_fields()) {
        EXPECT_TRUE(keys.insert(field.key).second) << field.key;
        EXPECT_EQ(match_field(field.name.ko).field, field.key) << field.name.ko;
        EXPECT_EQ(find_canonical_field(field.key)->key, field.key);
    }
    EXPECT_EQ(find_canonical_field("nothing"), nullptr);
}

TEST(MissingStatus, TellsWhyThereIsNoValue) {
    EXPECT_EQ(missing_status("-"), store::ValueStatus::missing);
    EXPECT_EQ(missing_status("해당없음"), store::ValueStatus::not_applicable);
    EXPECT_EQ(missing_status("***"), store::ValueStatus::suppressed);
    EXPECT_EQ(missing_status("0"), std::nullopt);
    EXPECT_EQ(missing_status("999"), std::nullopt);
    EXPECT_EQ(missing_status(""), std::nullopt);
}

TEST(Levels, AreReadWhereTheyAreClear) {
    EXPECT_EQ(level_of_word("Lv.3"), 3);
    EXPECT_EQ(level_of_word("LV 3"), 3);
    EXPECT_EQ(level_of_word("중간1"), 3);
    EXPECT_EQ(level_of_word("중간 2"), 4);
    EXPECT_EQ(level_of_word("기초"), std::nullopt);
    EXPECT_TRUE(ambiguous_level("기초").same_band);
    EXPECT_FALSE(ambiguous_level("고도화").same_band);
    EXPECT_TRUE(ambiguous_level("Lv.3").levels.empty());
}

TEST(BooleanWords, ComeInPairs) {
    EXPECT_EQ(boolean_words({"O", "X"}), (std::map<std::string, std::int64_t>{{"O", 1}, {"X", 0}}));
    EXPECT_EQ(boolean_words({"y", "n", "-"}), (std::map<std::string, std::int64_t>{{"y", 1}, {"n", 0}}));
    EXPECT_EQ(boolean_words({"예", "아니오"}).size(), 2U);
    EXPECT_EQ(boolean_words({"유", "무"}).at("무"), 0);
    EXPECT_TRUE(boolean_words({"Y", "아니오"}).empty());
    EXPECT_TRUE(boolean_words({"1", "2"}).empty());
}

}  // namespace
}  // namespace twinfirm::ingest
