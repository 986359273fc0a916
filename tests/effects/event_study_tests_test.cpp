// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/event_study_tests.h"

#include <gtest/gtest.h>

#include <cmath>

#include "effects/staggered_example.h"
#include "twinfirm/effects/multiplier_bootstrap.h"
#include "twinfirm/effects/relative_magnitudes.h"
#include "twinfirm/stats/distributions.h"

namespace twinfirm::effects {
namespace {

const double z = stats::normal_quantile(0.975);

/// One group with given effects at e = -steps .. and a diagonal covariance, so that tests can be done by hand.
StaggeredDid by_hand(const std::vector<int>& since, const std::vector<double>& att, const std::vector<double>& se) {
    StaggeredDid did;
    did.groups = {2018};
    did.group_share = {0.1};
    did.firms = did.clusters = 1000;
    const std::size_t columns = att.size() + 1;
    did.covariance.assign(columns * columns, 0);
    for (std::size_t c = 0; c < att.size(); ++c) {
        did.times.push_back(2018 + since[c]);
        GroupTimeEffect effect;
        effect.group = 2018;
        effect.time = 2018 + since[c];
        effect.att = att[c];
        effect.std_error = se[c] > 0 ? se[c] : not_available;
        effect.reference = !(se[c] > 0);
        effect.n_treated = 50;
        did.effects.push_back(effect);
        did.covariance[c * columns + c] = se[c] * se[c];
    }
    return did;
}

AggregatedDid dynamic(const StaggeredDid& did) {
    return aggregate_did(did, DidAggregation::dynamic).value();
}

TEST(PretrendTest, IsTheSumOfSquaredRatiosWhenEstimatesAreIndependent) {
    const auto did = by_hand({-3, -2, -1, 0}, {0.1, -0.2, 0.3, 5}, {0.1, 0.1, 0.2, 1});
    const WaldTest test = pretrend_test(did);
    EXPECT_EQ(test.df, 3);
    EXPECT_NEAR(test.statistic, 1 + 4 + 2.25, 1e-12);
    EXPECT_NEAR(test.p_value, stats::chi_squared_upper_tail(7.25, 3), 1e-12);
}

TEST(PretrendTest, WithoutYearsBeforeThereIsNone) {
    const WaldTest test = pretrend_test(by_hand({0, 1}, {1, 2}, {1, 1}));
    EXPECT_EQ(test.df, 0);
    EXPECT_TRUE(std::isnan(test.p_value));
}

TEST(PretrendTest, ACovarianceWithoutFullRankGivesNoTest) {
    ExampleOptions example;
    example.clusters = 2;
    const auto did = estimate_staggered_did(example_panel(example), {}).value();
    EXPECT_TRUE(std::isnan(pretrend_test(did).p_value));
}

TEST(EffectTrend, SlopeAndEqualityByHand) {
    const auto did = by_hand({-1, 0, 1, 2}, {0, 1, 3, 4}, {0.5, 0.3, 0.4, 0.5});
    const EffectTrend trend = effect_trend(did, dynamic(did));
    EXPECT_EQ(trend.first, 0);
    EXPECT_EQ(trend.last, 2);
    EXPECT_NEAR(trend.slope.att, 1.5, 1e-12);  // (4 - 1) / 2
    EXPECT_NEAR(trend.slope.std_error, std::sqrt(0.09 + 0.25) / 2, 1e-12);
    EXPECT_TRUE(trend.same_groups);
    // Weighted squared deviations from the precision-weighted mean.
    const double w[3] = {1 / 0.09, 1 / 0.16, 1 / 0.25};
    const double mean = (w[0] + 3 * w[1] + 4 * w[2]) / (w[0] + w[1] + w[2]);
    const double q = w[0] * (1 - mean) * (1 - mean) + w[1] * (3 - mean) * (3 - mean) + w[2] * (4 - mean) * (4 - mean);
    EXPECT_EQ(trend.equal.df, 2);
    EXPECT_NEAR(trend.equal.statistic, q, 1e-10);
}

TEST(EffectTrend, AGrowingEffectIsFoundAndAConstantOneIsNot) {
    ExampleOptions example;
    example.firms = 3000;
    example.growth = 0.5;
    const auto growing = estimate_staggered_did(example_panel(example), {}).value();
    const EffectTrend up = effect_trend(growing, dynamic(growing));
    EXPECT_NEAR(up.slope.att, 0.5, 4 * up.slope.std_error);
    EXPECT_LT(up.equal.p_value, 1e-4);
    EXPECT_FALSE(up.same_groups);
    example.growth = 0;
    const auto constant = estimate_staggered_did(example_panel(example), {}).value();
    EXPECT_GT(effect_trend(constant, dynamic(constant)).equal.p_value, 1e-4);
    const EffectTrend fixed = effect_trend(growing, aggregate_did(growing, DidAggregation::dynamic, 1).value());
    EXPECT_TRUE(fixed.same_groups);
    EXPECT_EQ(fixed.last, 1);
}

TEST(RelativeMagnitudes, OneStepByHand) {
    const auto did = by_hand({-1, 0, 1}, {0.2, 2, 3}, {0.1, 0.3, 0.4});
    const auto result = relative_magnitudes(did, dynamic(did), {0, 1, 2});
    ASSERT_EQ(result.size(), 3U);
    EXPECT_EQ(*result[0].at, 0);
    EXPECT_NEAR(result[0].largest_step, 0.2, 1e-12);
    EXPECT_NEAR(result[0].breakdown_estimate, 10, 1e-9);
    EXPECT_NEAR(result[1].breakdown_estimate, 7.5, 1e-9);  // two steps after adoption
    EXPECT_NEAR(result[0].intervals[0].low, 2 - z * 0.3, 1e-9);
    EXPECT_NEAR(result[0].intervals[1].low, 2 - 0.2 - z * std::sqrt(0.09 + 0.01), 1e-9);
    EXPECT_NEAR(result[0].intervals[2].high, 2 + 0.4 + z * std::sqrt(0.09 + 0.04), 1e-9);
    EXPECT_NEAR(result[1].intervals[1].low, 3 - 2 * 0.2 - z * std::sqrt(0.16 + 4 * 0.01), 1e-9);
    // The mean of both years: bias (1 + 2) / 2 steps.
    EXPECT_FALSE(result[2].at);
    EXPECT_NEAR(result[2].intervals[1].low, 2.5 - 1.5 * 0.2 - z * std::sqrt(0.0625 + 2.25 * 0.01), 1e-9);
}

TEST(RelativeMagnitudes, TheBreakdownIsWhereTheIntervalReachesZero) {
    const auto did = by_hand({-3, -2, -1, 0}, {0.3, -0.25, 0.1, 2}, {0.1, 0.2, 0.05, 0.3});
    const double breakdown = relative_magnitudes(did, dynamic(did))[0].breakdown;
    ASSERT_TRUE(std::isfinite(breakdown));
    const auto at = relative_magnitudes(did, dynamic(did), {breakdown * 0.999, breakdown, breakdown * 1.001})[0];
    EXPECT_GT(at.intervals[0].low, 0);
    EXPECT_NEAR(at.intervals[1].low, 0, 1e-9);
    EXPECT_LT(at.intervals[2].low, 0);
}

TEST(RelativeMagnitudes, NegativeEffectsAreTheMirrorImage) {
    const auto up = by_hand({-2, -1, 0}, {0.3, -0.2, 2}, {0.1, 0.2, 0.3});
    const auto down = by_hand({-2, -1, 0}, {-0.3, 0.2, -2}, {0.1, 0.2, 0.3});
    EXPECT_NEAR(relative_magnitudes(up, dynamic(up))[0].breakdown,
                relative_magnitudes(down, dynamic(down))[0].breakdown, 1e-12);
}

TEST(RelativeMagnitudes, AUniversalBaseHasTheDifferencesOfItsEstimatesAsSteps) {
    const auto varying = by_hand({-2, -1, 0}, {0.3, -0.2, 2}, {1e-9, 1e-9, 0.3});
    // Relative to e = -1: at e = -3 -(0.3 - 0.2), at e = -2 +0.2.
    const auto universal = by_hand({-3, -2, -1, 0}, {-0.1, 0.2, 0, 2}, {1e-9, 1e-9, 0, 0.3});
    const auto a = relative_magnitudes(varying, dynamic(varying))[0];
    const auto b = relative_magnitudes(universal, dynamic(universal))[0];
    EXPECT_NEAR(b.largest_step, 0.3, 1e-12);
    EXPECT_NEAR(a.breakdown, b.breakdown, 1e-6);
}

TEST(RelativeMagnitudes, WhatIsNotSignificantHasNoBreakdown) {
    const auto did = by_hand({-1, 0}, {0.1, 0.5}, {0.1, 0.3});
    EXPECT_TRUE(std::isnan(relative_magnitudes(did, dynamic(did))[0].breakdown));
    const auto alone = by_hand({0, 1}, {2, 2}, {0.1, 0.3});
    EXPECT_TRUE(std::isnan(relative_magnitudes(alone, dynamic(alone))[0].breakdown));
}

TEST(MultiplierBootstrap, TheSameBitsForAnyNumberOfThreads) {
    const auto did = estimate_staggered_did(example_panel(), {}).value();
    const auto one = draw_multipliers(did, 200, 7, 1).value();
    EXPECT_EQ(one.values, draw_multipliers(did, 200, 7, 3)->values);
    EXPECT_NE(one.values, draw_multipliers(did, 200, 8, 1)->values);
    // More draws leave the first ones as they were.
    const auto more = draw_multipliers(did, 320, 7, 2).value();
    EXPECT_TRUE(std::equal(one.values.begin(), one.values.end(), more.values.begin()));
}

TEST(MultiplierBootstrap, ErrorsAreNearTheAnalyticOnesAndBandsWider) {
    const auto did = estimate_staggered_did(example_panel(), {}).value();
    const auto draws = draw_multipliers(did, 4000, 7).value();
    const auto estimates = group_time_estimates(did);
    const UniformBand band = uniform_band(draws, estimates, 0.95);
    for (std::size_t i = 0; i < estimates.size(); ++i) EXPECT_NEAR(band.std_error[i] / estimates[i].std_error, 1, 0.08);
    for (std::size_t i = 0; i < estimates.size(); ++i) {
        EXPECT_NEAR(band.high[i] - estimates[i].att, band.critical * band.std_error[i], 1e-12);
        EXPECT_NEAR(estimates[i].att - band.low[i], band.critical * band.std_error[i], 1e-12);
    }
    EXPECT_GT(band.critical, 2.2);
    EXPECT_LT(band.critical, 3.2);
    EXPECT_NEAR(uniform_band(draws, {estimates[0]}, 0.95).critical, z, 0.12);
    // The reference year of a universal base has no band and does not widen the others'.
    StaggeredOptions universal;
    universal.base = BasePeriod::universal;
    const auto based = estimate_staggered_did(example_panel(), universal).value();
    const auto all = group_time_estimates(based);
    const UniformBand with = uniform_band(draw_multipliers(based, 500, 7).value(), all, 0.95);
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(std::isnan(with.low[i]), based.effects[i].reference);
}

}  // namespace
}  // namespace twinfirm::effects
