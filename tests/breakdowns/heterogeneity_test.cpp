// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/breakdowns/heterogeneity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "twinfirm/stats/distributions.h"

namespace twinfirm::breakdowns {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

TEST(CochranQ, TwoGroupsAreTheSquaredZOfTheirDifference) {
    const CochranQ test = cochran_q(std::vector{0.10, 0.25}, std::vector{0.03, 0.04});
    EXPECT_NEAR(test.q, 9.0, 1e-12);  // (0.15 / 0.05)^2
    EXPECT_EQ(test.df, 1);
    EXPECT_NEAR(test.p_value, 0.0026997960632601866, 1e-14);  // P(|Z| >= 3)
    EXPECT_NEAR(test.pooled, (0.10 / 0.0009 + 0.25 / 0.0016) / (1 / 0.0009 + 1 / 0.0016), 1e-15);
}

TEST(CochranQ, ThreeGroupsByHand) {
    const CochranQ test = cochran_q(std::vector{1.0, 2.0, 6.0}, std::vector{1.0, 1.0, 1.0});
    EXPECT_NEAR(test.q, 14, 1e-13);  // about 3: 4 + 1 + 9
    EXPECT_EQ(test.df, 2);
    EXPECT_NEAR(test.p_value, std::exp(-7.0), 1e-15);
}

TEST(CochranQ, LeavesOutGroupsWithoutAnErrorAndNeedsTwo) {
    const CochranQ test = cochran_q(std::vector{1.0, missing, 6.0, 3.0, 9.0}, std::vector{1.0, 1.0, 1.0, missing, 0.0});
    EXPECT_EQ(test.df, 1);
    EXPECT_NEAR(test.q, 12.5, 1e-13);
    const CochranQ one = cochran_q(std::vector{1.0, missing}, std::vector{1.0, 1.0});
    EXPECT_TRUE(std::isnan(one.q));
    EXPECT_TRUE(std::isnan(one.p_value));
    EXPECT_TRUE(std::isnan(cochran_q({}, {}).df));
}

TEST(CochranQ, WithTheDegreesOfFreedomOfTheErrorsTheTestIsWelchs) {
    // Two groups: the square of Welch's t with Satterthwaite's degrees of freedom.
    const std::vector<double> effects{1.0, 2.5};
    const std::vector<double> errors{0.5, 0.8};
    const std::vector<double> df{9, 14};
    const double a = 0.25;
    const double b = 0.64;
    const double satterthwaite = (a + b) * (a + b) / (a * a / 9 + b * b / 14);
    const double t = 1.5 / std::sqrt(a + b);
    const CochranQ test = cochran_q(effects, errors, df);
    EXPECT_NEAR(test.q, t * t, 1e-14);
    EXPECT_NEAR(test.p_value, stats::student_t_two_sided_p(t, satterthwaite), 1e-12);
    EXPECT_GT(test.p_value, cochran_q(effects, errors).p_value);
    const std::vector<double> covariance{a, 0, 0, b};
    EXPECT_NEAR(wald_equality(effects, covariance, df).p_value, test.p_value, 1e-14);
    // Known errors are chi-squared again; groups left out take their degrees of freedom with them.
    const std::vector<double> known(2, std::numeric_limits<double>::infinity());
    EXPECT_EQ(cochran_q(effects, errors, known).p_value, cochran_q(effects, errors).p_value);
    const CochranQ left =
        cochran_q(std::vector{1.0, missing, 2.5}, std::vector{0.5, 1.0, 0.8}, std::vector{9.0, 1.0, 14.0});
    EXPECT_NEAR(left.p_value, test.p_value, 1e-14);
}

}  // namespace
}  // namespace twinfirm::breakdowns
