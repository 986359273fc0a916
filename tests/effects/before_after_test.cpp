// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/before_after.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

namespace twinfirm::effects {
namespace {

constexpr double missing = not_available;

TEST(BeforeAfter, GivesEveryDefinitionSideBySide) {
    const std::vector<double> before{10, 20, 30, 40};
    const std::vector<double> after{15, 22, 27, 52};
    const auto change = before_after(before, after, 0.95);
    ASSERT_TRUE(change);
    EXPECT_EQ(change->n, 4);
    EXPECT_EQ(change->n_zero_base, 0);
    EXPECT_DOUBLE_EQ(change->mean_before, 25);
    EXPECT_DOUBLE_EQ(change->mean_after, 29);

    // Differences 5, 2, -3, 12: mean 4, variance (1 + 4 + 49 + 64) / 3.
    EXPECT_DOUBLE_EQ(change->difference.estimate, 4);
    const double se = std::sqrt(118.0 / 3 / 4);
    EXPECT_NEAR(change->difference.std_error, se, 1e-14);
    EXPECT_EQ(change->difference.df, 3);
    EXPECT_NEAR(change->difference.ci_high, 4 + 3.182446305283708 * se, 1e-12);  // t quantile .975 with 3 df
    EXPECT_NEAR(change->difference.ci_low, 4 - 3.182446305283708 * se, 1e-12);
    EXPECT_EQ(change->difference.n_treated, 4);

    // R = 116/100; z = (15 - 11.6, 22 - 23.2, 27 - 34.8, 52 - 46.4) / 25.
    EXPECT_NEAR(change->ratio_of_sums.estimate, 0.16, 1e-15);
    const double squares = (3.4 * 3.4 + 1.2 * 1.2 + 7.8 * 7.8 + 5.6 * 5.6) / 625;
    EXPECT_NEAR(change->ratio_of_sums.std_error, std::sqrt(squares / 12), 1e-14);

    // Ratios 0.5, 0.1, -0.1, 0.3.
    EXPECT_NEAR(change->mean_of_ratios.estimate, 0.2, 1e-15);
    EXPECT_NEAR(change->mean_of_ratios.std_error, std::sqrt((0.09 + 0.01 + 0.09 + 0.01) / 12), 1e-14);
    EXPECT_NEAR(change->median_of_ratios.estimate, 0.2, 1e-15);
    EXPECT_TRUE(std::isnan(change->median_of_ratios.ci_low)) << "four firms cannot hold 95 %";
}

TEST(BeforeAfter, LeavesOutPairsWithAMissingSideAndKeepsZeroBasesInTheSums) {
    const std::vector<double> before{0, 10, missing, 20};
    const std::vector<double> after{5, 10, 7, missing};
    const auto change = before_after(before, after, 0.95);
    ASSERT_TRUE(change);
    EXPECT_EQ(change->n, 2);
    EXPECT_EQ(change->n_zero_base, 1);
    EXPECT_DOUBLE_EQ(change->ratio_of_sums.estimate, 0.5);
    EXPECT_DOUBLE_EQ(change->mean_of_ratios.estimate, 0);
    EXPECT_EQ(change->mean_of_ratios.n_treated, 1);
    EXPECT_TRUE(std::isnan(change->mean_of_ratios.std_error));
}

TEST(BeforeAfter, TrimmedAndWinsorisedMeansAreYuensAndTukeyMcLaughlins) {
    // Ratios 0, 0.1, ..., 0.8 and 9 on a base of 10; two of ten at each end.
    const std::vector<double> before(10, 10.0);
    std::vector<double> after;
    for (int i = 0; i < 9; ++i) after.push_back(10.0 + i);
    after.push_back(100);
    const auto change = before_after(before, after, 0.95, {0.2, 0.2});
    ASSERT_TRUE(change);
    const Estimate& trimmed = change->trimmed_mean_of_ratios;
    EXPECT_NEAR(trimmed.estimate, (0.2 + 0.3 + 0.4 + 0.5 + 0.6 + 0.7) / 6, 1e-14);
    // Drawn in: 0.2 three times, 0.3 .. 0.6, 0.7 three times; mean 0.45, squares 6 * 0.0625 + 2 * 0.0225 + 2 * 0.0025.
    const double squares = 6 * 0.0625 + 2 * 0.0225 + 2 * 0.0025;
    EXPECT_NEAR(trimmed.std_error, std::sqrt(squares / (6 * 5)), 1e-14);
    EXPECT_EQ(trimmed.df, 5);
    const Estimate& winsorised = change->winsorised_mean_of_ratios;
    EXPECT_NEAR(winsorised.estimate, 0.45, 1e-14);
    EXPECT_NEAR(winsorised.std_error, 9.0 / 5 * std::sqrt(squares / 9 / 10), 1e-14);
    EXPECT_NEAR(change->winsorised_difference.estimate, 4.5, 1e-13);
    EXPECT_GT(change->mean_of_ratios.estimate, 1.2) << "one firm carries the plain mean";
}

TEST(BeforeAfter, WithoutCuttingTheTrimmedMeanIsTheMean) {
    const std::vector<double> before{10, 20, 30, 40};
    const std::vector<double> after{15, 22, 27, 52};
    const auto change = before_after(before, after, 0.95, {0, 0});
    ASSERT_TRUE(change);
    for (const Estimate* same : {&change->trimmed_mean_of_ratios, &change->winsorised_mean_of_ratios}) {
        EXPECT_NEAR(same->estimate, change->mean_of_ratios.estimate, 1e-15);
        EXPECT_NEAR(same->std_error, change->mean_of_ratios.std_error, 1e-15);
        EXPECT_EQ(same->df, change->mean_of_ratios.df);
    }
}

TEST(BeforeAfter, CountsFirmsThatTurnToProfitAndToLoss) {
    const std::vector<double> before{-5, -5, 5, 5, 0, 3, missing};
    const std::vector<double> after{5, -1, -2, 6, 1, missing, 4};
    const auto change = before_after(before, after, 0.95);
    ASSERT_TRUE(change);
    EXPECT_EQ(change->signs.turned_to_profit, 1);
    EXPECT_EQ(change->signs.stayed_in_loss, 1);
    EXPECT_EQ(change->signs.turned_to_loss, 1);
    EXPECT_EQ(change->signs.stayed_in_profit, 2);
    EXPECT_EQ(change->signs.with_loss(), 3);
}

TEST(BeforeAfter, OneFirmHasNoUncertaintyAndNoFirmNoNumber) {
    const auto one = before_after(std::vector{10.0}, std::vector{12.0}, 0.95);
    ASSERT_TRUE(one);
    EXPECT_DOUBLE_EQ(one->ratio_of_sums.estimate, 0.2);
    EXPECT_TRUE(std::isnan(one->ratio_of_sums.std_error));
    EXPECT_TRUE(std::isnan(one->difference.p_value));

    const auto none = before_after({}, {}, 0.95);
    ASSERT_TRUE(none);
    EXPECT_EQ(none->n, 0);
    EXPECT_TRUE(std::isnan(none->mean_before));
    EXPECT_TRUE(std::isnan(none->difference.estimate));
    EXPECT_TRUE(std::isnan(none->ratio_of_sums.estimate));
    EXPECT_TRUE(std::isnan(none->median_of_ratios.estimate));
}

TEST(BeforeAfter, MedianIntervalUsesTheTabulatedRanks) {
    // Binomial(10, 1/2): P(B <= 1) = 11/1024 <= .025 < P(B <= 2), so ranks 2 and 9 (coverage .9785).
    std::vector<double> before(10, 1.0);
    std::vector<double> after(10);
    std::iota(after.begin(), after.end(), 2.0);  // ratios 1 .. 10
    auto change = before_after(before, after, 0.95);
    ASSERT_TRUE(change);
    EXPECT_DOUBLE_EQ(change->median_of_ratios.estimate, 5.5);
    EXPECT_DOUBLE_EQ(change->median_of_ratios.ci_low, 2);
    EXPECT_DOUBLE_EQ(change->median_of_ratios.ci_high, 9);
    EXPECT_NEAR(change->median_of_ratios.p_value, 2.0 / 1024, 1e-15);

    // The smallest number of firms that holds 95 % is 6: 2 / 64 <= .05.
    before.resize(6);
    after.resize(6);
    change = before_after(before, after, 0.95);
    EXPECT_DOUBLE_EQ(change->median_of_ratios.ci_low, 1);
    EXPECT_DOUBLE_EQ(change->median_of_ratios.ci_high, 6);
    change = before_after(std::span(before).first(5), std::span(after).first(5), 0.95);
    EXPECT_TRUE(std::isnan(change->median_of_ratios.ci_low));
}

TEST(BeforeAfter, MedianRanksOfManyFirmsFollowTheNormalApproximation) {
    const std::size_t n = 4001;
    const std::vector<double> before(n, 1.0);
    std::vector<double> after(n);
    std::iota(after.begin(), after.end(), 2.0);  // the ratio of rank r is r
    const auto change = before_after(before, after, 0.95);
    ASSERT_TRUE(change);
    EXPECT_DOUBLE_EQ(change->median_of_ratios.estimate, 2001);
    EXPECT_NEAR(change->median_of_ratios.ci_low, 2001 - 1.96 * std::sqrt(4001.0) / 2, 1.5);
    EXPECT_DOUBLE_EQ(change->median_of_ratios.ci_low + change->median_of_ratios.ci_high, 4002);
}

TEST(BeforeAfter, RefusesUnequalLengthsAndWrongConfidence) {
    EXPECT_EQ(before_after(std::vector{1.0}, {}, 0.95).error().code, "effects_unequal_lengths");
    EXPECT_EQ(before_after({}, {}, 95).error().code, "effects_confidence_level");
    EXPECT_EQ(before_after({}, {}, missing).error().code, "effects_confidence_level");
}

TEST(BeforeAfterRate, PoolsCountsAndEmployees) {
    const std::vector<double> count_before{1, 0, 2};
    const std::vector<double> employees_before{50, 50, 100};
    const std::vector<double> count_after{0, 0, 1};
    const std::vector<double> employees_after{60, 40, 100};
    const auto change = before_after_rate(count_before, employees_before, count_after, employees_after, 0.95);
    ASSERT_TRUE(change);
    EXPECT_DOUBLE_EQ(change->mean_before, 1.5);
    EXPECT_DOUBLE_EQ(change->mean_after, 0.5);
    EXPECT_DOUBLE_EQ(change->difference.estimate, -1);
    EXPECT_NEAR(change->ratio_of_sums.estimate, -2.0 / 3, 1e-15);
    EXPECT_TRUE(std::isnan(change->mean_of_ratios.estimate));
    EXPECT_TRUE(std::isnan(change->median_of_ratios.estimate));

    // u = 100 (count - share employees) / mean employees (200/3): before (.375, -1.125, .75), after (-.45, -.3, .75).
    const double d[3] = {-0.45 - 0.375, -0.3 + 1.125, 0.75 - 0.75};
    const double squares = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
    EXPECT_NEAR(change->difference.std_error, std::sqrt(squares / 6), 1e-14);
    EXPECT_EQ(change->difference.df, 2);
}

TEST(BeforeAfterRate, WithoutAccidentsBeforeThereIsNoRelativeChange) {
    const std::vector<double> zeros{0, 0};
    const std::vector<double> employees{10, 20};
    const std::vector<double> counts{1, missing};
    const auto change = before_after_rate(zeros, employees, counts, employees, 0.95);
    ASSERT_TRUE(change);
    EXPECT_EQ(change->n, 1);
    EXPECT_DOUBLE_EQ(change->difference.estimate, 10);
    EXPECT_TRUE(std::isnan(change->ratio_of_sums.estimate));
}

TEST(BeforeAfter, SignTestCountsEachFirmOnce) {
    // One rise and five falls: P = 2 (1 + 6) / 2^6.
    const std::vector<double> before(6, 10.0);
    const std::vector<double> after{11, 9, 8, 7, 6, 5};
    const auto change = before_after(before, after, 0.95);
    ASSERT_TRUE(change);
    EXPECT_NEAR(change->median_of_ratios.p_value, 14.0 / 64, 1e-14);
}

TEST(BeforeAfter, TwoFirmsHaveATrimmedMeanWithAnError) {
    const std::vector<double> before{10, 10};
    const std::vector<double> after{11, 13};
    const auto change = before_after(before, after, 0.95, {0.1, 0.1});
    ASSERT_TRUE(change);
    EXPECT_NEAR(change->trimmed_mean_of_ratios.estimate, 0.2, 1e-15);
    EXPECT_NEAR(change->trimmed_mean_of_ratios.std_error, 0.1, 1e-15);
    EXPECT_NEAR(change->winsorised_mean_of_ratios.estimate, 0.2, 1e-15);
    EXPECT_NEAR(change->winsorised_mean_of_ratios.std_error, 0.1, 1e-15);
}

}  // namespace
}  // namespace twinfirm::effects
