// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/quality.h"

#include <gtest/gtest.h>

#include <memory>

#include "ingest_test_files.h"
#include "twinfirm/ingest/csv_import.h"
#include "twinfirm/ingest/inspection.h"
#include "twinfirm/ingest/quality_action.h"
#include "twinfirm/ingest/register_check.h"

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

/// The stored rows after a rule, each as its cells in one line.
std::vector<std::string> rows_after(const std::string& text, const std::map<std::string, QualityRule>& rules) {
    const auto table = table_of(text);
    std::int64_t dropped = 0;
    const auto rows_before = static_cast<std::int64_t>(table->table().rows);
    for (const QualityAction& action : apply_quality_rules(check_quality(table->table()), rules, table->table())) {
        dropped += static_cast<std::int64_t>(action.rows.size());
    }
    EXPECT_EQ(dropped, rows_before - static_cast<std::int64_t>(table->table().rows));
    TableInMemory stored;
    EXPECT_TRUE(table->pass_on(stored));
    std::vector<std::string> lines;
    for (const auto& row : stored.rows) {
        std::string line;
        for (const std::string& cell : row) line += (line.empty() ? "" : " ") + cell;
        lines.push_back(line);
    }
    return lines;
}

TEST(Quality, OfRepeatedKeysTheAnalystChoosesWhichStays) {
    using Lines = std::vector<std::string>;
    const std::string text =
        "기업ID,연도,종업원수\na,2014,10\na,2014,11\na,2014,10\na,2014,12\nb,2014,20\nc,2014,30\nc,2014,30\n";
    EXPECT_EQ(rows_after(text, {{"duplicate_firm_year", QualityRule::keep_first}}),
              (Lines{"a 2014 10", "a 2014 10", "b 2014 20", "c 2014 30", "c 2014 30"}));
    EXPECT_EQ(rows_after(text, {{"duplicate_firm_year", QualityRule::drop_row}}),
              rows_after(text, {{"duplicate_firm_year", QualityRule::keep_first}}));
    // The copy of a dropped row goes with it.
    EXPECT_EQ(rows_after(text, {{"duplicate_firm_year", QualityRule::keep_last}}),
              (Lines{"a 2014 12", "b 2014 20", "c 2014 30", "c 2014 30"}));
    EXPECT_EQ(rows_after(text, {{"duplicate_firm_year", QualityRule::drop_all}}),
              (Lines{"b 2014 20", "c 2014 30", "c 2014 30"}));
    EXPECT_EQ(rows_after(text, {{"duplicate_firm_year", QualityRule::drop_firm}}),
              (Lines{"b 2014 20", "c 2014 30", "c 2014 30"}));
    EXPECT_EQ(
        rows_after(text, {{"equal_rows", QualityRule::keep_first}, {"duplicate_firm_year", QualityRule::keep_first}}),
        (Lines{"a 2014 10", "b 2014 20", "c 2014 30"}));
}

TEST(Quality, RegistersHoldAFirmOnceAdoptionsOnceAYear) {
    const auto firms = table_of("기업ID,시도\na,서울\na,부산\nb,대구\nb,대구\nc,서울\n");
    EXPECT_EQ(found(check_quality(firms->table())), (std::vector<std::string>{"duplicate_firm: 2", "equal_rows: 4"}));
    const auto events = table_of(
        "기업ID,도입연도,구축수준,솔루션\na,2015,1,MES\na,2018,3,MES\nb,2016,3,ERP\nb,2019,2,ERP\n"
        "c,2016,1,MES\nc,2016,2,SCM\nd,2016,1,MES\nd,2016,1,MES\n");
    EXPECT_EQ(found(check_quality(events->table())),
              (std::vector<std::string>{"duplicate_adoption: 6", "equal_rows: 8", "level_fell 구축수준: 4"}));
    // One name may be of two firms.
    const auto names = table_of("기업명,시도\n가나,서울\n가나,부산\n");
    EXPECT_TRUE(check_quality(names->table()).empty());
}

TEST(Quality, ATableIsCheckedAgainstItsRegister) {
    const auto firms = table_of(
        "기업ID,설립일,폐업일,도입연도\na,2010-01-01,,2016\nb,2015-03-01,,\nc,2001-01-01,2015-06-30,\n"
        "d,2001-01-01,,2014\ne,2001-01-01,,\n");
    const auto panel = table_of(
        "기업ID,연도,종업원수\na,2015,1\na,2016,1\nb,2014,1\nb,2015,1\nc,2015,1\nc,2016,1\nd,2014,1\nz,2015,1\n"
        "z,2016,1\n");
    EXPECT_EQ(
        found(check_against_register(panel->table(), firms->table())),
        (std::vector<std::string>{"firm_not_in_register: 8", "firm_without_rows: 5", "no_year_before_adoption 연도: 7",
                                  "year_after_closed 연도: 6", "year_before_founded 연도: 3"}));
    const auto events = table_of("기업ID,도입연도,솔루션\na,2016,MES\na,2018,MES\nb,2014,MES\nd,2015,ERP\n");
    EXPECT_EQ(found(check_against_register(events->table(), firms->table())),
              (std::vector<std::string>{"adopted_before_founded 도입연도: 3", "adoption_differs 도입연도: 4",
                                        "firm_without_rows: 3 5"}));
    const auto others = table_of("가,나\n1,2\n");
    EXPECT_TRUE(check_against_register(others->table(), firms->table()).empty());
}

TEST(Quality, RulesFitTheirIssues) {
    EXPECT_TRUE(quality_rule_fits("outlier", QualityRule::set_missing));
    EXPECT_TRUE(quality_rule_fits("year_gap", QualityRule::drop_firm));
    EXPECT_TRUE(quality_rule_fits("duplicate_firm_year", QualityRule::drop_all));
    EXPECT_FALSE(quality_rule_fits("outlier", QualityRule::keep_last));
    EXPECT_FALSE(quality_rule_fits("equal_rows", QualityRule::set_missing));
    // Without its year an adopter would pass for a firm that never adopted.
    EXPECT_FALSE(quality_rule_fits("adopted_before_founded", QualityRule::set_missing));
    EXPECT_FALSE(quality_rule_fits("no_such_issue", QualityRule::keep));
    const auto plan = inspect_file(FileOnDisk("기업ID,연도\na,2014\n").path())->plan;
    std::string json = to_json_text(plan);
    const std::string empty = "\"quality\": {}";
    ASSERT_NE(json.find(empty), std::string::npos);
    json.replace(json.find(empty), empty.size(), "\"quality\": {\"equal_rows\": \"set_missing\"}");
    const auto refused = parse_import_plan(json);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "plan_bad_value");
}

TEST(Quality, NothingToFindInASoundTable) {
    const auto table = table_of("기업ID,연도,매출액(백만원)\na,2014,100\na,2015,110\nb,2014,90\nb,2015,95\n");
    EXPECT_TRUE(check_quality(table->table()).empty());
}

}  // namespace

}  // namespace twinfirm::ingest
