// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/regression_adjusted.h"

#include <gtest/gtest.h>

#include <cmath>

#include "twinfirm/effects/difference_in_means.h"
#include "twinfirm/effects/percent_effect.h"

namespace twinfirm::effects {
namespace {

/// Adopters at x = 1, 2, 3 with y = 3 + 2x, non-adopters at x = 0, 2, 4 with y = 1 + x.
struct TwoLines {
    MatchedOutcomes outcomes{
        {0, 0, 1, 1, 2, 2}, {0, 1, 2, 3, 4, 5}, {1, 0, 1, 0, 1, 0}, {1, 1, 1, 1, 1, 1}, {5, 1, 7, 3, 9, 5}};
    Eigen::MatrixXd x{{1}, {0}, {2}, {2}, {3}, {4}};
};

TEST(RegressionAdjusted, InteractionAveragesOverTheTarget) {
    TwoLines data;
    data.x(4, 0) = 6;  // mean of x: adopters 3, non-adopters 2, all 2.5
    data.outcomes.value[4] = 15;
    const auto effect = [&](Target target) {
        return regression_adjusted(data.outcomes, data.x, Adjustment::interacted, SeKind::cr0, 0.95,
                                   MissingOutcome::pair, target)
            ->estimate;
    };
    // The lines differ by 2 + x.
    EXPECT_NEAR(effect(Target::adopters), 5, 1e-13);
    EXPECT_NEAR(effect(Target::non_adopters), 4, 1e-13);
    EXPECT_NEAR(effect(Target::all), 4.5, 1e-13);
}

TEST(RegressionAdjusted, AdditiveHasOneSlope) {
    const TwoLines data;
    // Within-arm slope: (2 * 2 + 1 * 8) / (2 + 8) = 1.2 from Sxx 2 and 8; both means of x are 2.
    const auto effect = regression_adjusted(data.outcomes, data.x, Adjustment::additive, SeKind::hc1, 0.95);
    ASSERT_TRUE(effect);
    EXPECT_NEAR(effect->estimate, 7.0 - 3.0, 1e-13);
    // Residuals about the common slope: adopters -.8, 0, .8; controls .4, 0, -.4; each weighs 1/3 in the contrast.
    EXPECT_NEAR(effect->std_error, std::sqrt((2 * 0.64 + 2 * 0.16) / 9 * 6 / 3), 1e-13);
    EXPECT_EQ(effect->df, 3);
}

TEST(RegressionAdjusted, NoColumnsIsTheDifferenceInMeans) {
    const TwoLines data;
    const auto adjusted =
        regression_adjusted(data.outcomes, Eigen::MatrixXd(6, 0), Adjustment::interacted, SeKind::cr1, 0.95);
    const auto plain = difference_in_means(data.outcomes, SeKind::cr1, 0.95);
    ASSERT_TRUE(adjusted && plain);
    EXPECT_NEAR(adjusted->estimate, plain->estimate, 1e-14);
    EXPECT_NEAR(adjusted->std_error, plain->std_error, 1e-14);
}

TEST(RegressionAdjusted, DependentColumnsChangeNothing) {
    const TwoLines data;
    Eigen::MatrixXd doubled(6, 3);
    doubled << data.x, Eigen::MatrixXd::Constant(6, 1, 4.0), 1e6 - 3 * data.x.array();
    for (const Adjustment adjustment : {Adjustment::additive, Adjustment::interacted}) {
        const auto one = regression_adjusted(data.outcomes, data.x, adjustment, SeKind::cr1, 0.95);
        const auto all = regression_adjusted(data.outcomes, doubled, adjustment, SeKind::cr1, 0.95);
        ASSERT_TRUE(one && all);
        EXPECT_NEAR(all->estimate, one->estimate, 1e-9);
        EXPECT_NEAR(all->std_error, one->std_error, 1e-9);
        EXPECT_EQ(all->df, one->df);
    }
}

TEST(RegressionAdjusted, AMissingCovariateIsAMissingOutcome) {
    TwoLines data;
    data.x(3, 0) = not_available;
    const auto by_pair = regression_adjusted(data.outcomes, data.x, Adjustment::additive, SeKind::cr1, 0.95);
    ASSERT_TRUE(by_pair);
    EXPECT_EQ(by_pair->n_treated, 2);
    const auto by_unit =
        regression_adjusted(data.outcomes, data.x, Adjustment::additive, SeKind::cr1, 0.95, MissingOutcome::unit);
    EXPECT_EQ(by_unit->n_treated, 3);
    EXPECT_EQ(by_unit->n_control, 2);
}

TEST(RegressionAdjusted, EmptyArmAndWrongShape) {
    TwoLines data;
    EXPECT_EQ(
        regression_adjusted(data.outcomes, data.x.topRows(5), Adjustment::additive, SeKind::cr1, 0.95).error().code,
        "effects_unequal_lengths");
    data.outcomes.treated.assign(6, 1);
    const auto effect = regression_adjusted(data.outcomes, data.x, Adjustment::additive, SeKind::cr1, 0.95);
    ASSERT_TRUE(effect);
    EXPECT_TRUE(std::isnan(effect->estimate));
    EXPECT_TRUE(std::isnan(effect->std_error));
}

TEST(PercentEffect, OfLogarithms) {
    Estimate effect;
    effect.estimate = std::log(1.2);
    effect.ci_low = std::log(0.9);
    effect.ci_high = std::log(1.6);
    const PercentEffect percent = percent_from_log(effect);
    EXPECT_NEAR(percent.percent, 0.2, 1e-15);
    EXPECT_NEAR(percent.low, -0.1, 1e-15);
    EXPECT_NEAR(percent.high, 0.6, 1e-15);
    EXPECT_TRUE(std::isnan(percent_from_log(Estimate{}).percent));
}

TEST(PercentEffect, OfTheCounterfactualMean) {
    EXPECT_DOUBLE_EQ(fraction_of_counterfactual(20, 120), 0.2);
    EXPECT_TRUE(std::isnan(fraction_of_counterfactual(20, 20)));
    EXPECT_TRUE(std::isnan(fraction_of_counterfactual(20, 10)));
    EXPECT_TRUE(std::isnan(fraction_of_counterfactual(not_available, 10)));

    // A level itself: mean of adopters over mean of non-adopters minus 1.
    const TwoLines data;
    const auto percent = percent_of_counterfactual(data.outcomes, data.outcomes.value, SeKind::hc1, 0.95);
    ASSERT_TRUE(percent);
    EXPECT_NEAR(percent->percent, 7.0 / 3 - 1, 1e-14);
    EXPECT_LT(percent->low, percent->percent);
    EXPECT_GT(percent->high, percent->percent);
    EXPECT_FALSE(percent_of_counterfactual(data.outcomes, {}, SeKind::hc1, 0.95));
}

}  // namespace
}  // namespace twinfirm::effects
