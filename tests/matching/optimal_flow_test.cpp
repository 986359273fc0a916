// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <limits>

#include "matching/optimal_brute_force.h"

namespace twinfirm::matching {
namespace {

design::MatchingSettings optimal() {
    design::MatchingSettings settings;
    settings.method = design::MatchMethod::optimal;
    return settings;
}

/// A limit that nobody exceeds changes the way to the answer and not the answer.
TEST(OptimalFlow, GivesAsManyPairsAndTheSameTotalAsTheLine) {
    Random random(20260320);
    int compared = 0;
    for (int i = 0; i < 1500; ++i) {
        test::Instance data = test::random_instance(random, 4 + random.below(40), 2 + random.below(60), 2);
        design::MatchingSettings settings = optimal();
        settings.ratio = 1 + static_cast<int>(random.below(3));
        settings.caliper_unit = design::CaliperUnit::raw;
        if (random.below(2) == 0) settings.caliper = static_cast<double>(1 + random.below(12)) / 8;
        const auto on_line = optimal_pairs(data.problem(), settings);
        data.width = 100;
        const auto by_flow = optimal_pairs(data.problem(), settings);
        ASSERT_EQ(on_line.has_value(), by_flow.has_value()) << i;
        if (!on_line) continue;
        EXPECT_EQ(test::value_of(*on_line).first, test::value_of(*by_flow).first) << i;
        EXPECT_NEAR(test::value_of(*on_line).second, test::value_of(*by_flow).second, 1e-9) << i;
        ++compared;
    }
    EXPECT_GT(compared, 1000);
}

TEST(OptimalFlow, AntiExactPairsAreTheShortestThatDiffer) {
    // 0 and 1 are adopters; each stands on a non-adopter of its own group.
    const std::vector<double> score{0, 1, 0, 1};
    const std::vector<std::uint8_t> treated{1, 1, 0, 0};
    const std::vector<std::vector<std::int32_t>> group{{0, 1, 0, 1}};
    MatchProblem problem{score, treated, {}, {}, {}};
    problem.anti_exact = group;
    const auto sample = optimal_pairs(problem, optimal());
    ASSERT_TRUE(sample);
    EXPECT_EQ(sample->pairs, (std::vector<Pair>{{0, 3, 1}, {1, 2, 1}}));
}

TEST(OptimalFlow, ManyPairsAreRefusedByTheirNumber) {
    const std::size_t each = 2100;
    CovariatePoints points;
    points.dimensions = 1;
    std::vector<std::uint8_t> treated;
    for (std::size_t i = 0; i < 2 * each; ++i) {
        points.coordinate.push_back(static_cast<double>(i));
        treated.push_back(i % 2 == 0);
    }
    const std::vector<double> score(2 * each, 0);
    MatchProblem problem{score, treated, {}, {}, {}};
    problem.points = &points;
    const auto sample = optimal_pairs(problem, optimal());
    ASSERT_FALSE(sample);
    EXPECT_EQ(sample.error().code, "optimal_too_large");
}

}  // namespace
}  // namespace twinfirm::matching
