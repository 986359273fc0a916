// SPDX-License-Identifier: GPL-3.0-or-later
#include "../../src/report/wide_table.h"

#include <gtest/gtest.h>

#include <string>

namespace twinfirm::report {
namespace {

Table grid(int numbers) {
    Table table;
    table.name = "grid";
    table.caption = "Effects";
    table.notes = {"a note"};
    table.header_rows.emplace_back();
    table.rows.resize(2);
    for (int c = 0; c < 2 + numbers; ++c) {
        Cell cell;
        cell.text = std::to_string(c);
        table.columns.push_back({{cell.text}, Alignment::right, 1});
        table.header_rows[0].push_back(cell);
        for (auto& row : table.rows) row.push_back(cell);
    }
    table.rows[0][0].row_span = 2;
    table.rows[1][0].covered = true;
    return table;
}

TEST(WideTable, ATableThatFitsStaysWhole) {
    const auto parts = split_wide(grid(5), 2);
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_EQ(parts[0].name, "grid");
    EXPECT_EQ(parts[0].caption, "Effects");
    EXPECT_EQ(parts[0].columns.size(), 7U);
}

TEST(WideTable, EveryColumnStandsInOnePartBesideTheFirstOnes) {
    const auto parts = split_wide(grid(9), 2);
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(parts[0].name, "grid");
    EXPECT_EQ(parts[1].name, "grid_2");
    EXPECT_EQ(parts[1].caption, "Effects (2/2)");
    EXPECT_TRUE(parts[0].notes.empty());
    EXPECT_EQ(parts[1].notes, std::vector<std::string>{"a note"});
    int next = 2;
    for (const Table& part : parts) {
        EXPECT_LE(part.columns.size(), 7U);
        EXPECT_EQ(part.rows[0][0].row_span, 2);
        EXPECT_TRUE(part.rows[1][0].covered);
        for (std::size_t c = 0; c < part.columns.size(); ++c) {
            const std::string expected = c < 2 ? std::to_string(c) : std::to_string(next++);
            EXPECT_EQ(part.header_rows[0][c].text, expected);
            EXPECT_EQ(part.rows[1][c].text, expected);
            EXPECT_EQ(part.columns[c].csv_names[0], expected);
        }
    }
    EXPECT_EQ(next, 11);
}

TEST(WideTable, CellsOverSeveralColumnsAreNotCut) {
    Table table = grid(9);
    table.header_rows[0][2].column_span = 2;
    EXPECT_EQ(split_wide(table, 2).size(), 1U);
}

}  // namespace
}  // namespace twinfirm::report
