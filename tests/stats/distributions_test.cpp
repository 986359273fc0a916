// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/distributions.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace twinfirm::stats {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Distributions, Normal) {
    EXPECT_NEAR(normal_cdf(1.959963984540054), 0.975, 1e-15);
    EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
    EXPECT_NEAR(normal_upper_tail(10) / 7.619853024160527e-24, 1, 1e-13);
    EXPECT_NEAR(normal_two_sided_p(-1.959963984540054), 0.05, 1e-15);
    EXPECT_EQ(normal_quantile(0), -infinity);
    EXPECT_EQ(normal_quantile(1), infinity);
    EXPECT_EQ(normal_cdf(infinity), 1);
}

TEST(Distributions, StudentT) {
    // One degree of freedom is the Cauchy distribution, two have a closed form.
    EXPECT_NEAR(student_t_cdf(1, 1), 0.75, 1e-15);
    EXPECT_NEAR(student_t_cdf(2, 2), 0.5 + 2 / (2 * std::sqrt(6.0)), 1e-15);
    EXPECT_NEAR(student_t_quantile(0.975, 184), 1.972940542, 1e-8);
    EXPECT_NEAR(student_t_two_sided_p(student_t_quantile(0.995, 7), 7), 0.01, 1e-14);
    EXPECT_NEAR(student_t_quantile(0.975, infinity), normal_quantile(0.975), 1e-15);
    EXPECT_EQ(student_t_cdf(-infinity, 3), 0);
}

TEST(Distributions, ChiSquared) {
    // Two degrees of freedom are the exponential distribution with mean 2.
    EXPECT_NEAR(chi_squared_upper_tail(6, 2), std::exp(-3), 1e-16);
    EXPECT_NEAR(chi_squared_cdf(6, 2), 1 - std::exp(-3), 1e-15);
    EXPECT_NEAR(chi_squared_quantile(0.95, 1), std::pow(normal_quantile(0.975), 2), 1e-13);
    EXPECT_NEAR(chi_squared_upper_tail(200, 2) / std::exp(-100), 1, 1e-13);
    EXPECT_EQ(chi_squared_upper_tail(0, 4), 1);
    EXPECT_EQ(chi_squared_cdf(infinity, 4), 1);
}

TEST(Distributions, BinomialTailIsTheSumOfItsTerms) {
    EXPECT_NEAR(binomial_upper_tail(2, 3, 0.25), 3 * 0.0625 * 0.75 + 0.015625, 1e-15);
    EXPECT_NEAR(binomial_upper_tail(40, 40, 0.5) / std::pow(0.5, 40), 1, 1e-13);
    EXPECT_EQ(binomial_upper_tail(0, 5, 0.1), 1);
    EXPECT_EQ(binomial_upper_tail(6, 5, 0.1), 0);
    EXPECT_TRUE(std::isnan(binomial_upper_tail(1, 5, 1.5)));
    EXPECT_TRUE(std::isnan(binomial_upper_tail(1, -1, 0.5)));
}

TEST(Distributions, WhatIsUndefinedIsNotANumber) {
    EXPECT_TRUE(std::isnan(normal_cdf(nan)));
    EXPECT_TRUE(std::isnan(normal_quantile(1.1)));
    EXPECT_TRUE(std::isnan(normal_quantile(nan)));
    EXPECT_TRUE(std::isnan(student_t_cdf(1, 0)));
    EXPECT_TRUE(std::isnan(student_t_cdf(nan, 5)));
    EXPECT_TRUE(std::isnan(student_t_quantile(-0.1, 5)));
    EXPECT_TRUE(std::isnan(chi_squared_upper_tail(nan, 5)));
    EXPECT_TRUE(std::isnan(chi_squared_cdf(1, -1)));
    EXPECT_TRUE(std::isnan(chi_squared_quantile(2, 3)));
}

TEST(Distributions, TailOfF) {
    // R: pf(c(3, 17.2474439638888), ..., lower.tail = FALSE)
    EXPECT_NEAR(f_upper_tail(3, 2, 10), 0.0953674316406250, 1e-14);  // (1 + 2 * 3 / 10)^-5
    EXPECT_NEAR(f_upper_tail(17.2474439638888, 1.82867150416358, 360.248286320226) / 2.03504635946519e-07, 1, 1e-10);
    EXPECT_NEAR(f_upper_tail(4, 1, std::numeric_limits<double>::infinity()), normal_two_sided_p(2), 1e-15);
    EXPECT_EQ(f_upper_tail(-1, 2, 3), 1);
    EXPECT_TRUE(std::isnan(f_upper_tail(1, 0, 3)));
}

TEST(Distributions, QuantileOfBeta) {
    EXPECT_NEAR(beta_quantile(0.3, 1, 1), 0.3, 1e-15);
    EXPECT_NEAR(beta_quantile(0.975, 1, 10), 1 - std::pow(0.025, 0.1), 1e-14);
    EXPECT_EQ(beta_quantile(0.025, 0, 10), 0);
    EXPECT_EQ(beta_quantile(0.975, 10, 0), 1);
    EXPECT_TRUE(std::isnan(beta_quantile(0.5, 0, 0)));
}

}  // namespace
}  // namespace twinfirm::stats
