// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include "ingest_test_files.h"
#include "twinfirm/ingest/csv_import.h"
#include "twinfirm/ingest/inspection.h"
#include "twinfirm/ingest/sheet_conversion.h"
#include "workbook_test_files.h"

namespace twinfirm::ingest {
namespace {

std::string text_cell(const std::string& place, const std::string& text) {
    return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}

std::string number_cell(const std::string& place, const std::string& number) {
    return "<c r=\"" + place + "\"><v>" + number + "</v></c>";
}

std::string table_xml() {
    return worksheet_xml(
        "<row r=\"1\">" + text_cell("A1", "기업 현황") + "</row><row r=\"2\">" + text_cell("C2", "(단위: 백만원)") +
            "</row><row r=\"3\">" + text_cell("A3", "기업ID") + text_cell("B3", "매출액") + "</row><row r=\"4\">" +
            number_cell("B4", "2014") + number_cell("C4", "2015") + "</row><row r=\"5\">" + text_cell("A5", "F1") +
            number_cell("B5", "1200") + number_cell("C5", "1300.5") + "</row><row r=\"6\">" + text_cell("A6", "F2") +
            number_cell("C6", "900") + "</row><row r=\"8\">" + text_cell("A8", "합계") + number_cell("B8", "1200") +
            number_cell("C8", "2200.5") + "</row>",
        "<mergeCells><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"A3:A4\"/><mergeCell ref=\"B3:C3\"/></mergeCells>");
}

TEST(InspectWorkbook, FindsTheTableBelowItsTitleWithItsMergedHeader) {
    const XlsxOnDisk file(workbook_parts({{"현황", table_xml()}}));
    const auto inspection = inspect_file(file.path());
    ASSERT_TRUE(inspection) << inspection.error().code;
    EXPECT_EQ(inspection->plan.format, FileFormat::xlsx);
    EXPECT_EQ(inspection->plan.sheet, "현황");
    EXPECT_EQ(inspection->plan.preamble_lines, 2);
    EXPECT_EQ(inspection->plan.header_rows, 2);
    std::vector<std::string> names;
    for (const ColumnPlan& column : inspection->plan.columns) names.push_back(column.source);
    EXPECT_THAT(names, testing::ElementsAre("기업ID", "매출액 2014", "매출액 2015"));
    EXPECT_EQ(inspection->rows, 2);
    EXPECT_EQ(inspection->listed_rows, 1);
    EXPECT_TRUE(inspection->questions.empty());
    EXPECT_EQ(inspection->bytes, static_cast<std::int64_t>(std::filesystem::file_size(file.path())));
    EXPECT_EQ(inspection->sha256.size(), 64U);
}

TEST(ImportWorkbook, StoresOrListsEveryRow) {
    const XlsxOnDisk file(workbook_parts({{"현황", table_xml()}}));
    const auto inspection = inspect_file(file.path());
    ASSERT_TRUE(inspection);
    const auto plan = parse_import_plan(to_json_text(inspection->plan));
    ASSERT_TRUE(plan);
    EXPECT_EQ(*plan, inspection->plan);
    TableInMemory table;
    const auto audit = import_csv(file.path(), *plan, "firms", table);
    ASSERT_TRUE(audit) << audit.error().code;
    EXPECT_EQ(audit->rows_read, 3);
    EXPECT_EQ(audit->rows_stored, 2);
    EXPECT_EQ(audit->rows_rejected, 1);
    ASSERT_EQ(audit->rejected.size(), 1U);
    EXPECT_EQ(audit->rejected[0].line, 8);
    EXPECT_EQ(place_text(*plan, 8, 2), "현황!B8");
    EXPECT_EQ(audit->sha256, inspection->sha256);
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_EQ(table.rows[0][0], "F1");
    EXPECT_EQ(table.rows[1][1], "NA");
}

TEST(ImportWorkbook, RefusesASheetThatIsNotThere) {
    const XlsxOnDisk file(workbook_parts({{"현황", table_xml()}}));
    auto plan = inspect_file(file.path())->plan;
    plan.sheet = "없음";
    TableInMemory table;
    EXPECT_EQ(import_csv(file.path(), plan, "firms", table).error().code, "workbook_sheet_unknown");
}

TEST(InspectWorkbook, AsksWhichOfSeveralSheets) {
    const std::string other = worksheet_xml("<row>" + text_cell("A1", "기업ID") + text_cell("B1", "연도") +
                                            "</row><row><c t=\"str\"><v>F1</v></c><c><v>2017</v></c></row>");
    const std::string empty = worksheet_xml("");
    const XlsxOnDisk file(
        workbook_parts({{"빈", empty}, {"현황", table_xml()}, {"연도별", other}, {"숨김", other, "hidden"}}));
    const auto asked = inspect_file(file.path());
    ASSERT_EQ(asked->open_questions().size(), 1U);
    EXPECT_EQ(asked->open_questions()[0].id, "workbook_sheet");
    EXPECT_THAT(asked->open_questions()[0].choices, testing::ElementsAre("현황", "연도별"));
    EXPECT_EQ(asked->plan.sheet, "현황");

    const auto answered = inspect_file(file.path(), {{"workbook_sheet", "연도별"}});
    ASSERT_TRUE(answered);
    EXPECT_TRUE(answered->open_questions().empty());
    EXPECT_EQ(answered->plan.sheet, "연도별");
    EXPECT_EQ(answered->rows, 1);
    EXPECT_TRUE(inspect_file(file.path(), {{"workbook_sheet", "숨김"}}));
    EXPECT_EQ(inspect_file(file.path(), {{"workbook_sheet", "?"}}).error().code, "workbook_sheet_unknown");

    const XlsxOnDisk single(workbook_parts({{"빈", empty}, {"현황", table_xml()}}), "single.xlsx");
    EXPECT_TRUE(inspect_file(single.path())->questions.empty());
}

TEST(InspectWorkbook, SaysThatAFileIsNotWhatItsNameSays) {
    const FileOnDisk page("<html><table><tr><td>이름</td><td>값</td></tr><tr><td>가</td><td>1</td></tr></table></html>",
                          "a.xls");
    const auto inspection = inspect_file(page.path());
    ASSERT_TRUE(inspection) << inspection.error().code;
    EXPECT_EQ(inspection->plan.format, FileFormat::html);
    ASSERT_FALSE(inspection->problems.empty());
    EXPECT_EQ(inspection->problems[0].message.code, "file_name_misleading");
    EXPECT_EQ(inspection->rows, 1);
    const FileOnDisk text("이름,값\n가,1\n나,2\n", "b.xls");
    EXPECT_EQ(inspect_file(text.path())->problems[0].message.code, "file_name_misleading");
}

TEST(ConvertWorkbook, WritesTheFirstSheetAndNamesTheOthers) {
    const XlsxOnDisk file(workbook_parts({{"현황", table_xml()}, {"둘째", table_xml()}}));
    const auto out = file.path().parent_path() / "out.csv";
    const auto done = convert_sheet(file.path(), FileFormat::xlsx, "", out);
    ASSERT_TRUE(done) << done.error().code;
    std::ifstream in(out, std::ios::binary);
    const std::string csv((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    EXPECT_EQ(csv, "기업ID,매출액 2014,매출액 2015\r\nF1,1200,1300.5\r\nF2,,900\r\n합계,1200,2200.5\r\n");
    EXPECT_TRUE(std::any_of(done->messages.begin(), done->messages.end(),
                            [](const Message& message) { return message.code == "workbook_other_sheets"; }));
}

TEST(ConvertWorkbook, WritesTheSheetThatIsNamed) {
    const XlsxOnDisk file(workbook_parts({{"현황", table_xml()}, {"둘째", table_xml()}}));
    const auto out = file.path().parent_path() / "out.csv";
    ASSERT_TRUE(convert_sheet(file.path(), FileFormat::xlsx, "둘째", out));
    const auto unknown = convert_sheet(file.path(), FileFormat::xlsx, "셋째", out);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, "workbook_sheet_unknown");
}

TEST(InspectWorkbook, AsksWhichOfSeveralTablesOfASheetIsMeant) {
    const auto row = [](int number, std::initializer_list<std::string> cells) {
        std::string xml = "<row r=\"" + std::to_string(number) + "\">";
        char column = 'A';
        for (const std::string& cell : cells) {
            const std::string place(1, column++);
            const bool value = !cell.empty() && cell[0] >= '0' && cell[0] <= '9';
            xml += "<c r=\"" + place + std::to_string(number) + (value ? "\"><v>" : "\" t=\"inlineStr\"><is><t>") +
                   cell + (value ? "</v></c>" : "</t></is></c>");
        }
        return xml + "</row>";
    };
    const std::string sheet =
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
        "<sheetData>" +
        row(1, {"기업ID", "값"}) + row(2, {"A", "1"}) + row(3, {"B", "2"}) + row(6, {"연도", "매출액", "종사자"}) +
        row(7, {"2014", "5", "7"}) + row(8, {"2015", "6", "8"}) + "</sheetData></worksheet>";
    const XlsxOnDisk file(workbook_parts({{"현황", sheet}}));
    const auto first = inspect_file(file.path());
    ASSERT_TRUE(first) << first.error().code;
    ASSERT_EQ(first->questions.size(), 1U);
    EXPECT_EQ(first->questions[0].choices, (std::vector<std::string>{"1-5", "6-", "all"}));
    EXPECT_EQ(first->rows, 2);
    const auto second = inspect_file(file.path(), {{"further_table", "6-"}});
    ASSERT_TRUE(second) << second.error().code;
    EXPECT_TRUE(second->open_questions().empty());
    EXPECT_EQ(second->rows, 2);
    EXPECT_EQ(second->plan.columns.size(), 3U);
    EXPECT_EQ(second->plan.columns[0].name, "연도");
}

}  // namespace
}  // namespace twinfirm::ingest
