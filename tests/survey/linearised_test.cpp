// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of R 4.2.2, survey 4.1-1, unless a test says otherwise.
#include "twinfirm/survey/linearised.h"

#include <gtest/gtest.h>

#include <cmath>

#include "survey/clustered_example.h"
#include "twinfirm/survey/survey_estimate.h"

namespace twinfirm::survey {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

void expect_estimate(const SurveyEstimate& estimate, double value, double std_error, double deff) {
    EXPECT_NEAR(estimate.value / value, 1, 1e-13);
    EXPECT_NEAR(estimate.std_error / std_error, 1, 1e-12);
    if (!std::isnan(deff)) {
        EXPECT_NEAR(estimate.deff / deff, 1, 1e-12);
    }
}

TEST(Linearised, MeanTotalAndRatioOfAClusteredSample) {
    const ClusteredExample example;
    const SampleDesign design = example.design();
    const auto shown = [&](const Linearised& linearised) { return estimate_of(design, linearised); };
    expect_estimate(shown(mean_of(design, example.y)), 5.9791262135922327, 0.2566635547458473, 0.2138763648408759);
    expect_estimate(shown(total_of(design, example.y)), 1231.7, 241.8118369724692, 4.473578433213127);
    expect_estimate(shown(ratio_of(design, example.y, example.z)), 2.15709281961471122, 0.06140263108920851, missing);
}

TEST(Linearised, ADomainKeepsTheStrataAsTheyWere) {
    const ClusteredExample example;
    const SampleDesign design = example.design();
    const std::vector<char> domain = ClusteredExample::domain(example.q);
    const SurveyEstimate mean = estimate_of(design, mean_of(design, example.y, domain));
    expect_estimate(mean, 5.6225490196078427, 0.4443876785905344, 0.4786697212644436);
    EXPECT_EQ(mean.n, 8);
    EXPECT_EQ(mean.population, 102);
    EXPECT_EQ(mean.df, 5);
    expect_estimate(estimate_of(design, total_of(design, example.y, domain)), 573.5, 42.32736112728976, missing);
}

TEST(Linearised, AMissingAnswerIsOutsideTheDomain) {
    ClusteredExample example;
    const SampleDesign design = example.design();
    const std::vector<char> domain = ClusteredExample::domain(example.q);
    const double expected = estimate_of(design, mean_of(design, example.y, domain)).std_error;
    for (std::size_t row = 0; row < 16; ++row)
        if (example.q[row] == 0) example.y[row] = missing;
    EXPECT_EQ(estimate_of(design, mean_of(design, example.y)).std_error, expected);
}

TEST(Linearised, DifferenceOfDomainsCountsTheirCovariance) {
    const ClusteredExample example;
    const SampleDesign design = example.design();
    std::vector<char> q = ClusteredExample::domain(example.q);
    std::vector<char> p(q);
    for (char& inside : p) inside = inside == 0 ? 1 : 0;
    const Linearised difference = difference_of(design, mean_of(design, example.y, q), mean_of(design, example.y, p));
    // svyttest: estimate, and estimate over t
    expect_estimate(estimate_of(design, difference), -0.7062971342383118, 0.7062971342383118 / 0.7375562987908688,
                    missing);
    EXPECT_EQ(difference.n, 16);
    const Linearised same = difference_of(design, mean_of(design, example.y, q), mean_of(design, example.y, q));
    EXPECT_EQ(estimate_of(design, same).std_error, 0);
}

TEST(Linearised, OneUnitGivesNoError) {
    const ClusteredExample example;
    const SampleDesign design = example.design();
    std::vector<char> domain(16, 0);
    domain[0] = domain[1] = 1;  // one cluster
    const SurveyEstimate estimate = estimate_of(design, mean_of(design, example.y, domain));
    EXPECT_NEAR(estimate.value, (10 * 3.1 + 12 * 4.2) / 22, 1e-14);
    EXPECT_TRUE(std::isnan(estimate.std_error));
    EXPECT_EQ(estimate.reliability(), Reliability::unknown);
    domain.assign(16, 0);
    const SurveyEstimate nothing = estimate_of(design, mean_of(design, example.y, domain));
    EXPECT_TRUE(std::isnan(nothing.value));
    EXPECT_EQ(nothing.n, 0);
}

TEST(SurveyEstimate, ReliabilityAt25And50Percent) {
    SurveyEstimate estimate;
    const auto reliability = [&](double value, double std_error) {
        estimate.value = value;
        estimate.std_error = std_error;
        return reliability_code(estimate.reliability());
    };
    EXPECT_EQ(reliability(4, 0.99), "");
    EXPECT_EQ(reliability(4, 1), "caution");
    EXPECT_EQ(reliability(-4, 1.99), "caution");
    EXPECT_EQ(reliability(4, 2), "unreliable");
    EXPECT_EQ(reliability(0, 2), "unknown");
    EXPECT_EQ(reliability(4, missing), "unknown");
}

TEST(SurveyEstimate, TheMarginIsHalfTheLinearInterval) {
    SurveyEstimate estimate;
    estimate.value = 10;
    estimate.std_error = 2;
    estimate.df = 5;
    EXPECT_NEAR(margin_of_error(estimate, 0.95), 2 * 2.570581835636314, 1e-12);
    EXPECT_NEAR(linear_interval(estimate, 0.95).low, 10 - 2 * 2.570581835636314, 1e-12);
    estimate.df = 0;
    EXPECT_TRUE(std::isnan(margin_of_error(estimate, 0.95)));
}

}  // namespace
}  // namespace twinfirm::survey
