// SPDX-License-Identifier: GPL-3.0-or-later
// 500 random tables of two and three dimensions and with hierarchies of up to four levels: nothing is recovered.
#include <gtest/gtest.h>

#include "disclosure/small_tables.h"

namespace twinfirm::disclosure {
namespace {

TEST(RandomTables, FiveHundredOfAllShapesGiveNothingAway) {
    Random random(2026);
    std::size_t hidden = 0;
    for (int round = 0; round < 500; ++round) {
        const Content content = round % 2 == 0 ? Content::counts : Content::magnitudes;
        std::vector<Dimension> dimensions;
        switch (round / 2 % 5) {
            case 0:
                dimensions = {flat_dimension("a", 3 + random.below(8)), flat_dimension("b", 2 + random.below(6))};
                break;
            case 1:
                dimensions = {flat_dimension("a", 3 + random.below(4)), flat_dimension("b", 2 + random.below(3)),
                              flat_dimension("c", 2 + random.below(3))};
                break;
            case 2:
                dimensions = {tree_dimension("a", 3, random), flat_dimension("b", 2 + random.below(4))};
                break;
            case 3:
                dimensions = {tree_dimension("a", 4, random), flat_dimension("b", 2 + random.below(2))};
                break;
            default:
                dimensions = {tree_dimension("a", 3, random), tree_dimension("b", 3, random)};
                break;
        }
        const auto table = random_table(content, dimensions, 3 + static_cast<double>(random.below(15)), random);
        const auto result = protect_table(table, {});
        ASSERT_TRUE(result) << round << ": " << result.error().code;
        EXPECT_TRUE(result->audit.passed()) << round;
        hidden += result->audit.cells.size();
    }
    EXPECT_GT(hidden, 5000u);
}

TEST(RandomTables, SmallOnesLoseHardlyMoreThanTheLeastPossible) {
    expect_least_losses(77, 60, 4, 10);
}

}  // namespace
}  // namespace twinfirm::disclosure
