// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/lee_bounds.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "twinfirm/base/random.h"
#include "twinfirm/stats/distributions.h"

namespace twinfirm::effects {
namespace {

const double none = std::nan("");

struct Sample {
    std::vector<double> outcome;
    std::vector<std::uint8_t> treated;
};

TEST(LeeBounds, ByHand) {
    // Adopters: 4 of 4 observed; others: 2 of 4. Half of the adopters' outcomes is cut off.
    const Sample sample{{1, 2, 3, 10, 5, 7, none, none}, {1, 1, 1, 1, 0, 0, 0, 0}};
    const auto bounds = lee_bounds(sample.outcome, sample.treated);
    ASSERT_TRUE(bounds);
    EXPECT_TRUE(bounds->trims_treated);
    EXPECT_NEAR(bounds->trimmed, 0.5, 1e-12);
    EXPECT_NEAR(bounds->lower, 1.5 - 6, 1e-12);
    EXPECT_NEAR(bounds->upper, 6.5 - 6, 1e-12);
}

TEST(LeeBounds, AnOutcomeOnTheBorderCountsInPart) {
    // 3 of 3 against 2 of 4: 1.5 of 3 outcomes stay.
    const Sample sample{{1, 2, 4, 0, 0, none, none}, {1, 1, 1, 0, 0, 0, 0}};
    const auto bounds = lee_bounds(sample.outcome, sample.treated);
    ASSERT_FALSE(bounds);  // 1.5 are too few
    const Sample more{{1, 2, 4, 8, 9, 0, 0, none, none}, {1, 1, 1, 1, 1, 0, 0, 0, 0}};
    const auto half = lee_bounds(more.outcome, more.treated);
    ASSERT_TRUE(half);
    EXPECT_NEAR(half->lower, (1 + 2 + 0.5 * 4) / 2.5, 1e-12);
    EXPECT_NEAR(half->upper, (9 + 8 + 0.5 * 4) / 2.5, 1e-12);
}

TEST(LeeBounds, WithoutDifferentAttritionTheBoundsAreThePoint) {
    Random random(3);
    Sample sample;
    for (int i = 0; i < 200; ++i) {
        sample.treated.push_back(i % 2 == 0 ? 1 : 0);
        sample.outcome.push_back(random.normal() + (i % 2 == 0 ? 1 : 0));
    }
    const auto bounds = lee_bounds(sample.outcome, sample.treated);
    ASSERT_TRUE(bounds);
    EXPECT_NEAR(bounds->lower, bounds->upper, 1e-12);
    const double z = (bounds->ci_high - bounds->upper) / bounds->upper_error;
    EXPECT_NEAR(z, stats::normal_quantile(0.975), 1e-6);
}

TEST(LeeBounds, TheMirroredArmsGiveTheMirroredBounds) {
    const Sample sample{{1, 2, 3, 10, 6, 5, 7, none, none}, {1, 1, 1, 1, 1, 0, 0, 0, 0}};
    Sample mirrored = sample;
    for (auto& arm : mirrored.treated) arm = arm != 0 ? 0 : 1;
    const auto a = lee_bounds(sample.outcome, sample.treated);
    const auto b = lee_bounds(mirrored.outcome, mirrored.treated);
    EXPECT_FALSE(b->trims_treated);
    EXPECT_NEAR(a->lower, -b->upper, 1e-12);
    EXPECT_NEAR(a->lower_error, b->upper_error, 1e-12);
    EXPECT_NEAR(a->ci_high, -b->ci_low, 1e-9);
}

/// Adopters stay in business more often. The effect on those who would stay anyway is 1; the difference in means is
/// not.
Sample attrition(Random& random, std::size_t firms) {
    Sample sample;
    for (std::size_t i = 0; i < firms; ++i) {
        const double strength = random.normal();
        const bool adopter = random.uniform() < 0.5;
        const bool stays = strength > (adopter ? -1 : -0.5);
        sample.treated.push_back(adopter ? 1 : 0);
        sample.outcome.push_back(stays ? 2 * strength + (adopter ? 1 : 0) + random.normal() : none);
    }
    return sample;
}

TEST(LeeBounds, TheEffectOnThoseWhoStayAnywayLiesBetween) {
    Random random(17);
    int covered = 0;
    int lower_errors = 0;
    double lower_sum = 0, lower_squares = 0, error_sum = 0;
    constexpr int rounds = 400;
    for (int round = 0; round < rounds; ++round) {
        const Sample sample = attrition(random, 600);
        const auto bounds = lee_bounds(sample.outcome, sample.treated);
        ASSERT_TRUE(bounds);
        covered += bounds->ci_low <= 1 && 1 <= bounds->ci_high ? 1 : 0;
        lower_errors += bounds->lower > bounds->upper ? 1 : 0;
        lower_sum += bounds->lower;
        lower_squares += bounds->lower * bounds->lower;
        error_sum += bounds->lower_error;
    }
    EXPECT_GE(covered, static_cast<int>(0.95 * rounds));
    EXPECT_EQ(lower_errors, 0);
    const double sd = std::sqrt(lower_squares / rounds - lower_sum * lower_sum / rounds / rounds);
    EXPECT_NEAR(error_sum / rounds / sd, 1, 0.1);
}

TEST(LeeBounds, AnArmWithoutOutcomesIsNamed) {
    const Sample sample{{1, 2, none, none}, {1, 1, 0, 0}};
    EXPECT_EQ(lee_bounds(sample.outcome, sample.treated).error().code, "lee_bounds_too_few");
}

}  // namespace
}  // namespace twinfirm::effects
