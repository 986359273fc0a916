// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/quality.h"

#include <gtest/gtest.h>

#include <memory>

#include "ingest_test_files.h"
#include "twinfirm/ingest/csv_import.h"
#include "twinfirm/ingest/inspection.h"

namespace twinfirm::ingest {

namespace {

std::unique_ptr<TableCollector> table_of(const std::string& text) {
    const FileOnDisk file(text);
    const auto inspection = inspect_file(file.path()).value();
    auto collector = std::make_unique<TableCollector>();
    EXPECT_TRUE(import_csv(file.path(), inspection.plan, "t", *collector));
    return collector;
}

/// "code column: rows"
std::vector<std::string> found(const std::vector<QualityIssue>& issues) {
    std::vector<std::string> out;
    for (const QualityIssue& issue : issues) {
        std::string text = issue.code + (issue.column.empty() ? "" : " " + issue.column) + ":";
        for (const QualityCase& one : issue.cases) text += " " + std::to_string(one.row);
        out.push_back(std::move(text));
    }
    std::sort(out.begin(), out.end());
    return out;
}

TEST(Quality, FindsDuplicatesGapsAndJumps) {
    const auto table = table_of(
        "기업ID,연도,매출액(백만원),종업원수,재해자수\n"
        "a,2014,100,20,0\na,2015,110,22,1\na,2016,120000,23,0\na,2017,130,24,0\n"  // a jump there and back
        "b,2014,50,5,6\nb,2014,50,5,6\nb,2015,51,5,0\nb,2015,52,5,0\n"             // equal rows, other values
        "c,2014,70,300,0\nc,2017,71,20,0\n"                                        // a gap
        "d,2014,0,1,0\nd,2015,-5,1,0\nd,2016,X,1,0\n");
    EXPECT_EQ(found(check_quality(table->table())),
              (std::vector<std::string>{
                  "accidents_above_employees 재해자수: 5 6", "duplicate_firm_year: 8", "employment_jump 종업원수: 10",
                  "equal_rows: 6", "negative_sales 매출액(백만원): 12", "outlier 매출액(백만원): 3",
                  "unit_jump 매출액(백만원): 3 4", "year_gap 연도: 10", "zero_sales 매출액(백만원): 11"}));
    const auto issues = check_quality(table->table());
    const auto jump =
        std::find_if(issues.begin(), issues.end(), [](const QualityIssue& issue) { return issue.code == "unit_jump"; });
    ASSERT_NE(jump, issues.end());
    EXPECT_EQ(jump->cases[0].firm, "a");
    EXPECT_EQ(jump->cases[0].year, 2016);
    EXPECT_EQ(jump->cases[0].value, "120000000000");
    EXPECT_EQ(jump->cases[0].other, "110000000");
    EXPECT_EQ(quality_messages(issues).size(), issues.size());
    EXPECT_NE(quality_csv(issues).find("unit_jump,매출액(백만원),3,a,2016,120000000000,110000000"), std::string::npos);
}

TEST(Quality, ProfitsMayJump) {
    const auto table = table_of("기업ID,연도,영업이익(백만원)\na,2014,10\na,2015,9347\na,2016,-9\na,2017,12\n");
    EXPECT_EQ(found(check_quality(table->table())), std::vector<std::string>{});
}

TEST(Quality, FindsWhatOneRowContradicts) {
    const auto table = table_of(
        "기업ID,설립일,도입연도,도입전 수준,구축수준\na,2018-05-01,2016,1,2\nb,2001-01-01,2016,3,2\nc,,2016,,1\n");
    EXPECT_EQ(found(check_quality(table->table())),
              (std::vector<std::string>{"adopted_before_founded 도입연도: 1", "level_fell 구축수준: 2"}));
}

TEST(Quality, FindsAdoptersWithoutAYearBefore) {
    const auto table = table_of("firm,year,adopt_year\na,2016,2016\na,2017,2016\nb,2015,2016\nb,2016,2016\nc,2016,\n");
    EXPECT_EQ(found(check_quality(table->table())), (std::vector<std::string>{"no_year_before_adoption year: 1"}));
}

TEST(Quality, FindsAdoptionsTakenBack) {
    const auto table =
        table_of("firm,year,treated\na,2014,0\na,2015,1\na,2016,0\na,2017,1\nb,2014,0\nb,2015,1\nb,2016,1\n");
    EXPECT_EQ(found(check_quality(table->table())), (std::vector<std::string>{"treatment_reversed treated: 3"}));
}

TEST(Quality, RulesDropRowsOrSetCellsMissing) {
    const auto table =
        table_of("기업ID,연도,매출액(백만원)\na,2014,100\na,2015,110\na,2015,110\na,2016,120\na,2017,99999999\n");
    const auto issues = check_quality(table->table());
    const auto actions = apply_quality_rules(
        issues, {{"equal_rows", QualityRule::drop_row}, {"outlier", QualityRule::set_missing}}, table->table());
    EXPECT_EQ(actions.size(), 2U);
    EXPECT_EQ(table->table().rows, 4U);
    TableInMemory stored;
    ASSERT_TRUE(table->pass_on(stored));
    EXPECT_EQ(
        stored.rows,
        (Rows{
            {"a", "2014", "100000000"}, {"a", "2015", "110000000"}, {"a", "2016", "120000000"}, {"a", "2017", "NA"}}));
    EXPECT_TRUE(apply_quality_rules(issues, {{"outlier", QualityRule::keep}}, table->table()).empty());
}

TEST(Quality, NothingToFindInASoundTable) {
    const auto table = table_of("기업ID,연도,매출액(백만원)\na,2014,100\na,2015,110\nb,2014,90\nb,2015,95\n");
    EXPECT_TRUE(check_quality(table->table()).empty());
}

}  // namespace

}  // namespace twinfirm::ingest
