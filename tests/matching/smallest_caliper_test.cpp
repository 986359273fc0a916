// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "matching/brute_force.h"
#include "twinfirm/matching/match.h"

namespace twinfirm::matching {
namespace {

std::size_t focal_units_matched(const MatchedSample& sample) {
    std::set<std::size_t> focal;
    for (const Pair& pair : sample.pairs) focal.insert(pair.focal);
    return focal.size();
}

TEST(SmallestCaliper, KeepsEverybodyAndNoSmallerDistanceDoes) {
    Random random(20260310);
    int found = 0;
    for (int i = 0; i < 2000; ++i) {
        const test::Instance data = test::random_instance(random, 4 + random.below(20), 2 + random.below(40), 2);
        design::MatchingSettings settings;
        settings.method = design::MatchMethod::optimal;
        settings.ratio = 1 + static_cast<int>(random.below(2));
        settings.smallest_caliper = true;
        const auto sample = match(data.problem(), settings);
        const auto adopters = static_cast<std::size_t>(std::count(data.treated.begin(), data.treated.end(), 1));
        if (!sample) {
            ASSERT_TRUE(sample.error().code == "smallest_caliper_impossible" ||
                        sample.error().code == "no_shared_strata")
                << sample.error().code;
            continue;
        }
        ++found;
        ASSERT_EQ(sample->pairs.size(), adopters * static_cast<std::size_t>(settings.ratio)) << i;
        // All distances are multiples of 1/8, so the next smaller caliper is known.
        settings.smallest_caliper = false;
        settings.caliper_unit = design::CaliperUnit::raw;
        if (sample->caliper_raw == 0) continue;
        settings.caliper = sample->caliper_raw - 1.0 / 16;
        const auto smaller = match(data.problem(), settings);
        if (smaller) {
            ASSERT_LT(smaller->pairs.size(), sample->pairs.size()) << i;
        }
    }
    EXPECT_GT(found, 200);
}

TEST(SmallestCaliper, WithReplacementIsTheLargestNearestDistance) {
    const std::vector<double> score{0, 1, 5, 0.25, 4};
    const std::vector<std::uint8_t> treated{1, 1, 1, 0, 0};
    design::MatchingSettings settings;
    settings.replace = true;
    settings.smallest_caliper = true;
    const auto sample = match(MatchProblem{score, treated, {}, {}, {}}, settings);
    ASSERT_TRUE(sample);
    EXPECT_EQ(sample->caliper_raw, 1);
    EXPECT_EQ(focal_units_matched(*sample), 3);
    ASSERT_FALSE(sample->messages.empty());
    EXPECT_EQ(sample->messages.front().code, "smallest_caliper_found");
}

TEST(SmallestCaliper, TooFewCandidatesAreCounted) {
    const std::vector<double> score{0, 1, 5};
    const std::vector<std::uint8_t> treated{1, 1, 0};
    design::MatchingSettings settings;
    settings.smallest_caliper = true;
    const auto sample = match(MatchProblem{score, treated, {}, {}, {}}, settings);
    ASSERT_FALSE(sample);
    EXPECT_EQ(sample.error().code, "smallest_caliper_impossible");
    EXPECT_EQ(sample.error().arguments.at("count"), "2");
    settings.caliper = 0.2;
    settings.caliper_unit = design::CaliperUnit::raw;
    EXPECT_EQ(match(MatchProblem{score, treated, {}, {}, {}}, settings).error().code,
              "setting_not_for_smallest_caliper");
}

TEST(SmallestCaliper, WithReplacementOneCandidateIsEnough) {
    const std::vector<double> score{0, 1, 0.5};
    const std::vector<std::uint8_t> treated{1, 1, 0};
    design::MatchingSettings settings;
    settings.replace = true;
    settings.smallest_caliper = true;
    const auto sample = match({score, treated, {}, {}, {}}, settings);
    ASSERT_TRUE(sample) << sample.error().code;
    EXPECT_EQ(sample->pairs.size(), 2U);
    EXPECT_DOUBLE_EQ(sample->caliper_raw, 0.5);
}

}  // namespace
}  // namespace twinfirm::matching
