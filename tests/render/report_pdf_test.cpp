// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/render/report_pdf.h"

#include <gtest/gtest.h>

#include "charts/sample_charts.h"
#include "render/picture_folder.h"
#include "twinfirm/report/build_report.h"

namespace twinfirm::render {
namespace {

using report::Cell;
using report::CellKind;

Cell cell(const char* text, CellKind kind = CellKind::text) {
    Cell result;
    result.kind = kind;
    result.text = text;
    return result;
}

report::Table long_table() {
    report::Table table;
    table.name = "groups";
    table.number = 1;
    table.caption = "기업규모별 효과";
    table.unit = "%";
    table.columns.resize(3);
    table.columns[0].alignment = report::Alignment::left;
    table.columns[0].relative_width = 2;
    table.header_rows = {{cell("구분"), cell("효과"), cell("표준오차")}};
    for (int i = 0; i < 80; ++i) {
        Cell group = cell("10인 미만");
        group.row_span = i % 2 == 0 ? 2 : 1;
        group.covered = i % 2 == 1;
        table.rows.push_back({group, cell(i == 3 ? "" : "6.2", i == 3 ? CellKind::suppressed : CellKind::number),
                              cell("", CellKind::not_available)});
    }
    table.notes = {"표준오차는 매칭 쌍으로 군집한 값"};
    table.source = "분석 자료";
    return table;
}

report::Document sample_document() {
    report::Document document;
    document.title = "스마트공장 도입 성과분석";
    document.subtitle = "2013~2020년";
    report::Section section;
    section.number = "1.";
    section.heading = "요약";
    section.blocks.emplace_back(report::Paragraph{"도입기업의 매출액은 매칭된 미도입기업보다 더 늘었습니다."});
    section.blocks.emplace_back(
        report::BulletList{{{0, "매출액 6.2% 증가"}, {1, "95% 신뢰구간 3.9~8.5"}, {3, "도입 후 0~3년 평균"}}});
    section.blocks.emplace_back(report::NoteBox{"읽을 때 주의할 점", {"단순 전후 비교는 효과가 아닙니다."}});
    section.blocks.emplace_back(long_table());
    report::Figure figure;
    figure.name = "forest";
    figure.number = 1;
    figure.caption = "기업규모별 매출액 효과";
    figure.chart = charts::forest_chart(charts::SampleEvaluation::make(), "sales", "size", Language::korean).value();
    figure.chart.title.clear();
    figure.chart.notes.clear();
    figure.chart.source.clear();
    figure.notes = {"가로선은 신뢰구간"};
    figure.source = "분석 자료";
    section.blocks.emplace_back(report::PageBreak{});
    section.blocks.emplace_back(figure);
    document.sections = {section};
    document.colophon = {"분석 명세 3f9a1c20"};
    return document;
}

class ReportPdf : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(write_report_pdf(sample_document(), path()));
        text_ = output_of("pdftotext", {"-layout", QString::fromStdString(path().string()), "-"});
    }
    [[nodiscard]] std::filesystem::path path() const { return folder_.path("report.pdf"); }

    PictureFolder folder_;
    QString text_;
};

TEST_F(ReportPdf, NumbersItsA4Pages) {
    const QString facts = output_of("pdfinfo", {QString::fromStdString(path().string())});
    EXPECT_TRUE(facts.contains("A4")) << facts.toStdString();
    const QStringList pages = text_.split('\f', Qt::SkipEmptyParts);
    ASSERT_GE(pages.size(), 3);
    for (qsizetype i = 0; i < pages.size(); ++i) {
        // pdftotext guesses spaces from gaps: short lines come with or without them.
        const QString page = pages[i].simplified().remove(' ');
        EXPECT_TRUE(page.endsWith(QStringLiteral("-%1-").arg(i + 1))) << page.toStdString();
    }
}

TEST_F(ReportPdf, RepeatsTheHeaderRowAndLosesNoRow) {
    EXPECT_TRUE(text_.contains("<표 1> 기업규모별 효과"));
    EXPECT_TRUE(text_.contains("(단위: %)"));
    EXPECT_GE(text_.count("표준오차"), 3);      // two pages at least, and the note
    EXPECT_EQ(text_.count("10인 미만"), 41);    // 40 merged cells, one in the chart
    EXPECT_EQ(text_.count("6.2"), 79 + 1 + 1);  // cells, bullet, chart
    EXPECT_TRUE(text_.contains("X"));
}

TEST_F(ReportPdf, HoldsEveryCellOfEveryTable) {
    for (const Language language : {Language::korean, Language::english}) {
        const report::Document document = report::build_report(charts::SampleEvaluation::make(), language);
        ASSERT_TRUE(write_report_pdf(document, path()));
        const QString text =
            output_of("pdftotext", {"-raw", QString::fromStdString(path().string()), "-"}).simplified().remove(' ');
        std::size_t walked = 0;
        for (const report::Section& section : document.sections) {
            for (const report::Block& block : section.blocks) {
                const auto* table = std::get_if<report::Table>(&block);
                if (table == nullptr) continue;
                EXPECT_TRUE(text.contains(
                    QString::fromStdString(report::full_caption(*table, language)).simplified().remove(' ')))
                    << table->name;
                for (const auto& row : table->rows) {
                    for (const report::Cell& cell : row) {
                        if (cell.covered || cell.kind == report::CellKind::text) continue;
                        for (const QString& line : QString::fromStdString(cell.text).split('\n')) {
                            EXPECT_TRUE(text.contains(QString(line).remove(' ')))
                                << table->name << ": " << line.toStdString();
                            ++walked;
                        }
                    }
                }
            }
        }
        EXPECT_GT(walked, 50u);
    }
}

TEST_F(ReportPdf, PutsTheCaptionOfAFigureBelowIt) {
    const QString page = text_.split('\f', Qt::SkipEmptyParts).back();
    EXPECT_GT(page.indexOf("[그림 1] 기업규모별 매출액 효과"), page.indexOf("300인 이상"));
    EXPECT_TRUE(page.contains("분석 명세 3f9a1c20"));
}

TEST_F(ReportPdf, LeavesTheColophonAloneOnNoPage) {
    report::Document document = sample_document();
    const report::Table rows = long_table();
    for (int count = 1; count <= 60; ++count) {
        report::Table table = rows;
        table.rows.resize(static_cast<std::size_t>(count % 20 + 2) / 2 * 2);
        report::BulletList list;
        list.items.assign(static_cast<std::size_t>(count), {0, "10인 미만 기업의 효과"});
        document.sections.front().blocks = {list};
        if (count % 2 == 0) document.sections.front().blocks.emplace_back(table);
        ASSERT_TRUE(write_report_pdf(document, path()));
        const QString last = output_of("pdftotext", {"-layout", QString::fromStdString(path().string()), "-"})
                                 .split('\f', Qt::SkipEmptyParts)
                                 .last();
        EXPECT_TRUE(last.contains("분석 명세")) << count;
        EXPECT_TRUE(last.contains("10인 미만")) << count << "\n" << last.toStdString();
    }
}

TEST_F(ReportPdf, EmbedsItsFonts) {
    const QStringList fonts =
        output_of("pdffonts", {QString::fromStdString(path().string())}).split('\n', Qt::SkipEmptyParts).mid(2);
    EXPECT_GE(fonts.size(), 2);
    for (const QString& font : fonts) EXPECT_TRUE(font.startsWith("NanumBarunGothic")) << font.toStdString();
}

}  // namespace
}  // namespace twinfirm::render
