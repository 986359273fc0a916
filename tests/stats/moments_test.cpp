// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/moments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace twinfirm::stats {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(Moments, SumKeepsWhatASmallValueAdds) {
    EXPECT_EQ(compensated_sum(std::vector<double>{1, 1e100, 1, -1e100}), 2);
    EXPECT_EQ(compensated_sum({}), 0);
    EXPECT_EQ(compensated_sum(std::vector<double>{std::numeric_limits<double>::infinity(), 1}),
              std::numeric_limits<double>::infinity());
    EXPECT_TRUE(std::isnan(compensated_sum(std::vector<double>{1, nan})));
}

TEST(Moments, DeviationOfLargeValuesReachesTheirPrecision) {
    // 10000000.2, then 10000000.1 and 10000000.3 in turn: the spread is 0.1 but for the rounding of the inputs.
    std::vector<double> values{10000000.2};
    for (int i = 0; i < 500; ++i) {
        values.push_back(10000000.1);
        values.push_back(10000000.3);
    }
    long double centre = 0;
    long double squares = 0;
    for (const double value : values) centre += value;
    centre /= 1001;
    for (const double value : values) squares += (value - centre) * (value - centre);
    EXPECT_NEAR(standard_deviation(values) / static_cast<double>(std::sqrt(squares / 1000)), 1, 1e-14);
    EXPECT_NEAR(mean(values), 10000000.2, 1e-9);
}

TEST(Moments, DeviationsFromAMeanThatNoDoubleCanHold) {
    // Doubles are 16 apart there: the mean of 0, 0 and 16 above 10^17 is rounded to 10^17.
    const std::vector<double> values{1e17, 1e17, 1e17 + 16};
    EXPECT_NEAR(variance(values), 256.0 / 3, 1e-12);
    EXPECT_NEAR(weighted_variance(values, std::vector<double>{1, 1, 1}), 256.0 / 3, 1e-12);
    EXPECT_NEAR(population_variance(values, std::vector<double>{1, 1, 1}), 512.0 / 9, 1e-12);
}

TEST(Moments, EqualWeightsGiveTheUnweightedVariance) {
    const std::vector<double> values{1, 2, 4, 8};
    EXPECT_NEAR(variance(values), (2.75 * 2.75 + 1.75 * 1.75 + 0.25 * 0.25 + 4.25 * 4.25) / 3, 1e-14);
    EXPECT_NEAR(weighted_variance(values, std::vector<double>(4, 0.7)), variance(values), 1e-14);
    EXPECT_NEAR(population_variance(values, std::vector<double>(4, 0.7)), variance(values) * 3 / 4, 1e-14);
}

TEST(Moments, WeightedVarianceByHand) {
    // w = 1/4, 3/4; m = 3.5 - ...: values 2 and 6, m = 5; sum w d^2 = 9/4 + 3/4 = 3; 1 - sum w^2 = 3/8.
    EXPECT_NEAR(weighted_mean(std::vector<double>{2, 6}, std::vector<double>{1, 3}), 5, 1e-15);
    EXPECT_NEAR(weighted_variance(std::vector<double>{2, 6}, std::vector<double>{1, 3}), 8, 1e-14);
    EXPECT_NEAR(population_variance(std::vector<double>{0, 1}, std::vector<double>{1, 3}), 0.25 * 0.75, 1e-15);
}

TEST(Moments, WeightZeroLeavesOutEvenWhatIsMissing) {
    const std::vector<double> values{2, nan, 6};
    const std::vector<double> weights{1, 0, 3};
    EXPECT_NEAR(weighted_mean(values, weights), 5, 1e-15);
    EXPECT_NEAR(weighted_variance(values, weights), 8, 1e-14);
    EXPECT_TRUE(std::isnan(weighted_mean(values, std::vector<double>{1, 1, 1})));
    EXPECT_TRUE(std::isnan(weighted_mean(values, std::vector<double>{0, 0, 0})));
    EXPECT_TRUE(std::isnan(weighted_variance(values, std::vector<double>{1, 0, 0})));
    EXPECT_THROW((void)weighted_mean(values, std::vector<double>{1}), std::invalid_argument);
}

TEST(Moments, TooFewValuesAreNotANumber) {
    EXPECT_TRUE(std::isnan(mean({})));
    EXPECT_TRUE(std::isnan(variance(std::vector<double>{1})));
    EXPECT_TRUE(std::isnan(median({})));
}

TEST(Moments, EffectiveSampleSize) {
    EXPECT_NEAR(effective_sample_size(std::vector<double>{1, 1, 2}), 16.0 / 6, 1e-15);
    EXPECT_EQ(effective_sample_size(std::vector<double>{0, 0}), 0);
}

TEST(Moments, QuantilesOfTypeSeven) {
    const std::vector<double> probabilities{0, 0.25, 0.5, 0.9, 1};
    EXPECT_THAT(quantiles({4, 1, 3, 2}, probabilities), ElementsAre(1, 1.75, 2.5, DoubleNear(3.7, 1e-14), 4));
    EXPECT_EQ(median({3, 1, 2}), 2);
    EXPECT_EQ(quantile({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.7), 7);
    std::vector<double> step(29, 0.0);  // 0.29 * 100 is a little below 29 in doubles
    step.resize(101, 1.0);
    EXPECT_EQ(quantile(step, 0.29), 1);
    EXPECT_TRUE(std::isnan(quantile({1, 2}, 1.5)));
    EXPECT_TRUE(std::isnan(quantile({1, nan}, 0.5)));
}

}  // namespace
}  // namespace twinfirm::stats
