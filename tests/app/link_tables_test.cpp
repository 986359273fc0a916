// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/link_tables.h"

#include "imported_tables.h"
#include "twinfirm/base/message_catalogue.h"

namespace twinfirm::app {

namespace {

using ingest::LinkCount;
using ingest::LinkOutcome;
using ingest::Protection;

class LinkTables : public ImportedTables {
  protected:
    [[nodiscard]] Result<LinkReport> link(const std::string& left, const std::string& right, const std::string& by,
                                          const std::string& crosswalk = "", const std::string& right_by = "") const {
        return link_tables(*project_, {left, right, by, right_by, crosswalk, folder_ / "key"});
    }
    static LinkCount count(const LinkReport& report, LinkOutcome outcome) {
        return report.outcomes[static_cast<std::size_t>(outcome)];
    }
    /// "kind left right" of every case.
    static std::vector<std::string> cases(const LinkReport& report) {
        std::vector<std::string> out;
        for (const LinkCase& found : report.cases) {
            out.push_back(found.kind + " " + std::to_string(found.left_row) + " " + std::to_string(found.right_row));
        }
        return out;
    }
};

constexpr const char* firms =
    "기업ID,사업자등록번호,기업명,주소,시도,설립일,도입연도\n"
    "F1,124-81-00998,(주)가나정밀,서울특별시 중구 을지로 1,서울특별시,2001-05-01,2016\n"
    "F2,120-81-47521,다라기계,강원도 춘천시 퇴계로 2,강원도,2002-01-01,\n"
    "F3,124-10-00991,홍길동상회,경기 수원시 영통구 3,경기,2003-01-01,\n"
    "F4,확인불가,마바테크,부산 중구 4,부산,2004-01-01,\n"
    "F5,220-81-62517,사아산업,대구 중구 5,대구,2005-01-01,\n";

TEST_F(LinkTables, NumbersAreOneWhateverTheirSpelling) {
    import("firms", firms);
    import("panel",
           "사업자번호,연도,시도,매출액\n"
           "1248100998,2015,서울,10\n1248100998,2016,서울시,11\n"
           "1208147521,2015,강원특별자치도,20\n1208147521,2016,전남,21\n"
           "1241000991,2015,경기도,30\n"
           "101-81-09147,2015,서울,40\n개인,2015,서울,50\n");
    const auto report = link("firms", "panel", "brn");
    ASSERT_TRUE(report) << report.error().code;
    EXPECT_EQ(count(*report, LinkOutcome::one_to_many), (LinkCount{2, 2, 4}));
    EXPECT_EQ(count(*report, LinkOutcome::one_to_one), (LinkCount{1, 1, 1}));
    EXPECT_EQ(count(*report, LinkOutcome::left_only), (LinkCount{1, 1, 0}));
    EXPECT_EQ(count(*report, LinkOutcome::right_only), (LinkCount{1, 0, 1}));
    EXPECT_EQ(report->left_without_key, 1);  // 확인불가
    EXPECT_EQ(report->right_without_key, 1);
    // Every row is somewhere.
    std::int64_t left = report->left_without_key;
    std::int64_t right = report->right_without_key;
    for (const LinkCount& outcome : report->outcomes) left += outcome.left_rows, right += outcome.right_rows;
    EXPECT_EQ(left, report->left_rows);
    EXPECT_EQ(right, report->right_rows);
    ASSERT_EQ(report->fields.size(), 1U);
    EXPECT_EQ(report->fields[0].field, "sido");
    EXPECT_EQ(report->fields[0].compared, 5);
    EXPECT_EQ(report->fields[0].conflicts, 1);
    const auto conflict = std::find_if(report->cases.begin(), report->cases.end(),
                                       [](const LinkCase& found) { return found.kind == "conflict"; });
    ASSERT_NE(conflict, report->cases.end());
    EXPECT_EQ(conflict->left_row, 2);
    EXPECT_EQ(conflict->right_row, 4);
    EXPECT_EQ(conflict->left_value, "강원");
    EXPECT_EQ(conflict->right_value, "전남");
    // No person and no number leaves the project.
    const std::string csv = link_cases_csv(*report);
    for (const char* canary : {"1241000991", "124-10-00991", "1018109147", "홍길동"}) {
        EXPECT_EQ(csv.find(canary), std::string::npos) << canary;
    }
    for (const LinkCase& found : report->cases) {
        EXPECT_NE(MessageCatalogue(Language::korean).text("link_case_" + found.kind, {}), "link_case_" + found.kind);
    }
}

TEST_F(LinkTables, NamesLinkAfterTheirColumnsWereDropped) {
    import("firms", firms, {{"기업명", Protection::drop}, { "주소", Protection::drop }});
    // Without numbers names stay as they are, addresses are hashed.
    import("names",
           "상호,공장주소,종업원수\n가나정밀 주식회사,서울시 중구 다른로 9,10\n다라기계(강릉지점),강원특별자치도 "
           "강릉시 1,20\n"
           "홍길동 상회,경기도 수원시 영통구 광교로 3,30\n없는회사,서울 중구,40\n");
    const auto by_name = link("names", "firms", "name");
    ASSERT_TRUE(by_name) << by_name.error().code;
    EXPECT_EQ(count(*by_name, LinkOutcome::one_to_one), (LinkCount{3, 3, 3}));
    const auto by_place = link("names", "firms", "name+address");
    ASSERT_TRUE(by_place) << by_place.error().code;
    EXPECT_EQ(count(*by_place, LinkOutcome::one_to_one), (LinkCount{2, 2, 2}));  // the branch is elsewhere
    // Names that stand in the project leave it masked.
    const std::string csv = link_cases_csv(*by_name);
    EXPECT_EQ(csv.find("없는회사"), std::string::npos);
    EXPECT_NE(csv.find("없***"), std::string::npos) << csv;

    // Hashes and texts compare by their own key only.
    const auto without = link_tables(*project_, {"names", "firms", "name", "", "", folder_ / "no-such-key"});
    ASSERT_FALSE(without);
    EXPECT_EQ(without.error().code, "link_key_missing");
    EXPECT_FALSE(std::filesystem::exists(folder_ / "no-such-key"));
    import("firms", firms, {{ "기업명", Protection::drop }}, "other-key");
    ASSERT_FALSE(link("names", "firms", "name"));
    import("others", firms, {{ "기업명", Protection::drop }});
    const auto two_keys = link("others", "firms", "name");
    ASSERT_FALSE(two_keys);
    EXPECT_EQ(two_keys.error().code, "link_keys_differ");
}

TEST_F(LinkTables, ANameOfTwoFirmsIsListedNotChosen) {
    import("left", "기업ID,기업명\n1,가나\n2,(주)가나\n3,다라\n");
    import("right", "기업명,매출액\n가나,10\n다라 주식회사,20\n");
    const auto report = link("left", "right", "name");
    ASSERT_TRUE(report) << report.error().code;
    EXPECT_EQ(count(*report, LinkOutcome::ambiguous), (LinkCount{1, 2, 1}));
    EXPECT_EQ(count(*report, LinkOutcome::one_to_one), (LinkCount{1, 1, 1}));
    EXPECT_EQ(cases(*report), (std::vector<std::string>{"ambiguous 1 0", "ambiguous 2 0", "ambiguous 0 1"}));
}

TEST_F(LinkTables, ACrosswalkJoinsWhatSharesNoKey) {
    import("firms", "기업ID,시도\nF1,서울\nF2,부산\nF3,대구\n");
    import("panel",
           "사업자번호,연도,매출액\n124-81-00998,2015,10\n124-81-00998,2016,11\n120-81-47521,2015,20\n"
           "220-81-62517,2015,30\n101-81-09147,2015,40\n");
    import("mapping",
           "기업ID,사업자등록번호\nF1,1248100998\nF2,1208147521\nF2,2208162517\nF3,2208162517\nF1,1248100998\n");
    const auto report = link("firms", "panel", "firm_id", "mapping");
    ASSERT_TRUE(report) << report.error().code;
    EXPECT_EQ(report->options.right_by, "brn");
    EXPECT_EQ(count(*report, LinkOutcome::one_to_many), (LinkCount{1, 1, 2}));
    EXPECT_EQ(count(*report, LinkOutcome::one_to_one), (LinkCount{1, 1, 1}));
    EXPECT_EQ(count(*report, LinkOutcome::left_only), (LinkCount{1, 1, 0}));
    EXPECT_EQ(report->crosswalk_ambiguous, 1);
    EXPECT_EQ(report->crosswalk_missing, 1);
    EXPECT_EQ(report->right_without_key, 0);
    const auto by_choice = link("firms", "panel", "firm_id", "mapping", "crn");
    ASSERT_FALSE(by_choice);
    EXPECT_EQ(by_choice.error().code, "link_column_missing");
    const auto none = link("firms", "panel", "brn");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().arguments.at("table"), "firms");
    const auto no_shared = link("panel", "firms", "brn", "panel");
    ASSERT_FALSE(no_shared);
    EXPECT_EQ(no_shared.error().code, "link_key_choice");
}

}  // namespace

}  // namespace twinfirm::app
