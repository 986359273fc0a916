// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/build_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "report/evaluation_fixture.h"

namespace twinfirm::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Kinds, levels and names of everything in the document, one a line.
std::string outline(const Document& document) {
    std::string text;
    for (const Section& section : document.sections) {
        text += std::to_string(section.level) + "\n";
        for (const Block& block : section.blocks) {
            text += " " + std::to_string(block.index());
            if (const auto* table = std::get_if<Table>(&block)) {
                text += " " + std::to_string(table->number) + " " + table->name;
            } else if (const auto* figure = std::get_if<Figure>(&block)) {
                text += " " + std::to_string(figure->number) + " " + figure->name;
            } else if (const auto* list = std::get_if<BulletList>(&block)) {
                for (const ListItem& item : list->items) text += " " + std::to_string(item.level);
            }
            text += "\n";
        }
    }
    return text;
}

template <class BlockType>
std::vector<BlockType> blocks_of(const Document& document) {
    std::vector<BlockType> list;
    for (const Section& section : document.sections) {
        for (const Block& block : section.blocks) {
            if (const auto* found = std::get_if<BlockType>(&block)) list.push_back(*found);
        }
    }
    return list;
}

/// Also those that stand side by side, in the order of reading.
std::vector<Table> tables_of(const Document& document) {
    std::vector<Table> list;
    for (const Section& section : document.sections) {
        for (const Block& block : section.blocks) {
            if (const auto* table = std::get_if<Table>(&block)) list.push_back(*table);
            if (const auto* row = std::get_if<SideBySide>(&block)) {
                list.insert(list.end(), row->tables.begin(), row->tables.end());
            }
        }
    }
    return list;
}

TEST(BuildReport, HasTheSameStructureInBothLanguages) {
    const auto evaluation = testing::small_evaluation();
    const Document korean = build_report(evaluation, Language::korean);
    const Document english = build_report(evaluation, Language::english);
    EXPECT_EQ(outline(korean), outline(english));
    EXPECT_EQ(korean.title, "시험 평가");
    EXPECT_EQ(english.title, "Test evaluation");
}

TEST(BuildReport, HasTheSectionsOfAMinistryReport) {
    const Document document = build_report(testing::small_evaluation(), Language::korean);
    std::vector<std::string> headings;
    for (const Section& section : document.sections) {
        headings.push_back(section.number + (section.number.empty() ? "" : " ") + section.heading);
    }
    EXPECT_THAT(headings, ::testing::ElementsAre("요약", "1. 분석 개요", "2. 도입 전후 성과", "3. 도입·미도입 비교",
                                                 "4. 세부 분해", "5. 균형성", "6. 해석상 유의사항", "붙임 1. 분석 명세",
                                                 "붙임 2. 균형표", "붙임 3. 도입연도별 매칭"));
}

TEST(BuildReport, NumbersTablesAndFiguresAndKeepsTheirTextsOutOfTheDrawing) {
    const Document document = build_report(testing::small_evaluation(), Language::korean);
    int tables = 0;
    for (const Table& table : tables_of(document)) EXPECT_EQ(table.number, ++tables);
    int figures = 0;
    for (const Figure& figure : blocks_of<Figure>(document)) {
        EXPECT_EQ(figure.number, ++figures);
        EXPECT_FALSE(figure.caption.empty());
        EXPECT_TRUE(figure.chart.title.empty());
        EXPECT_TRUE(figure.chart.source.empty());
        EXPECT_EQ(figure.source, "TwinFirm 분석 결과");
    }
    EXPECT_EQ(tables, 12);
    EXPECT_EQ(figures, 7);
}

TEST(BuildReport, ItsFirstPageCanBeReadAlone) {
    const auto evaluation = testing::small_evaluation();
    const Document document = build_report(evaluation, Language::english);
    const Section& summary = document.sections.front();
    const auto* table = std::get_if<Table>(&summary.blocks.at(1));
    ASSERT_NE(table, nullptr);
    EXPECT_EQ(table->name, "headline");
    // The naive number, its n, the matched one, its n; each estimate with its interval.
    const auto& sales = table->rows.front();
    ASSERT_EQ(sales.size(), 7u);
    EXPECT_EQ(sales[2].values.size(), 3u);
    EXPECT_THAT(sales[2].text, HasSubstr("["));
    EXPECT_EQ(sales[4].values.size(), 3u);
    EXPECT_TRUE(sales[4].emphasis);
    EXPECT_FALSE(sales[2].emphasis);
    for (const std::size_t n : {3u, 5u}) EXPECT_GT(sales[n].values.at(0), 0);
    // Only adopters were surveyed: no number, and not 0.
    EXPECT_EQ(table->rows.back()[4].kind, CellKind::not_available);
    const auto* box = std::get_if<NoteBox>(&summary.blocks.at(2));
    ASSERT_NE(box, nullptr);
    EXPECT_GE(box->lines.size(), 4u);
    EXPECT_TRUE(std::holds_alternative<PageBreak>(document.sections.at(1).blocks.front()));
}

TEST(BuildReport, SaysANoteOnceForFiguresOfAKind) {
    const Document document = build_report(testing::small_evaluation(), Language::english);
    std::map<charts::ChartKind, std::set<std::string>> said;
    for (const Figure& figure : blocks_of<Figure>(document)) {
        for (const std::string& note : figure.notes) {
            if (note.starts_with("Other notes as under")) continue;
            EXPECT_TRUE(said[figure.chart.kind].insert(note).second) << figure.name << ": " << note;
        }
    }
}

TEST(BuildReport, LeavesNoCodeUnworded) {
    for (const Language language : {Language::korean, Language::english}) {
        const Document document = build_report(testing::small_evaluation(), language);
        for (const Section& section : document.sections) EXPECT_THAT(section.heading, Not(HasSubstr("report_")));
        for (const BulletList& list : blocks_of<BulletList>(document)) {
            for (const ListItem& item : list.items) {
                EXPECT_THAT(item.text, Not(HasSubstr("report_")));
                EXPECT_THAT(item.text, Not(HasSubstr("{"))) << "an argument was not given";
            }
        }
        for (const Table& table : tables_of(document)) {
            for (const std::string& note : table.notes) EXPECT_THAT(note, Not(HasSubstr("{")));
        }
    }
}

TEST(BuildReport, IsTheSameEveryTime) {
    const auto evaluation = testing::small_evaluation();
    EXPECT_EQ(outline(build_report(evaluation, Language::korean)), outline(build_report(evaluation, Language::korean)));
    EXPECT_THAT(build_report(evaluation, Language::korean).colophon.back(), HasSubstr("aaaaaaaaaaaa"));
}

TEST(BuildReport, StandsWithoutAnyResult) {
    const Document document = build_report({}, Language::korean);
    EXPECT_FALSE(document.title.empty());
    EXPECT_TRUE(blocks_of<Figure>(document).empty());
}

TEST(Document, WritesCaptionsAndLinesInTheWayOfEachLanguage) {
    Table table;
    table.caption = "균형성";
    EXPECT_EQ(full_caption(table, Language::korean), "균형성");
    table.number = 3;
    EXPECT_EQ(full_caption(table, Language::korean), "<표 3> 균형성");
    EXPECT_EQ(unit_line(table, Language::korean), "");
    table.unit = "%";
    EXPECT_EQ(unit_line(table, Language::korean), "(단위: %)");
    Figure figure;
    figure.number = 2;
    figure.caption = "Overlap";
    EXPECT_EQ(full_caption(figure, Language::english), "[Figure 2] Overlap");
    EXPECT_EQ(source_line("통계청", Language::korean), "자료: 통계청");
    EXPECT_EQ(source_line("", Language::korean), "");
    EXPECT_THAT(note_lines({"가"}, Language::korean), ::testing::ElementsAre("주: 가"));
    EXPECT_THAT(note_lines({"가", "나"}, Language::korean), ::testing::ElementsAre("주: 1) 가", "2) 나"));
    EXPECT_TRUE(note_lines({}, Language::korean).empty());
    EXPECT_EQ(list_marker(0), "□ ");
    EXPECT_EQ(list_marker(3), "※ ");
}

}  // namespace
}  // namespace twinfirm::report
