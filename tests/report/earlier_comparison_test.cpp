// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/earlier_comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/evaluation_fixture.h"
#include "twinfirm/evaluation/evaluation_json.h"
#include "twinfirm/report/build_report.h"

namespace twinfirm::report {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

evaluation::ResultSummary summary_of(const evaluation::Evaluation& evaluation) {
    return evaluation::read_result_summary(evaluation::evaluation_to_json(evaluation), "result.json").value();
}

/// The study of the years before, with a smaller effect on sales.
evaluation::Evaluation earlier_evaluation() {
    auto earlier = testing::small_evaluation();
    earlier.data.last_year = 2018;
    for (auto& row : earlier.effects) {
        if (row.outcome == "sales" && !row.group.suppressed) row.percent = 0.0405;
    }
    return earlier;
}

const std::vector<Cell>& row_of(const Table& table, const std::string& key, const std::string& measure) {
    for (const auto& row : table.rows) {
        if (row[0].key == key && row[1].key == measure) return row;
    }
    throw std::out_of_range(key + " " + measure);
}

TEST(EarlierComparison, SetsTheHeadlinesSideBySide) {
    const auto now = testing::small_evaluation();
    const Table table = earlier_headline_table(now, summary_of(earlier_evaluation()), Language::korean);
    const auto& sales = row_of(table, "sales", "matched");
    EXPECT_EQ(sales[3].text, "5.4\n[3.1, 7.7]");
    EXPECT_EQ(sales[4].text, "1,234");
    EXPECT_EQ(sales[5].text, "4.1\n[3.1, 7.7]");
    EXPECT_EQ(sales[7].text, "1.3");
    EXPECT_EQ(sales[7].values.size(), 1u) << "no interval of the difference";
    EXPECT_EQ(row_of(table, "accidents", "matched")[7].text, "0.00");
    EXPECT_EQ(row_of(table, "quality", "naive")[5].text, "△43.5\n[△44.5, △42.5]");
    EXPECT_EQ(table.header_rows[0][3].text, "이 결과(2012~2019년)");
    EXPECT_EQ(table.header_rows[0][5].text, "이전 결과(2012~2018년)");
    EXPECT_THAT(table.notes, Contains(HasSubstr("독립이 아니므로")));
}

TEST(EarlierComparison, SubtractsNothingThatIsMeasuredOtherwise) {
    const auto now = testing::small_evaluation();
    auto before = earlier_evaluation();
    before.specification.outcomes[0].metric = design::ChangeMetric::level;
    before.specification.outcomes[1].key = "injuries";
    for (auto& row : before.effects) {
        if (row.outcome == "accidents") row.outcome = "injuries";
    }
    const Table table = earlier_headline_table(now, summary_of(before), Language::korean);
    EXPECT_EQ(row_of(table, "sales", "matched")[7].kind, CellKind::not_available);
    EXPECT_EQ(row_of(table, "accidents", "matched")[5].kind, CellKind::not_available);
    EXPECT_EQ(row_of(table, "injuries", "matched")[3].kind, CellKind::not_available);
    EXPECT_THAT(table.notes, Contains(HasSubstr("단위가 달라 빼지 않음")));
    const Table definitions = earlier_definition_table(now, summary_of(before), Language::korean);
    ASSERT_GE(definitions.rows.size(), 3u);
    EXPECT_EQ(definitions.rows[0][0].text, "성과지표 ‘매출액’: 변화 방식");
    EXPECT_EQ(definitions.rows[0][1].text, "증감률(%)");
    EXPECT_EQ(definitions.rows[0][2].text, "차이(원래 단위)");
}

TEST(EarlierComparison, AHiddenNumberIsNotGivenAwayByTheDifference) {
    auto now = testing::small_evaluation();
    for (auto& row : now.effects) {
        if (row.group.breakdown.empty() && row.outcome == "sales") {
            row.group.suppressed = true;
            testing::hide(row);
        }
    }
    const Table table = earlier_headline_table(now, summary_of(earlier_evaluation()), Language::english);
    EXPECT_EQ(row_of(table, "sales", "matched")[3].kind, CellKind::suppressed);
    EXPECT_EQ(row_of(table, "sales", "matched")[7].kind, CellKind::suppressed);
}

TEST(EarlierComparison, IsAChapterOfBothReports) {
    const auto now = testing::small_evaluation();
    for (const ReportKind kind : {ReportKind::evaluation, ReportKind::press_release}) {
        ReportOptions options;
        options.kind = kind;
        options.earlier = summary_of(earlier_evaluation());
        const Document document = build_report(now, Language::korean, options);
        const auto chapter =
            std::find_if(document.sections.begin(), document.sections.end(),
                         [](const Section& section) { return section.heading == "이전 결과와의 비교"; });
        ASSERT_NE(chapter, document.sections.end());
        const auto& lines = std::get<BulletList>(chapter->blocks.at(0));
        EXPECT_THAT(lines.items.at(0).text, HasSubstr("유의성을 판단할 수 없음"));
        EXPECT_EQ(lines.items.at(1).text, "두 분석의 정의는 같음");
    }
}

}  // namespace
}  // namespace twinfirm::report
