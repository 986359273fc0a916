// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "matching/optimal_brute_force.h"

namespace twinfirm::matching {
namespace {

TEST(OptimalPairsLong, AreTheBestOfAllChoices) {
    EXPECT_EQ(test::first_difference(20260104, 20000), "");
}

/// More decisions than are kept at once, so that the problem is solved block by block.
TEST(OptimalPairsLong, BlocksGiveTheSameAsOnePiece) {
    const test::Instance instance = test::overlapping(40000, 1, 0.5, 9);
    design::MatchingSettings settings;
    settings.caliper_unit = design::CaliperUnit::raw;
    settings.caliper = 3;
    const auto ours = optimal_pairs(instance.problem(), settings);
    ASSERT_TRUE(ours);
    const test::Value expected = test::best_of_all_monotone(instance, 1, 3);
    EXPECT_EQ(ours->pairs.size(), expected.first);
    EXPECT_NEAR(test::value_of(*ours).second, expected.second, 1e-7);
}

}  // namespace
}  // namespace twinfirm::matching
