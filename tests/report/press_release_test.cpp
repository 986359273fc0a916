// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/press_release.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "report/evaluation_fixture.h"
#include "report/json_numbers.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/evaluation/evaluation_json.h"
#include "twinfirm/report/build_report.h"
#include "twinfirm/report/press_tables.h"
#include "twinfirm/report/table_csv.h"

namespace twinfirm::report {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

using Json = nlohmann::json;

std::vector<Table> tables_of(const Document& document) {
    std::vector<Table> list;
    for (const Section& section : document.sections) {
        for (const Block& block : section.blocks) {
            if (const auto* table = std::get_if<Table>(&block)) list.push_back(*table);
        }
    }
    return list;
}

std::string outline(const Document& document) {
    std::string text;
    for (const Section& section : document.sections) {
        text += section.number.empty() ? "-" : section.number.substr(section.number.find_last_of(' ') + 1);
        for (const Block& block : section.blocks) {
            text += " " + std::to_string(block.index());
            if (const auto* table = std::get_if<Table>(&block)) text += table->name;
            if (const auto* figure = std::get_if<Figure>(&block)) text += figure->name;
            if (const auto* list = std::get_if<BulletList>(&block)) text += std::to_string(list->items.size());
        }
        text += "\n";
    }
    return text;
}

TEST(PressRelease, HasTheSameStructureInBothLanguages) {
    const auto evaluation = testing::small_evaluation();
    const Document korean = build_press_release(evaluation, Language::korean);
    EXPECT_EQ(outline(korean), outline(build_press_release(evaluation, Language::english)));
    std::vector<std::string> headings;
    for (const Section& section : korean.sections) headings.push_back(section.heading);
    EXPECT_THAT(headings, ::testing::ElementsAre("요약", "공정지표 성과", "경영지표 성과", "경과연수별 비교",
                                                 "해석상 유의사항", "분석 개요"));
    int number = 0;
    for (const Table& table : tables_of(korean)) EXPECT_EQ(table.number, ++number);
}

TEST(PressRelease, StandsWithoutAnyResult) {
    EXPECT_FALSE(build_press_release({}, Language::english).title.empty());
    EXPECT_TRUE(tables_of(build_press_release({}, Language::english)).empty());
}

TEST(PressRelease, EveryNumberIsOneOfTheResultAfterRounding) {
    for (const Language language : {Language::korean, Language::english}) {
        const auto evaluation = testing::distinct_evaluation();
        const Json result = Json::parse(evaluation::evaluation_to_json(evaluation));
        const testing::JsonNumbers numbers(result, language);

        const Table process = press_process_table(evaluation, language);
        std::size_t walked = 0;
        for (const auto& row : process.rows) {
            for (std::size_t i = 0; i < evaluation.specification.process_kpis.size(); ++i) {
                EXPECT_EQ(testing::without_caution(row[2 + i].text),
                          numbers.process(evaluation.specification.process_kpis[i].key, row[0].key, row[1].key));
                ++walked;
            }
        }
        std::size_t first = 0;
        for (const Table& table : press_management_tables(evaluation, language)) {
            const std::size_t columns = (table.columns.size() - 2) / 2;
            for (const auto& row : table.rows) {
                for (std::size_t i = 0; i < columns; ++i) {
                    const auto& outcome = evaluation.specification.outcomes.at(first + i);
                    EXPECT_EQ(testing::without_caution(row[2 + 2 * i].text),
                              numbers.naive(outcome, row[0].key, row[1].key, std::nullopt));
                    EXPECT_EQ(testing::without_caution(row[3 + 2 * i].text),
                              numbers.matched(outcome, row[0].key, row[1].key, std::nullopt));
                    walked += 2;
                }
            }
            first += columns;
        }
        EXPECT_EQ(first, evaluation.specification.outcomes.size());
        const Table elapsed = press_elapsed_table(evaluation, language);
        for (const auto& row : elapsed.rows) {
            const auto outcome =
                std::find_if(evaluation.specification.outcomes.begin(), evaluation.specification.outcomes.end(),
                             [&](const auto& entry) { return entry.key == row[0].key; });
            ASSERT_NE(outcome, evaluation.specification.outcomes.end());
            const std::optional<int> time =
                row[1].key == "mean" ? std::nullopt : std::optional<int>(std::stoi(row[1].key));
            const std::vector<std::string> means = numbers.means(*outcome, time);
            for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(row[2 + i].text, means[i]);
            EXPECT_EQ(testing::without_caution(row[7].text), numbers.matched(*outcome, "all", "all", time));
            EXPECT_EQ(testing::without_caution(row[8].text), numbers.naive(*outcome, "all", "all", time));
            walked += 6;
        }
        // 3 rows by 2 indicators, 3 rows by 2 outcomes by 2, and 2 outcomes by 2 times by 6.
        EXPECT_EQ(walked, 6u + 12u + 24u);
    }
}

TEST(PressRelease, MarksNumbersThatMislead) {
    const auto evaluation = testing::small_evaluation();
    const Table table = press_management_tables(evaluation, Language::korean).front();
    EXPECT_THAT(table.rows[2][2].text, HasSubstr("(n=3,947) ※a\n["));
    EXPECT_THAT(table.rows[0][2].text, Not(HasSubstr("※")));
    EXPECT_THAT(table.notes, Contains(HasSubstr("※a) 도입 전 값 자체로 나눈 구간(평균으로의 회귀)")));
}

TEST(PressRelease, TablesGoToCsvFilesWithEveryNumber) {
    const auto evaluation = testing::distinct_evaluation();
    const std::vector<Table> tables = press_tables(evaluation, Language::english);
    ASSERT_EQ(tables.size(), 3u);
    for (const Table& table : tables) {
        std::size_t names = 0;
        for (const Column& column : table.columns) {
            EXPECT_FALSE(column.csv_names.empty()) << table.name;
            names += column.csv_names.size();
        }
        const std::string csv = table_to_csv(table);
        const std::string header = csv.substr(0, csv.find('\n'));
        EXPECT_EQ(static_cast<std::size_t>(std::count(header.begin(), header.end(), ',')), names - 1) << header;
        for (const auto& row : table.rows) {
            for (const Cell& cell : row) {
                for (const double value : cell.values) {
                    EXPECT_THAT(csv, HasSubstr(shortest_text(value))) << table.name;
                }
            }
        }
    }
    EXPECT_THAT(table_to_csv(tables[1]), HasSubstr("sales_naive,sales_naive_low,sales_naive_high,sales_naive_n,"));
}

TEST(PressRelease, ShowsNothingOfASmallGroup) {
    for (const Table& table : tables_of(build_press_release(testing::small_evaluation(), Language::korean))) {
        for (const auto& row : table.rows) {
            if (row[0].key != "size" || row[1].key != "0") continue;
            for (std::size_t i = 2; i < row.size(); ++i) {
                EXPECT_EQ(row[i].kind, CellKind::suppressed) << table.name;
                EXPECT_EQ(row[i].text, "X");
                EXPECT_TRUE(row[i].values.empty());
            }
        }
    }
}

TEST(PressRelease, LeavesCrossesOfBreakdownsOut) {
    auto evaluation = testing::small_evaluation();
    design::Breakdown cross;
    cross.key = "size_by_size";
    cross.cross = {"size", "size"};
    evaluation.specification.breakdowns.push_back(cross);
    auto row = evaluation.before_after.front();
    row.group = {"size_by_size", "0_0", {"겹침", "Cross"}, false};
    evaluation.before_after.push_back(row);
    for (const auto& cells : press_process_table(evaluation, Language::english).rows) {
        EXPECT_NE(cells[0].key, "size_by_size");
    }
}

}  // namespace
}  // namespace twinfirm::report
