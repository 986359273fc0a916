// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "report/evaluation_fixture.h"
#include "twinfirm/report/breakdown_tables.h"
#include "twinfirm/report/effect_tables.h"
#include "twinfirm/report/sample_tables.h"
#include "twinfirm/report/table_csv.h"

namespace twinfirm::report {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> texts(const std::vector<Cell>& row) {
    std::vector<std::string> list;
    for (const Cell& cell : row) list.push_back(cell.text);
    return list;
}

std::vector<std::string> lines(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> list;
    for (std::string line; std::getline(stream, line);) list.push_back(line);
    return list;
}

TEST(Tables, ShowTheFlowOfFirms) {
    const Table table = flow_table(testing::small_evaluation(), Language::korean);
    ASSERT_EQ(table.rows.size(), 3u);
    EXPECT_THAT(texts(table.rows[0]), ElementsAre("자료에 있는 기업", "5,003", "158,270"));
    EXPECT_EQ(table.unit, "개사");
}

TEST(Tables, SumTheReasons) {
    const Table table = reasons_table(testing::small_evaluation(), Language::korean);
    EXPECT_THAT(texts(table.rows.back()), ElementsAre("계", "4,991", "158,270"));
    EXPECT_TRUE(table.rows.back().front().emphasis);
}

TEST(Tables, ShowTheBalance) {
    const Table table = balance_table(testing::small_evaluation(), Language::korean);
    EXPECT_THAT(texts(table.rows[0]),
                ElementsAre("성향점수", "△3.00", "△4.00", "0.900", "1.20", "△3.00", "△3.01", "0.010", "1.01"));
    EXPECT_THAT(texts(table.rows[2]),
                ElementsAre("업종: C10", "0.200", "0.100", "0.250", "-", "0.200", "0.200", "0.000", "-"));
    EXPECT_THAT(table.notes, Contains(HasSubstr("이항 변수에는 해당 없음")));
    ASSERT_EQ(table.header_rows.size(), 2u);
    EXPECT_EQ(table.header_rows[0][1].column_span, 4);
    EXPECT_TRUE(table.header_rows[0][2].covered);
    EXPECT_EQ(table.header_rows[0][0].row_span, 2);
    EXPECT_TRUE(table.header_rows[1][0].covered);
}

TEST(Tables, ShowTheSurveyByEveryDefinition) {
    const Table table = process_kpi_table(testing::small_evaluation(), Language::korean);
    EXPECT_THAT(texts(table.rows[0]), ElementsAre("생산성", "3,947", "29.9\n[28.9, 30.9]", "59.7\n[△20.2, 79.9]",
                                                  "44.8\n[29.9, 59.7]", "14.9\n[7.5, 29.9]", ""));
    EXPECT_EQ(table.rows[1][2].text, "△43.5\n[△44.5, △42.5]");
    EXPECT_EQ(process_kpi_table(testing::small_evaluation(), Language::english).rows[1][2].text,
              "−43.5\n[−44.5, −42.5]");
}

TEST(Tables, PutTheNaiveChangeBesideTheMatchedEffect) {
    const Table table = management_kpi_table(testing::small_evaluation(), Language::korean);
    ASSERT_EQ(table.rows.size(), 9u);
    EXPECT_EQ(table.rows[2][1].text, "윈저화 평균(1%씩)");
    EXPECT_EQ(table.rows[3][1].text, "절사평균(5%씩)");
    EXPECT_THAT(texts(table.rows[0]),
                ElementsAre("매출액", "합계 기준 증감률", "%", "3,947", "7.7", "[6.7, 8.7]", "<0.001", ""));
    EXPECT_THAT(texts(table.rows[5]),
                ElementsAre("매출액", "매칭 비교(미도입 시 대비)", "%", "1,234", "5.4", "[3.1, 7.7]", "<0.001", ""));
    EXPECT_TRUE(table.rows[5][4].emphasis);
    EXPECT_EQ(table.rows[0][0].row_span, 6);
    EXPECT_TRUE(table.rows[5][0].covered);
    EXPECT_THAT(texts(table.rows[8]), ElementsAre("산업재해율", "매칭 비교(이중차분)", "%p", "1,234", "△0.12",
                                                  "[△0.20, △0.04]", "<0.001", ""));
}

TEST(Tables, ShowTheFourMeansOfTheMatchedComparison) {
    const Table table = matched_comparison_table(testing::small_evaluation(), Language::korean);
    EXPECT_THAT(texts(table.rows[0]),
                ElementsAre("매출액(억원)", "73.3", "119.7", "71.4", "86.0", "%", "5.4\n[3.1, 7.7]", "1,234", "1,100"));
    EXPECT_EQ(table.rows[1][1].text, "0.71");
}

TEST(Tables, FollowTheYearsSinceAdoption) {
    const Table table = event_study_table(testing::small_evaluation(), Language::korean);
    ASSERT_EQ(table.rows.size(), 6u);
    EXPECT_EQ(table.rows[0][2].text, "도입 2년 전");
    EXPECT_EQ(table.rows[1][2].text, "도입연도");
    EXPECT_EQ(table.rows[2][2].key, "mean");
}

TEST(Tables, SuppressWholeGroupsAndMarkTraps) {
    const auto evaluation = testing::small_evaluation();
    const Table table = breakdown_table(evaluation, evaluation.specification.breakdowns.front(), Language::korean);
    EXPECT_THAT(texts(table.rows[0]), ElementsAre("매출액", "10인 미만", "%", "X", "X", "X", "X", "X", ""));
    EXPECT_THAT(texts(table.rows[1]), ElementsAre("매출액", "10인 이상", "%", "3,947", "7.7\n[6.7, 8.7]",
                                                  "5.4\n[3.1, 7.7]", "1,234", "1,100", "a)"));
    EXPECT_THAT(table.notes, Contains(StartsWith("a) ")));
    EXPECT_THAT(table.notes, Contains(StartsWith("X: ")));
    const auto csv = lines(table_to_csv(table));
    EXPECT_EQ(csv[1], "sales,매출액,0,10인 미만,%,X,X,X,X,X,X,X,X,X,");
    EXPECT_EQ(csv[2], "sales,매출액,1,10인 이상,%,3947,7.7,6.7,8.7,5.35,3.1,7.65,1234,1100,trap_regression_to_mean");
}

TEST(Tables, SayWhyANumberIsMissing) {
    auto evaluation = testing::small_evaluation();
    auto& change = evaluation.before_after.front().change;
    change = {};
    change.n = 2;
    change.n_zero_base = 2;
    const Table table = process_kpi_table(evaluation, Language::korean);
    EXPECT_EQ(table.rows[0][2].text, "-");
    EXPECT_EQ(table.rows[0][2].kind, CellKind::not_available);
    EXPECT_THAT(table.notes, Contains(HasSubstr("도입 전 값이 모두 0 이하")));
    EXPECT_THAT(lines(table_to_csv(table))[1], StartsWith("productivity,생산성,2,,,,"));
}

TEST(Tables, WriteUnroundedNumbersToCsv) {
    const std::string csv = table_to_csv(balance_table(testing::small_evaluation(), Language::english));
    EXPECT_THAT(csv, StartsWith("\xEF\xBB\xBF"
                                "covariate,mean_adopters_before,mean_non_adopters_before,smd_before,"));
    EXPECT_EQ(lines(csv)[2], "log(sales),22.5,21.25,0.75,1.5,22.5,22.45,0.03,1.05");
    EXPECT_EQ(lines(csv)[1], "distance,-3,-4,0.9,1.2,-3,-3.01,0.01,1.01");
    EXPECT_EQ(lines(csv)[3], "industry: C10,0.2,0.1,0.25,,0.2,0.2,0,");
}

TEST(Tables, ShowCohortsAndCoefficients) {
    const Table cohorts = cohort_table(testing::small_evaluation(), Language::korean);
    EXPECT_THAT(texts(cohorts.rows[0]),
                ElementsAre("2015", "963", "960", "158,270", "960", "951.5", "0.765", "0.188", "0.0125", "0.1800"));
    const Table coefficients = coefficient_table(testing::small_evaluation(), Language::korean);
    EXPECT_THAT(texts(coefficients.rows[1]), ElementsAre("2015", "log(sales)", "0.5000", "0.2500", "2.00", "0.046"));
}

TEST(Tables, HaveFullGridsUniqueNamesAndTheSameNumbersInBothLanguages) {
    const auto korean = all_tables(testing::small_evaluation(), Language::korean);
    const auto english = all_tables(testing::small_evaluation(), Language::english);
    ASSERT_EQ(korean.size(), english.size());
    std::set<std::string> names;
    for (std::size_t t = 0; t < korean.size(); ++t) {
        const Table& table = korean[t];
        EXPECT_TRUE(names.insert(table.name).second) << table.name;
        EXPECT_EQ(table.name, english[t].name);
        ASSERT_EQ(table.rows.size(), english[t].rows.size()) << table.name;
        EXPECT_EQ(table.notes.size(), english[t].notes.size()) << table.name;
        EXPECT_THAT(table.caption, Not(StartsWith("report_")));
        for (const auto* part : {&table.header_rows, &table.rows}) {
            for (const auto& row : *part) {
                ASSERT_EQ(row.size(), table.columns.size()) << table.name;
                for (const Cell& cell : row) EXPECT_THAT(cell.text, Not(HasSubstr("report_"))) << table.name;
            }
        }
        for (std::size_t r = 0; r < table.rows.size(); ++r) {
            for (std::size_t c = 0; c < table.columns.size(); ++c) {
                const Cell& cell = table.rows[r][c];
                EXPECT_EQ(cell.kind, english[t].rows[r][c].kind);
                if (cell.kind != CellKind::number) continue;
                EXPECT_EQ(cell.values, english[t].rows[r][c].values) << table.name;
                EXPECT_EQ(cell.values.size(), table.columns[c].csv_names.size()) << table.name;
            }
        }
    }
}

}  // namespace
}  // namespace twinfirm::report
