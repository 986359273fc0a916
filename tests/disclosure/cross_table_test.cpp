// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/disclosure/cross_table.h"

#include <gtest/gtest.h>

#include "disclosure/small_tables.h"

namespace twinfirm::disclosure {
namespace {

Leaf leaf(std::vector<std::size_t> codes, double value, double largest, double second) {
    Leaf result{std::move(codes), {}};
    result.cell.value = value;
    result.cell.contributors = 3;
    result.cell.largest = largest;
    result.cell.second = second;
    return result;
}

TEST(CrossTable, MarginsAreSumsAndKeepTheTwoLargestContributions) {
    // total > (north > a, b), south; two years without a total
    const Dimension region{"region", {{"all", std::nullopt}, {"north", 0}, {"south", 0}, {"a", 1}, {"b", 1}}};
    const Dimension year{"year", {{"2017", std::nullopt}, {"2018", std::nullopt}}};
    const auto table = build_cross_table(Content::magnitudes, {region, year},
                                         {leaf({3, 0}, 10, 6, 3), leaf({4, 0}, 20, 9, 8), leaf({2, 0}, 7, 4, 2)});
    ASSERT_TRUE(table);
    ASSERT_EQ(table->cells.size(), 10u);
    const auto& north = table->cells[1 * 2 + 0];
    EXPECT_EQ(north.name, "north / 2017");
    EXPECT_EQ(north.value, 30);
    EXPECT_EQ(north.contributors, 6);
    EXPECT_EQ(north.largest, 9);
    EXPECT_EQ(north.second, 8);
    EXPECT_EQ(table->cells[0].value, 37);
    EXPECT_EQ(table->cells[1].value, 0);     // 2018
    EXPECT_EQ(table->relations.size(), 4u);  // two totals a year
    EXPECT_TRUE(check_table(*table));
}

TEST(CrossTable, EveryRelationOfAThreeWayHierarchyAddsUp) {
    Random random(5);
    const auto table = random_table(
        Content::magnitudes, {tree_dimension("a", 4, random), tree_dimension("b", 3, random), flat_dimension("c", 3)},
        4, random);
    EXPECT_TRUE(check_table(table));
    double leaves = 0;
    const auto totals = table.totals();
    for (std::size_t i = 0; i < totals.size(); ++i)
        if (!totals[i]) leaves += table.cells[i].value;
    EXPECT_EQ(table.cells[0].value, leaves);
}

TEST(CrossTable, LeavesAtATotalOrGivenTwiceAreRefused) {
    const Dimension dimension = flat_dimension("d", 2);
    for (const auto& leaves :
         {std::vector<Leaf>{leaf({0}, 1, 1, 0)}, std::vector<Leaf>{leaf({1}, 1, 1, 0), leaf({1}, 2, 1, 0)},
          std::vector<Leaf>{leaf({7}, 1, 1, 0)}}) {
        const auto table = build_cross_table(Content::magnitudes, {dimension}, leaves);
        ASSERT_FALSE(table);
        EXPECT_EQ(table.error().code, "disclosure_code");
    }
}

TEST(CrossTable, ATableOfMoreCellsThanCanBeHeldIsRefused) {
    const Dimension large = flat_dimension("d", 1500);
    const auto table = build_cross_table(Content::counts, {large, large}, {});
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().code, "disclosure_too_many_cells");
}

}  // namespace
}  // namespace twinfirm::disclosure
