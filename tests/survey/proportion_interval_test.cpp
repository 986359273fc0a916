// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/proportion_interval.h"

#include <gtest/gtest.h>

#include <cmath>

#include "survey/clustered_example.h"
#include "twinfirm/stats/distributions.h"

namespace twinfirm::survey {
namespace {

constexpr auto all = {ProportionInterval::linear,     ProportionInterval::logit,   ProportionInterval::wilson,
                      ProportionInterval::likelihood, ProportionInterval::arcsine, ProportionInterval::beta};

SurveyEstimate share(double p, double n) {
    SurveyEstimate estimate;
    estimate.value = p;
    estimate.std_error = std::sqrt(p * (1 - p) / n);
    estimate.df = std::numeric_limits<double>::infinity();
    estimate.n = static_cast<std::int64_t>(n);
    estimate.kish_n = n;
    return estimate;
}

// R, survey 4.1-1: svyciprop.
TEST(ProportionInterval, OfAClusteredSample) {
    const ClusteredExample example;
    const SampleDesign design = example.design();
    const SurveyEstimate estimate = estimate_of(design, mean_of(design, example.b));
    const Interval beta = proportion_interval(estimate, ProportionInterval::beta, 0.95);
    EXPECT_NEAR(beta.low, 0.07793441042604715, 1e-10);
    EXPECT_NEAR(beta.high, 0.96361507996982099, 1e-10);
    const Interval logit = proportion_interval(estimate, ProportionInterval::logit, 0.95);
    EXPECT_NEAR(logit.low, 0.1169507046877134, 1e-10);
    EXPECT_NEAR(logit.high, 0.9261629497389779, 1e-10);
}

TEST(ProportionInterval, WilsonBoundsSolveTheScoreEquation) {
    for (const double p : {0.02, 0.3, 0.97}) {
        const Interval interval = proportion_interval(share(p, 80), ProportionInterval::wilson, 0.9);
        const double z = stats::normal_quantile(0.95);
        for (const double q : {interval.low, interval.high})
            EXPECT_NEAR((p - q) * (p - q), z * z * q * (1 - q) / 80, 1e-15) << p;
    }
}

TEST(ProportionInterval, LikelihoodBoundsAreEquallyUnlikely) {
    const SurveyEstimate estimate = share(0.2, 50);
    const Interval interval = proportion_interval(estimate, ProportionInterval::likelihood, 0.95);
    for (const double q : {interval.low, interval.high})
        EXPECT_NEAR(2 * 49 * (0.2 * std::log(0.2 / q) + 0.8 * std::log(0.8 / (1 - q))),
                    1.959963984540054 * 1.959963984540054, 1e-10);
}

TEST(ProportionInterval, EveryMethodHoldsTheShareAndStaysWithin) {
    for (const ProportionInterval method : all) {
        EXPECT_EQ(parse_proportion_interval(proportion_interval_code(method)), method);
        for (const double p : {0.001, 0.02, 0.5, 0.999}) {
            const Interval interval = proportion_interval(share(p, 100), method, 0.95);
            EXPECT_LT(interval.low, p);
            EXPECT_GT(interval.high, p);
            if (method == ProportionInterval::linear) continue;
            EXPECT_GE(interval.low, 0) << proportion_interval_code(method);
            EXPECT_LE(interval.high, 1) << proportion_interval_code(method);
        }
    }
    EXPECT_FALSE(parse_proportion_interval("exact"));
}

TEST(ProportionInterval, ASampleWithoutACaseHasAnUpperBound) {
    for (const ProportionInterval method : all) {
        const Interval none = proportion_interval(share(0, 30), method, 0.95);
        EXPECT_EQ(none.low, 0);
        EXPECT_GT(none.high, 0.05);
        EXPECT_LT(none.high, 0.2);
        const Interval everyone = proportion_interval(share(1, 30), method, 0.95);
        EXPECT_EQ(everyone.high, 1);
        EXPECT_NEAR(everyone.low, 1 - none.high, 1e-12);
    }
}

TEST(ProportionInterval, AShareThatTheStrataDetermineIsItsOwnInterval) {
    SurveyEstimate estimate = share(0.3, 30);
    estimate.std_error = 0;
    for (const ProportionInterval method : all) {
        EXPECT_EQ(proportion_interval(estimate, method, 0.95).low, 0.3);
        EXPECT_EQ(proportion_interval(estimate, method, 0.95).high, 0.3);
    }
    estimate.std_error = std::numeric_limits<double>::quiet_NaN();
    EXPECT_TRUE(std::isnan(proportion_interval(estimate, ProportionInterval::logit, 0.95).low));
}

}  // namespace
}  // namespace twinfirm::survey
