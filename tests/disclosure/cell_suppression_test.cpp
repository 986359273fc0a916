// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/disclosure/cell_suppression.h"

#include <gtest/gtest.h>

#include "disclosure/small_tables.h"

namespace twinfirm::disclosure {
namespace {

struct SmallCase {
    const char* name;
    std::vector<std::vector<double>> counts;
};

const std::vector<SmallCase> small_cases{
    {"one small cell", {{40, 2, 30}, {25, 18, 12}}},
    {"firms by size and level", {{4003, 120, 6}, {600, 60, 2}, {130, 25, 1}, {20, 9, 0}}},
    {"a row of small cells", {{1, 2, 1}, {50, 60, 70}, {40, 30, 20}}},
    {"zeros in the way", {{0, 2, 9}, {8, 0, 7}, {5, 6, 0}}},
};

TEST(CellSuppression, NothingIsHiddenWhereNothingIsSensitive) {
    const auto table = count_table({{40, 20}, {25, 0}});
    const auto result = protect_table(table, {});
    ASSERT_TRUE(result);
    EXPECT_EQ(result->suppression.loss, 0);
    EXPECT_TRUE(result->audit.cells.empty());
}

TEST(CellSuppression, TheSquareOfTheSmallestCellsIsHidden) {
    const auto table = count_table({{40, 2, 30}, {25, 18, 12}});
    const auto result = suppress_cells(table, {});
    ASSERT_TRUE(result);
    EXPECT_EQ(result->states[cell_at(table, 0, 1)], CellState::sensitive);
    EXPECT_EQ(result->states[cell_at(table, 0, 2)], CellState::complementary);
    EXPECT_EQ(result->states[cell_at(table, 1, 1)], CellState::complementary);
    EXPECT_EQ(result->states[cell_at(table, 1, 2)], CellState::complementary);
    EXPECT_EQ(result->loss, 60);
    EXPECT_EQ(result->complementary, 3u);
}

TEST(CellSuppression, SmallTablesLoseHardlyMoreThanTheLeastPossible) {
    for (const SmallCase& item : small_cases) {
        const auto table = count_table(item.counts);
        const auto result = protect_table(table, {});
        ASSERT_TRUE(result) << item.name;
        EXPECT_TRUE(result->audit.passed());
        const auto best = best_by_trying_all(table, {});
        ASSERT_TRUE(best);
        EXPECT_LE(result->suppression.loss, 1.25 * best->loss) << item.name;
    }
}

TEST(CellSuppression, RandomSmallTablesLoseHardlyMoreThanTheLeastPossible) {
    expect_least_losses(3, 12, 3, 9);
}

TEST(CellSuppression, TheTotalIsHiddenWhereTheLineHoldsNothingElse) {
    const auto table = count_table({{2, 0}, {30, 40}});
    const auto result = protect_table(table, {});
    ASSERT_TRUE(result);
    EXPECT_EQ(result->suppression.states[3], CellState::sensitive);  // the row's total is 2 as well
    EXPECT_TRUE(result->audit.passed());
}

TEST(CellSuppression, CellsKnownAlreadyAreNotUsed) {
    auto table = count_table({{40, 2, 30}, {25, 18, 12}});
    table.cells[cell_at(table, 1, 2)].known = true;
    const auto result = protect_table(table, {});
    ASSERT_TRUE(result);
    EXPECT_EQ(result->suppression.states[cell_at(table, 1, 2)], CellState::shown);
    EXPECT_EQ(result->suppression.states[cell_at(table, 1, 0)], CellState::complementary);
}

TEST(CellSuppression, WhatCannotBeProtectedIsRefusedByName) {
    auto table = count_table({{40, 2, 30}, {25, 18, 12}});
    for (Cell& cell : table.cells) cell.known = true;
    table.cells[cell_at(table, 0, 1)].known = false;
    const auto result = protect_table(table, {});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "disclosure_cannot_protect");
    EXPECT_EQ(result.error().arguments.at("cell"), "r0 / c1");
}

TEST(CellSuppression, LinkedTablesThatShareCellsAreProtectedTogether) {
    // One table by region, one by size, of the same firms: they share the total. Region 1 is hidden; by itself the
    // second table tells the total, so that a second region must go.
    AggregateTable table;
    for (const double value : {2.0, 30.0, 50.0, 82.0, 60.0, 22.0}) {
        table.cells.push_back({});
        table.cells.back().value = value;
    }
    table.relations = {{3, {0, 1, 2}}, {3, {4, 5}}};
    const auto result = protect_table(table, {});
    ASSERT_TRUE(result);
    EXPECT_EQ(result->suppression.states[1], CellState::complementary);
    EXPECT_EQ(result->suppression.loss, 30);
}

TEST(CellSuppression, RandomTablesGiveNothingAway) {
    Random random(7);
    for (int round = 0; round < 20; ++round) {
        const Content content = round % 2 == 0 ? Content::counts : Content::magnitudes;
        std::vector<Dimension> dimensions;
        if (round % 4 < 2)
            dimensions = {flat_dimension("a", 4 + random.below(5)), flat_dimension("b", 3 + random.below(4))};
        if (round % 4 == 2) dimensions = {flat_dimension("a", 4), flat_dimension("b", 3), flat_dimension("c", 3)};
        if (round % 4 == 3) dimensions = {tree_dimension("a", 3, random), flat_dimension("b", 4)};
        const auto table = random_table(content, dimensions, 6, random);
        const auto result = protect_table(table, {});
        ASSERT_TRUE(result) << round << " " << result.error().code;
        EXPECT_TRUE(result->audit.passed());
    }
}

TEST(CellSuppression, TheSameTableGivesTheSamePattern) {
    Random random(8);
    const auto table = random_table(Content::magnitudes, {flat_dimension("a", 6), flat_dimension("b", 5)}, 6, random);
    EXPECT_EQ(suppress_cells(table, {})->states, suppress_cells(table, {})->states);
}

}  // namespace
}  // namespace twinfirm::disclosure
