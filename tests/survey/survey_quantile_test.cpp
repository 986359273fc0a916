// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/survey_quantile.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "survey/clustered_example.h"

namespace twinfirm::survey {
namespace {

void expect_quantile(double p, double value, double low, double high, double std_error) {
    const ClusteredExample example;
    const SurveyQuantile quantile = quantile_of(example.design(), example.y, p);
    EXPECT_EQ(quantile.estimate.value, value);
    EXPECT_EQ(quantile.interval.low, low);
    EXPECT_EQ(quantile.interval.high, high);
    EXPECT_NEAR(quantile.estimate.std_error, std_error, 1e-12);
}

// R, survey 4.1-1: svyquantile(~y, d, c(.25, .5, .75)). Its lower bound of the first quartile is the second smallest
// value, 2.1, though the share it looks for lies below that of the smallest, 1.2.
TEST(SurveyQuantile, QuartilesOfAClusteredSample) {
    expect_quantile(0.25, 4.2, 1.2, 6.1, 0.7780339735828430 * (6.1 - 1.2) / (6.1 - 2.1));
    expect_quantile(0.5, 6.1, 3.3, 8.1, 0.9336407682994117);
    expect_quantile(0.75, 7.7, 7.3, 9.4, 0.4084678361309927);
}

TEST(SurveyQuantile, AShareReachedExactlyTakesTheLowerValue) {
    ClusteredExample example;
    example.w.assign(16, 1);
    for (std::size_t i = 0; i < 16; ++i) example.y[i] = static_cast<double>(i);
    const SampleDesign design = example.design();
    EXPECT_EQ(quantile_of(design, example.y, 0.5).estimate.value, 7);
    EXPECT_EQ(quantile_of(design, example.y, 0.51).estimate.value, 8);
}

TEST(SurveyQuantile, ABoundBeyondTheSampleIsMissing) {
    const ClusteredExample example;
    const SurveyQuantile low = quantile_of(example.design(), example.y, 0.01);
    EXPECT_EQ(low.estimate.value, 1.2);
    EXPECT_TRUE(std::isnan(low.interval.low));
    const SurveyQuantile logit = quantile_of(example.design(), example.y, 0.01, {}, 0.95, ProportionInterval::logit);
    EXPECT_EQ(logit.interval.low, 1.2);
    EXPECT_THROW((void)quantile_of(example.design(), example.y, 1), std::invalid_argument);
    const std::vector<char> nobody(16, 0);
    EXPECT_TRUE(std::isnan(quantile_of(example.design(), example.y, 0.5, nobody).estimate.value));
}

}  // namespace
}  // namespace twinfirm::survey
