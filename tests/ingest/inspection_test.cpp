// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/inspection.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "ingest_test_files.h"

namespace twinfirm::ingest {
namespace {

Inspection inspect(const std::string& bytes, const std::map<std::string, std::string>& answers = {}) {
    const FileOnDisk file(bytes);
    auto inspection = inspect_file(file.path(), answers);
    EXPECT_TRUE(inspection) << inspection.error().code;
    return inspection ? *inspection : Inspection();
}

ValueType type_of(const std::string& column_cells, const std::string& header = "v") {
    return inspect("k," + header + "\n" + column_cells).plan.columns.at(1).type;
}

bool tells(const Inspection& inspection, const std::string& code) {
    return std::any_of(inspection.problems.begin(), inspection.problems.end(),
                       [&](const Problem& problem) { return problem.message.code == code; });
}

TEST(InspectFile, ConfirmsTypesOnEveryRow) {
    EXPECT_EQ(type_of("a,1\nb,-2\nc,-\n"), ValueType::integer);
    EXPECT_EQ(type_of("a,1\nb,2.5\n"), ValueType::number);
    EXPECT_EQ(type_of("a,1%\nb,2.5%\n"), ValueType::percent);
    EXPECT_EQ(type_of("a,2017-03-01\nb,2017.4.5.\n"), ValueType::date);
    EXPECT_EQ(type_of("a,20170301\nb,20170405\n", "등록일"), ValueType::date);
    EXPECT_EQ(type_of("a,20170301\nb,20170405\n", "금액"), ValueType::integer);
    EXPECT_EQ(type_of("a,2017\nb,2018\n", "연도"), ValueType::year);
    EXPECT_EQ(type_of("a,2017년\nb,2018\nc,2019년도\n", "연도"), ValueType::year);
    EXPECT_EQ(type_of("a,2017\nb,2018\n"), ValueType::integer);
    EXPECT_EQ(type_of("a,Y\nb,N\n"), ValueType::boolean);
    EXPECT_EQ(type_of("a,5\nb,6\n", "매출액(백만원)"), ValueType::money);
    EXPECT_EQ(type_of("a,2015-04-16\nb,2016-01-02\n", "구축완료일"), ValueType::year);
    std::string late = "a,1\n";
    for (int row = 0; row < 5000; ++row) late += "a,12\n";
    EXPECT_EQ(type_of(late), ValueType::integer);
    EXPECT_EQ(type_of(late + "b,없는값\n"), ValueType::text);
}

const Question* question_of(const Inspection& inspection, const std::string& code) {
    const auto found = std::find_if(inspection.questions.begin(), inspection.questions.end(),
                                    [&](const Question& question) { return question.code == code; });
    return found == inspection.questions.end() ? nullptr : &*found;
}

TEST(InspectFile, AsksWhichOfSeveralTablesIsMeant) {
    const std::string bytes = "기업ID,값\nA,1\nB,2\nC,3\n\n\n연도별 매출\n연도,매출액,종사자\n2014,5,1\n2015,6,2\n";
    const Inspection first = inspect(bytes);
    const Question* question = question_of(first, "further_table");
    ASSERT_NE(question, nullptr);
    EXPECT_EQ(question->choices, (std::vector<std::string>{"1-6", "7-", "all"}));
    EXPECT_EQ(question->line, 7);
    EXPECT_EQ(first.rows, 3);
    EXPECT_EQ(first.listed_rows, 4);
    EXPECT_EQ(first.plan.last_line, 6);
    ASSERT_EQ(first.plan.columns.size(), 2U);
    EXPECT_EQ(first.plan.columns[1].type, ValueType::integer);
    EXPECT_EQ(first.open_questions().size(), 1U);

    const Inspection second = inspect(bytes, {{"further_table", "7-"}});
    EXPECT_TRUE(second.open_questions().empty());
    EXPECT_EQ(second.rows, 2);
    EXPECT_EQ(second.plan.preamble_lines, 7);
    ASSERT_EQ(second.plan.columns.size(), 3U);
    EXPECT_EQ(second.plan.columns[1].name, "매출액");

    const Inspection same = inspect(bytes, {{"further_table", "1-6"}});
    EXPECT_TRUE(same.open_questions().empty());
    EXPECT_EQ(same.rows, 3);
    const Inspection whole = inspect(bytes, {{"further_table", "all"}});
    EXPECT_EQ(whole.plan.last_line, 0);
    EXPECT_TRUE(tells(whole, "rows_too_many_fields"));
    const FileOnDisk file(bytes);
    EXPECT_EQ(inspect_file(file.path(), {{"further_table", "second"}}).error().code, "answer_unknown");
}

TEST(InspectFile, SeesATableOfTheSameWidthBehindABlankLine) {
    const Inspection inspection = inspect("기업ID,값\nA,1\nB,2\n\n연도,매출액\n2014,5\n2015,6\n");
    ASSERT_NE(question_of(inspection, "further_table"), nullptr);
    EXPECT_EQ(inspection.rows, 2);
}

TEST(InspectFile, BlankLinesAndRepeatedHeadersBeginNoTable) {
    const Inspection blank = inspect("기업ID,주소,값\nA,서울,1\n\nB,부산,2\n\nC,대구,3\n\n합계,,6\n");
    EXPECT_EQ(question_of(blank, "further_table"), nullptr);
    EXPECT_EQ(blank.rows, 3);
    const Inspection pages = inspect("기업ID,주소,값\nA,서울,1\n\n기업ID,주소,값\nB,부산,2\n");
    EXPECT_EQ(question_of(pages, "further_table"), nullptr);
    EXPECT_EQ(pages.rows, 2);
}

TEST(InspectFile, ReadsAMixtureOfEncodingsLineByLineIfToldTo) {
    const std::string bytes = "기업,값\n\xB0\xA1\xB3\xAA,1\n다라,2\n";  // 가나 in CP949
    const Inspection asked = inspect(bytes);
    const Question* question = question_of(asked, "encoding");
    ASSERT_NE(question, nullptr);
    EXPECT_EQ(question->choices.front(), "mixed");
    EXPECT_TRUE(tells(asked, "encoding_mixed"));
    const Inspection read = inspect(bytes, {{"encoding", "mixed"}});
    EXPECT_TRUE(read.open_questions().empty());
    ASSERT_EQ(read.preview.size(), 2U);
    EXPECT_EQ(read.preview[0][0], "가나");
    EXPECT_EQ(read.preview[1][0], "다라");
}

TEST(InspectFile, AsksWhichSystemCodesOfRegionsAreOf) {
    const Inspection inspection = inspect("기업ID,시도코드\nA,11\nB,26\nC,29\nD,31\n");
    const Question* question = question_of(inspection, "region_codes");
    ASSERT_NE(question, nullptr);
    EXPECT_EQ(question->choices, (std::vector<std::string>{"administrative", "statistical", "text"}));
}

TEST(InspectFile, KeepsIdentifiersAsText) {
    EXPECT_EQ(type_of("a,00123\nb,00456\n"), ValueType::text);
    EXPECT_EQ(type_of("a,123\nb,456\n", "우편번호"), ValueType::text);
    EXPECT_EQ(type_of("a,123\nb,456\n", "산업코드"), ValueType::ksic);
    EXPECT_EQ(type_of("a,123\nb,456\n", "plant_id"), ValueType::text);
    EXPECT_EQ(type_of("a,123\nb,456\n", "valid"), ValueType::integer);
    std::string wide;
    for (int row = 0; row < 12; ++row) wide += "a,12481009" + std::to_string(10 + row) + "\n";
    EXPECT_EQ(type_of(wide), ValueType::text);
    EXPECT_EQ(type_of(wide, "자산(원)"), ValueType::money);
}

TEST(InspectFile, WarnsWithTheFirstOffender) {
    const Inspection inspection = inspect("k,매출액\na,1\nb,2\nc,약 3\nd,4\n");
    EXPECT_EQ(inspection.plan.columns[1].type, ValueType::text);
    const auto problem = std::find_if(inspection.problems.begin(), inspection.problems.end(), [](const Problem& each) {
        return each.message.code == "column_not_all_numbers";
    });
    ASSERT_NE(problem, inspection.problems.end());
    EXPECT_EQ(problem->line, 4);
    EXPECT_EQ(problem->column, 2);
    EXPECT_EQ(problem->message.count, 1);
    EXPECT_EQ(problem->message.arguments.at("text"), "약 3");
}

TEST(InspectFile, AsksWhatOnlyTheAnalystKnows) {
    const std::string file = "기업ID,사업연도\nA,2015\nB,2016\n";
    const Inspection asked = inspect(file);
    ASSERT_EQ(asked.open_questions().size(), 1U);
    EXPECT_EQ(asked.questions[0].id, "field_conflict:2");
    EXPECT_EQ(asked.plan.columns[1].field, "");
    const Inspection answered = inspect(file, {{"field_conflict:2", "adopt_year"}});
    EXPECT_TRUE(answered.open_questions().empty());
    EXPECT_EQ(answered.plan.columns[1].field, "adopt_year");
    EXPECT_EQ(answered.plan.columns[1].type, ValueType::year);

    const FileOnDisk on_disk(file);
    EXPECT_EQ(inspect_file(on_disk.path(), {{"field_conflict:2", "sales"}}).error().code, "answer_unknown");
    EXPECT_EQ(inspect_file(on_disk.path(), {{"no_such_question", "x"}}).error().code, "answer_unknown");
}

TEST(InspectFile, AsksForTheMeaningOfOneAndTwo) {
    const std::string file = "기업ID,수출여부\nA,1\nB,2\n";
    EXPECT_EQ(inspect(file).open_questions().at(0).code, "boolean_codes");
    const Inspection answered = inspect(file, {{"boolean_codes:2", "1"}});
    EXPECT_EQ(answered.plan.columns[1].labels, (std::map<std::string, std::int64_t>{{"1", 1}, {"2", 0}}));
    EXPECT_EQ(inspect(file, {{"boolean_codes:2", "keep"}}).plan.columns[1].type, ValueType::integer);
}

TEST(InspectFile, AsksForLevelsOfAnotherBandButReadsTheBasicOnes) {
    const std::string basic = "기업ID,구축수준\nA,기초\nB,중간1\nC,중간2\n";
    const Inspection read = inspect(basic);
    EXPECT_TRUE(read.questions.empty());
    EXPECT_TRUE(tells(read, "level_word_covers_several"));
    EXPECT_EQ(read.plan.columns[1].labels,
              (std::map<std::string, std::int64_t>{{"기초", 1}, {"중간1", 3}, {"중간2", 4}}));
    const Inspection asked = inspect("기업ID,구축수준\nA,기초1\nB,고도화\n");
    EXPECT_EQ(asked.open_questions().at(0).id, "level_word:2:고도화");
}

TEST(InspectFile, MakesNamesUniqueAndDropsEmptyColumns) {
    const Inspection inspection = inspect("id,Sales,sales ,,\n1,2,3,4,\n");
    std::vector<std::string> names;
    for (const ColumnPlan& column : inspection.plan.columns) names.push_back(column.name);
    EXPECT_EQ(names, (std::vector<std::string>{"id", "Sales", "sales (2)", "열4", "열5"}));
    EXPECT_TRUE(tells(inspection, "header_repeated"));
    EXPECT_TRUE(tells(inspection, "header_unnamed"));
    EXPECT_TRUE(tells(inspection, "column_empty_dropped"));
    EXPECT_TRUE(inspection.plan.columns[3].keep);
    EXPECT_FALSE(inspection.plan.columns[4].keep);
    EXPECT_EQ(inspection.plan.columns[1].field, "sales");
    EXPECT_EQ(inspection.plan.columns[2].field, "");
}

TEST(InspectFile, ReadsQuotesAsLettersIfToldSo) {
    const std::string file = "a,b\n1,\"x\n2,y\n";
    const Inspection asked = inspect(file);
    ASSERT_EQ(asked.open_questions().size(), 1U);
    EXPECT_EQ(asked.questions[0].line, 2);
    const Inspection answered = inspect(file, {{"unclosed_quote", "literal"}});
    EXPECT_TRUE(answered.open_questions().empty());
    EXPECT_EQ(answered.rows, 2);
    const FileOnDisk on_disk(file);
    EXPECT_EQ(inspect_file(on_disk.path(), {{"unclosed_quote", "stop"}}).error().code, "csv_unclosed_quote");
}

TEST(InspectFile, ReadsDecimalCommasIfToldSo) {
    const std::string file = "k;v\na;1.234,50\nb;0,75\n";
    EXPECT_EQ(inspect(file).open_questions().at(0).code, "decimal_comma");
    const Inspection answered = inspect(file, {{"decimal_comma:2", "decimal_comma"}});
    EXPECT_TRUE(answered.plan.columns[1].decimal_comma);
    EXPECT_EQ(inspect(file, {{"decimal_comma:2", "text"}}).plan.columns[1].type, ValueType::text);
}

TEST(InspectFile, RefusesWhatIsNoTable) {
    EXPECT_EQ(inspect_file("/no/such/file.csv").error().code, "file_not_found");
    const FileOnDisk empty("", "empty.csv");
    EXPECT_EQ(inspect_file(empty.path()).error().code, "file_empty");
    const FileOnDisk blank("\n\n\n", "blank.csv");
    EXPECT_EQ(inspect_file(blank.path()).error().code, "file_no_data");
    const FileOnDisk markup("<html><table></table></html>", "markup.xls");
    EXPECT_EQ(inspect_file(markup.path()).error().code, "html_no_table");
    const FileOnDisk other_markup("<?xml version=\"1.0\"?><list><item/></list>", "list.xml");
    EXPECT_EQ(inspect_file(other_markup.path()).error().code, "file_is_markup");
    EXPECT_EQ(inspect_file(std::filesystem::temp_directory_path()).error().code, "file_not_readable");
}

TEST(InspectFile, WritesItsJsonWithTextsOfTheCatalogue) {
    const std::string json = to_json_text(inspect("k,매출액\na,1\n"), MessageCatalogue(Language::english));
    EXPECT_NE(json.find("\"field\": \"sales\""), std::string::npos);
    EXPECT_NE(json.find("states no unit of money"), std::string::npos);
    EXPECT_NE(json.find("\"questions\": []"), std::string::npos);
}

}  // namespace
}  // namespace twinfirm::ingest
