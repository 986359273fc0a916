// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/skew_interval.h"

#include <gtest/gtest.h>

#include <cmath>

#include "twinfirm/base/random.h"
#include "twinfirm/stats/distributions.h"

namespace twinfirm::survey {
namespace {

SampleDesign equal_draws(std::size_t n) {
    DesignColumns columns;
    columns.weights.assign(n, 1);
    return SampleDesign::make(std::move(columns)).value();
}

SkewInterval of_mean(const SampleDesign& design, const std::vector<double>& values) {
    const Linearised mean = mean_of(design, values);
    return skew_interval(design, mean, estimate_of(design, mean), 0.95);
}

TEST(SkewInterval, OneSampleIsHallsTransformation) {
    const std::vector<double> values{1, 2, 2, 3, 4, 4, 5, 9, 17, 40};
    const auto n = static_cast<double>(values.size());
    double mean = 0;
    for (const double value : values) mean += value / n;
    double m2 = 0;
    double m3 = 0;
    double m4 = 0;
    for (const double value : values) {
        const double distance = value - mean;
        m2 += distance * distance;
        m3 += distance * distance * distance;
        m4 += distance * distance * distance * distance;
    }
    const double s2 = m2 / (n - 1);
    const double g = n * m3 / ((n - 1) * (n - 2)) / std::pow(s2, 1.5) / std::sqrt(n);
    const double df = 2 * s2 * s2 / ((m4 / n - s2 * s2 * (n - 3) / (n - 1)) / n);
    const double t = stats::student_t_quantile(0.975, df);
    // The bound solves T + g/3 T^2 + g^2/27 T^3 + g/6 = t.
    const auto transformed = [&](double x) { return x + g / 3 * x * x + g * g / 27 * x * x * x + g / 6; };
    const SkewInterval ours = of_mean(equal_draws(values.size()), values);
    const double se = std::sqrt(s2 / n);
    EXPECT_NEAR(ours.skewness, g, 1e-12);
    EXPECT_NEAR(ours.df, df, 1e-10);
    EXPECT_NEAR(transformed((mean - ours.interval.low) / se), t, 1e-10);
    EXPECT_NEAR(transformed((mean - ours.interval.high) / se), -t, 1e-10);
}

TEST(SkewInterval, SymmetricDataGiveTheLinearInterval) {
    std::vector<double> values;
    for (int i = -50; i <= 50; ++i) values.push_back(i);
    const SampleDesign design = equal_draws(values.size());
    const Linearised mean = mean_of(design, values);
    const SurveyEstimate estimate = estimate_of(design, mean);
    const SkewInterval ours = skew_interval(design, mean, estimate, 0.95);
    const Interval linear = linear_interval(estimate, 0.95);
    EXPECT_NEAR(ours.df, estimate.df, 1e-12);
    EXPECT_NEAR(ours.interval.low, linear.low, 1e-9);
    EXPECT_NEAR(ours.interval.high, linear.high, 1e-9);
}

TEST(SkewInterval, MirroredDataGiveTheMirroredInterval) {
    std::vector<double> values;
    std::vector<double> mirrored;
    Random random(3);
    for (int i = 0; i < 60; ++i) values.push_back(std::exp(random.normal()));
    for (const double value : values) mirrored.push_back(-value);
    const SkewInterval right = of_mean(equal_draws(60), values);
    const SkewInterval left = of_mean(equal_draws(60), mirrored);
    EXPECT_GT(right.skewness, 0);
    EXPECT_NEAR(left.interval.low, -right.interval.high, 1e-12);
    EXPECT_NEAR(left.interval.high, -right.interval.low, 1e-12);
}

TEST(SkewInterval, AFewGreatUnitsInOneStratumCarryTheDegreesOfFreedom) {
    DesignColumns columns;
    columns.strata.labels = {"great", "small"};
    std::vector<double> values;
    Random random(5);
    for (int i = 0; i < 200; ++i) {
        columns.strata.codes.push_back(i < 5 ? 0 : 1);
        columns.weights.push_back(i < 5 ? 10 : 100);
        values.push_back(i < 5 ? 1000 * std::exp(random.normal()) : random.uniform());
    }
    const SkewInterval ours = of_mean(SampleDesign::make(std::move(columns)).value(), values);
    EXPECT_LE(ours.df, 4.1);
    EXPECT_GE(ours.df, 1);
}

TEST(SkewInterval, ACensusHasNoWidthAndASingleAnswerNoInterval) {
    DesignColumns columns;
    columns.population.assign(4, 4);
    const SampleDesign census = SampleDesign::make(std::move(columns)).value();
    const SkewInterval all = of_mean(census, {1, 2, 3, 10});
    EXPECT_NEAR(all.interval.low, 4, 1e-12);
    EXPECT_NEAR(all.interval.high, 4, 1e-12);
    constexpr double missing = std::numeric_limits<double>::quiet_NaN();
    EXPECT_TRUE(std::isnan(of_mean(equal_draws(3), {5, missing, missing}).interval.low));
}

}  // namespace
}  // namespace twinfirm::survey
