// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/table_check.h"

#include "imported_tables.h"

namespace twinfirm::app {
namespace {

class TableCheckTest : public ImportedTables {};

TEST_F(TableCheckTest, TellsGapsCodesAndWhatDoesNotJoin) {
    import("firms",
           "기업ID,업종코드,시도,도입연도,솔루션\nF1,C25112,서울,2016,MES\nF2,C99999,부산,,ERP\nF3,29294,서울,,\n");
    import("panel", "기업ID,연도,매출액\nF1,2014,10\nF1,2015,\nF2,2014,20\nF2,2015,21\nF9,2014,5\nF2,2014,22\n");
    const auto panel = check_table(folder_ / "p.twinfirm", "panel", "firms");
    ASSERT_TRUE(panel) << panel.error().code;
    EXPECT_EQ(panel->missing.years, (std::vector<int>{2014, 2015}));
    EXPECT_EQ(panel->missing.rows, (std::vector<std::int64_t>{4, 2}));
    ASSERT_EQ(panel->missing.columns.size(), 3u);
    EXPECT_EQ(panel->missing.columns[2].missing, (std::vector<std::int64_t>{0, 1}));
    const auto count = [&](const std::string& code) {
        for (const auto& issue : panel->issues) {
            if (issue.code == code) return issue.cases.size();
        }
        return std::size_t{0};
    };
    EXPECT_EQ(count("duplicate_firm_year"), 1u);
    EXPECT_EQ(count("firm_not_in_register"), 1u);
    EXPECT_EQ(count("firm_without_rows"), 1u);

    const auto firms = check_table(folder_ / "p.twinfirm", "firms", "firms");
    ASSERT_TRUE(firms) << firms.error().code;
    EXPECT_TRUE(firms->missing.years.empty());
    EXPECT_EQ(firms->missing.rows, (std::vector<std::int64_t>{3}));
    ASSERT_EQ(firms->codes.size(), 3u);
    const CodeList& industry = firms->codes[0];
    EXPECT_EQ(industry.field, "ksic");
    ASSERT_EQ(industry.codes.size(), 3u);
    EXPECT_EQ(industry.codes[0].value, "99999");
    EXPECT_EQ(industry.codes[0].known, CodeList::Known::no);
    EXPECT_EQ(industry.codes[2].known, CodeList::Known::yes);
    EXPECT_FALSE(industry.codes[2].meaning.ko.empty());
    EXPECT_EQ(firms->codes[1].codes[1].rows, 2);  // 서울 twice
    EXPECT_EQ(firms->codes[2].codes[0].known, CodeList::Known::without_list);
    EXPECT_EQ(check_table(folder_ / "p.twinfirm", "nowhere", "").error().code, "table_not_found");
}

}  // namespace
}  // namespace twinfirm::app
