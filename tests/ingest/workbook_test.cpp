// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/workbook.h"

#include <gmock/gmock.h>

#include "ingest_test_files.h"
#include "workbook_test_files.h"

namespace twinfirm::ingest {
namespace {

std::string error_of(const XlsxOnDisk::Parts& parts) {
    const XlsxOnDisk file(parts);
    const auto read = read_sheet_texts(file.path());
    return read ? "read" : read.error().code;
}

TEST(XlsxSheet, ReadsEveryKindOfCell) {
    const XlsxOnDisk file(workbook_parts(
        {{"자료", worksheet_xml("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
                                "<c r=\"C1\" t=\"inlineStr\"><is><r><t>인</t></r><r><t>라인</t></r>"
                                "<rPh><t>x</t></rPh></is></c></row>"
                                "<row r=\"3\"><c r=\"A3\" t=\"b\"><v>1</v></c><c r=\"B3\" t=\"e\"><v>#N/A</v></c>"
                                "<c r=\"C3\" t=\"str\"><f>A1</f><v>글</v></c><c r=\"E3\" s=\"1\"><v>42795</v></c>"
                                "<c r=\"F3\" s=\"2\"><v>0.125</v></c><c r=\"G3\" s=\"3\"><v>42795.25</v></c>"
                                "<c r=\"H3\" t=\"d\"><v>2017-03-01T00:00:00</v></c><c r=\"I3\"><f>1+1</f></c></row>"
                                "<row><c><v>7</v></c><c t=\"s\"><v>9</v></c></row>")}},
        {"<t>기업명</t>", "<r><t>매출</t></r><r><t>액</t></r><rPh><t>읽기</t></rPh>"}, {"yyyy-mm-dd", "0.0%"}));
    const auto read = read_sheet_texts(file.path());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->rows, (Rows{{"기업명", "매출액", "인라인"},
                                {"TRUE", "#N/A", "글", "", "2017-03-01", "0.125", "2017-03-01T06:00:00", "2017-03-01"},
                                {"7", "#REF!"}}));
    EXPECT_THAT(read->numbers, testing::ElementsAre(1, 3, 4));
    EXPECT_THAT(read->remarks, testing::UnorderedElementsAre(
                                   SheetRemark{"workbook_error_cells", Severity::warning, 1, {3, 2}},
                                   SheetRemark{"workbook_percent_cells", Severity::info, 1, {3, 6}},
                                   SheetRemark{"workbook_formula_without_value", Severity::warning, 1, {3, 9}},
                                   SheetRemark{"workbook_string_missing", Severity::warning, 1, {4, 2}}));
}

TEST(XlsxSheet, CountsDaysFrom1904WhereTheWorkbookSaysSo) {
    const XlsxOnDisk file(
        workbook_parts({{"s", worksheet_xml("<row><c s=\"1\"><v>41333</v></c></row>")}}, {}, {"yyyy-mm-dd"}, true));
    EXPECT_EQ(read_sheet_texts(file.path())->rows, (Rows{{"2017-03-01"}}));
}

TEST(XlsxSheet, FillsMergedHeaderCellsAndRemarksOthers) {
    const XlsxOnDisk file(workbook_parts(
        {{"s",
          worksheet_xml("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>현황</v></c></row>"
                        "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>id</v></c><c r=\"B2\" t=\"str\"><v>매출</v></c></row>"
                        "<row r=\"3\"><c r=\"B3\"><v>2014</v></c><c r=\"C3\"><v>2015</v></c></row>"
                        "<row r=\"4\"><c r=\"A4\" t=\"str\"><v>F1</v></c><c r=\"B4\"><v>1</v></c></row>"
                        "<row r=\"5\"><c r=\"B5\"><v>2</v></c></row>",
                        "<mergeCells><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"B2:C2\"/>"
                        "<mergeCell ref=\"A4:A5\"/></mergeCells>")}}));
    const auto read = read_sheet_texts(file.path(), 0, 3);
    EXPECT_EQ(read->rows, (Rows{{"현황"}, {"id", "매출", "매출"}, {"id", "2014", "2015"}, {"F1", "1"}, {"", "2"}}));
    EXPECT_THAT(read->remarks,
                testing::ElementsAre(SheetRemark{"workbook_merged_cells", Severity::warning, 1, {4, 1}}));
}

TEST(XlsxSheet, KeepsRowsWholeAcrossTheBlocksOfItsPart) {
    std::string rows;
    constexpr int count = 20'000;
    for (int i = 1; i <= count; ++i) {
        rows += "<row><c t=\"inlineStr\"><is><t>기업 " + std::to_string(i) + "</t></is></c><c><v>" +
                std::to_string(i * 0.5) + "</v></c></row>";
    }
    const XlsxOnDisk file(workbook_parts({{"s", worksheet_xml(rows)}}));
    const auto read = read_sheet_texts(file.path());
    ASSERT_EQ(read->rows.size(), count);
    for (int i = 1; i <= count; ++i) {
        ASSERT_EQ(read->rows[static_cast<std::size_t>(i - 1)][0], "기업 " + std::to_string(i));
        ASSERT_EQ(read->rows[static_cast<std::size_t>(i - 1)][1], std::to_string(i / 2) + (i % 2 == 0 ? "" : ".5"));
    }
}

TEST(Workbook, ListsItsSheets) {
    const std::string one = worksheet_xml("<row><c><v>1</v></c></row>");
    const std::string styled_only = worksheet_xml("<row><c r=\"A1\" s=\"1\"/></row>");
    const XlsxOnDisk file(workbook_parts({{"가", one}, {"나", styled_only}, {"다", one, "hidden"}}));
    const auto workbook = Workbook::open(file.path(), FileFormat::xlsx);
    EXPECT_EQ((*workbook)->sheets(),
              (std::vector<SheetInfo>{{"가", false, false}, {"나", false, true}, {"다", true, false}}));
}

TEST(Workbook, RefusesHarmfulFilesByName) {
    const auto with_sheet = [](std::string xml) { return workbook_parts({{"s", std::move(xml)}}); };
    const std::string good = worksheet_xml("<row><c><v>1</v></c></row>");
    EXPECT_EQ(error_of(with_sheet(good)), "read");
    EXPECT_EQ(error_of(with_sheet("<!DOCTYPE d [<!ENTITY x \"y\">]>" + good)), "workbook_dtd");
    EXPECT_EQ(error_of(with_sheet(worksheet_xml("<row><c r=\"A0\"><v>1</v></c></row>"))), "workbook_bad_reference");
    EXPECT_EQ(error_of(with_sheet(worksheet_xml("<row r=\"2\"/><row r=\"2\"/>"))), "workbook_bad_reference");
    EXPECT_EQ(error_of(with_sheet(worksheet_xml("<row><c r=\"B1\"/><c r=\"A1\"/></row>"))), "workbook_bad_reference");
    EXPECT_EQ(error_of(with_sheet(worksheet_xml("<row r=\"1048577\"/>"))), "workbook_too_many_rows");
    EXPECT_EQ(error_of(with_sheet(worksheet_xml("<row><c t=\"inlineStr\"><is><t>a"))), "workbook_xml_malformed");
    EXPECT_EQ(error_of(with_sheet("<chartsheet/>")), "workbook_sheet_no_table");
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += "<r>";
    EXPECT_EQ(error_of(with_sheet(worksheet_xml("<row><c t=\"inlineStr\"><is>" + deep))), "workbook_xml_too_deep");
    EXPECT_EQ(error_of(with_sheet("<worksheet>" + std::string(20'000'000, ' ') + "</worksheet>")), "workbook_bomb");

    auto traversal = with_sheet(good);
    traversal.emplace_back("xl/../../evil.txt", "x");
    EXPECT_EQ(error_of(traversal), "workbook_unsafe_name");
    auto twice = with_sheet(good);
    twice.emplace_back("XL/workbook.xml", "<workbook/>");
    EXPECT_EQ(error_of(twice), "workbook_unsafe_name");
    EXPECT_EQ(error_of({{"word/document.xml", "<w/>"}}), "workbook_not_xlsx");
    EXPECT_EQ(error_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}}), "workbook_not_xlsx");
}

TEST(Workbook, ATagWithoutEndIsRefusedInBoundedMemory) {
    std::string tag = "<worksheet a=\"";
    std::uint32_t noise = 1;
    while (tag.size() < std::size_t{4} * 1024 * 1024) {
        noise = noise * 1664525U + 1013904223U;
        tag += std::to_string(noise);
    }
    EXPECT_EQ(error_of(workbook_parts({{"s", tag}})), "workbook_xml_token");
}

TEST(Workbook, ATruncatedOrAlteredFileIsDamaged) {
    const XlsxOnDisk file(workbook_parts({{"s", worksheet_xml("<row><c><v>1</v></c></row>")}}));
    std::ifstream in(file.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    for (const std::size_t size : {std::size_t{4}, bytes.size() / 2, bytes.size() - 23}) {
        const FileOnDisk cut(bytes.substr(0, size), "cut.xlsx");
        const auto read = read_sheet_texts(cut.path());
        ASSERT_FALSE(read) << size;
        EXPECT_EQ(read.error().code, "workbook_damaged");
    }
    // Whatever byte is changed: read, or refused with an error, never anything else.
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::string altered = bytes;
        altered[i] = static_cast<char>(altered[i] ^ 0x55);
        const FileOnDisk changed(altered, "changed.xlsx");
        const auto read = read_sheet_texts(changed.path());
        if (read) {
            EXPECT_EQ(read->rows, (Rows{{"1"}})) << i;
        }
    }
}

TEST(HtmlTables, AreReadWithSpansAndEntities) {
    const FileOnDisk file(
        "<html><body><table><tr><th rowspan=2>이름</th><th colspan='2'>매출 &amp; 이익</th></tr>"
        "<tr><td>2014<td>2015</tr><tr><td>가&#45208;<br>둘째</td><td> 1,234\n </td><td>&nbsp;</td></tr></table>"
        "<script>if (a < b) '<table>'</script><TABLE><TR><TD>2</TD></TR></TABLE></body></html>",
        "page.xls");
    const auto read = read_sheet_texts(file.path(), 0, 2);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->rows,
              (Rows{{"이름", "매출 & 이익", "매출 & 이익"}, {"이름", "2014", "2015"}, {"가나\n둘째", "1,234"}}));
    EXPECT_EQ(read_sheet_texts(file.path(), 1)->rows, (Rows{{"2"}}));
}

TEST(XmlSpreadsheet, IsRead) {
    const FileOnDisk file(
        "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>"
        "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "
        "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"가\"><Table>"
        "<Row><Cell><Data ss:Type=\"String\">이름</Data></Cell><Cell ss:Index=\"3\"><Data ss:Type=\"String\">값</Data>"
        "</Cell></Row><Row ss:Index=\"4\"><Cell><Data ss:Type=\"DateTime\">2017-03-01T00:00:00.000</Data></Cell>"
        "<Cell><Data ss:Type=\"Boolean\">1</Data></Cell><Cell><Data "
        "ss:Type=\"Number\">0.10000000000000001</Data></Cell>"
        "</Row></Table></Worksheet></Workbook>",
        "table.xls");
    const auto read = read_sheet_texts(file.path());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->rows, (Rows{{"이름", "", "값"}, {"2017-03-01", "TRUE", "0.1"}}));
    EXPECT_THAT(read->numbers, testing::ElementsAre(1, 4));
}

}  // namespace
}  // namespace twinfirm::ingest
