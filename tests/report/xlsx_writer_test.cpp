// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/xlsx_writer.h"

#include <gtest/gtest.h>

#include <cmath>

#include "../../src/report/xlsx_sheet_writer.h"
#include "report/evaluation_fixture.h"
#include "report/package_contents.h"
#include "twinfirm/base/decimal.h"
#include "twinfirm/ingest/workbook.h"
#include "twinfirm/report/build_report.h"

namespace twinfirm::report {
namespace {

using Rows = std::vector<std::vector<std::string>>;

/// The sheets as our own reader of workbooks sees them.
std::map<std::string, Rows> read_back(const std::string& bytes) {
    std::map<std::string, Rows> sheets;
    const testing::FileOfBytes file(bytes, "report.xlsx");
    const auto workbook = ingest::Workbook::open(file.path(), ingest::FileFormat::xlsx);
    EXPECT_TRUE(workbook) << workbook.error().code;
    if (!workbook) return sheets;
    for (std::size_t i = 0; i < (*workbook)->sheets().size(); ++i) {
        const auto sheet = (*workbook)->open_sheet(i);
        EXPECT_TRUE(sheet) << sheet.error().code;
        Rows& rows = sheets[(*workbook)->sheets()[i].name];
        ingest::Record record;
        for (auto more = (*sheet)->next(record); more && *more; more = (*sheet)->next(record)) {
            rows.emplace_back(record.fields.begin(), record.fields.end());
        }
    }
    return sheets;
}

bool holds_number(const Rows& rows, double value) {
    for (const auto& row : rows) {
        for (const std::string& cell : row) {
            const auto number = parse_decimal(cell);
            if (number && std::abs(number->value - value) <= 1e-12 * std::max(1.0, std::abs(value))) return true;
        }
    }
    return false;
}

TEST(XlsxWriter, EveryNumberOfEveryTableComesBackUnrounded) {
    for (const Language language : {Language::korean, Language::english}) {
        const Document document = build_report(testing::small_evaluation(), language);
        const auto bytes = document_to_xlsx(document);
        ASSERT_TRUE(bytes) << bytes.error().code;
        const auto sheets = read_back(*bytes);
        const std::string word = language == Language::korean ? "표 " : "Table ";
        std::size_t tables = 0;
        const auto check = [&](const Table& table) {
            if (table.number == 0) return;
            ++tables;
            const auto found = sheets.find(word + std::to_string(table.number));
            ASSERT_NE(found, sheets.end()) << table.name;
            for (const auto& row : table.rows) {
                for (const Cell& cell : row) {
                    if (cell.kind != CellKind::number) continue;
                    for (const double value : cell.values) {
                        if (std::isfinite(value)) {
                            EXPECT_TRUE(holds_number(found->second, value)) << table.name << " " << value;
                        }
                    }
                }
            }
        };
        for (const Section& section : document.sections) {
            for (const Block& block : section.blocks) {
                if (const auto* table = std::get_if<Table>(&block)) check(*table);
                if (const auto* row = std::get_if<SideBySide>(&block)) {
                    for (const Table& table : row->tables) check(table);
                }
            }
        }
        EXPECT_GT(tables, 5U);
        EXPECT_EQ(*document_to_xlsx(document), *bytes);
    }
}

TEST(XlsxWriter, FiguresHaveTheirNumbersAndCharts) {
    const Document document = build_report(testing::small_evaluation(), Language::korean);
    const auto bytes = document_to_xlsx(document);
    ASSERT_TRUE(bytes);
    const auto sheets = read_back(*bytes);
    std::size_t figures = 0;
    for (const Section& section : document.sections) {
        for (const Block& block : section.blocks) {
            const auto* figure = std::get_if<Figure>(&block);
            if (figure == nullptr) continue;
            ++figures;
            const auto found = sheets.find("그림 " + std::to_string(figure->number));
            ASSERT_NE(found, sheets.end()) << figure->name;
            for (const charts::Panel& panel : figure->chart.panels) {
                for (const charts::Series& series : panel.series) {
                    for (const charts::Mark& mark : series.marks) {
                        if (mark.suppressed) {
                            EXPECT_FALSE(std::isfinite(mark.value));
                            continue;
                        }
                        for (const double value : {mark.value, series.whiskers ? mark.low : mark.value}) {
                            if (!std::isfinite(value)) continue;
                            EXPECT_TRUE(holds_number(found->second, value)) << figure->name << " " << value;
                        }
                    }
                }
            }
        }
    }
    EXPECT_GT(figures, 3U);
    std::size_t charts = 0;
    for (const auto& [path, text] : testing::unpacked(*bytes).entries) charts += path.starts_with("xl/charts/chart");
    EXPECT_GE(charts, figures);
}

TEST(XlsxWriter, TextIsNeverAFormula) {
    Document document;
    document.title = "=1+1";
    Table table;
    table.number = 1;
    table.caption = "+cmd|' /C calc'!A0";
    table.columns = {{{}, Alignment::left, 1}, {{"x"}, Alignment::right, 1}};
    Cell text;
    text.text = "=HYPERLINK(\"http://x\")";
    Cell hidden;
    hidden.kind = CellKind::suppressed;
    hidden.text = "X";
    table.header_rows = {{text, text}};
    table.rows = {{text, hidden}};
    document.sections = {{1, "1.", "개요", {table}}};
    const auto bytes = document_to_xlsx(document);
    ASSERT_TRUE(bytes);
    for (const auto& [path, xml] : testing::unpacked(*bytes).entries)
        EXPECT_EQ(xml.find("<f>"), std::string::npos) << path;
    const auto sheets = read_back(*bytes);
    EXPECT_EQ(sheets.at("표 1").back(), (std::vector<std::string>{"=HYPERLINK(\"http://x\")", "X"}));
}

TEST(XlsxWriter, NumberFormatsShowWhatTheReportShows) {
    EXPECT_EQ(xlsx::number_format_like("1,234"), "#,##0");
    EXPECT_EQ(xlsx::number_format_like("△7.75"), "#,##0.00");
    EXPECT_EQ(xlsx::number_format_like("7.7%"), "#,##0.0\"%\"");
    EXPECT_EQ(xlsx::number_format_like("3.0명"), "#,##0.0\"명\"");
    EXPECT_EQ(xlsx::number_format_like("7.7\n[1.2, 3.4]"), "#,##0.0");
    EXPECT_EQ(xlsx::number_format_like("-"), "General");
}

}  // namespace
}  // namespace twinfirm::report
