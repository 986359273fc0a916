// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/least_squares.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "twinfirm/base/random.h"

namespace twinfirm::stats {
namespace {

using testing::ElementsAre;

Eigen::MatrixXd columns(const std::vector<std::vector<double>>& values) {
    Eigen::MatrixXd x(static_cast<Eigen::Index>(values[0].size()), static_cast<Eigen::Index>(values.size()));
    for (std::size_t i = 0; i < values.size(); ++i) {
        x.col(static_cast<Eigen::Index>(i)) = Eigen::Map<const Eigen::VectorXd>(values[i].data(), x.rows());
    }
    return x;
}

TEST(LeastSquares, LineThroughFourPointsByHand) {
    // Sxx = 5, Sxy = 3, means 2.5 and 3.5: slope 0.6, intercept 2; residuals -0.6 0.8 0.2 -0.4.
    const auto x = columns({{1, 1, 1, 1}, {1, 2, 3, 4}});
    const std::vector<double> y{2, 4, 4, 4};
    const auto fit = fit_least_squares(x, {"(Intercept)", "x"}, y);
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->coefficients[0], 2, 1e-15);
    EXPECT_NEAR(fit->coefficients[1], 0.6, 1e-15);
    EXPECT_NEAR(fit->residuals[1], 0.8, 1e-15);
    EXPECT_NEAR(fit->fitted[3], 4.4, 1e-15);
    EXPECT_NEAR(fit->sigma, std::sqrt(1.2 / 2), 1e-15);
    EXPECT_NEAR(fit->standard_errors[1], std::sqrt(0.6 / 5), 1e-15);
    EXPECT_NEAR(fit->unscaled_covariance(0, 0), 0.25 + 2.5 * 2.5 / 5, 1e-14);
    EXPECT_NEAR(fit->r_squared, 1 - 1.2 / 3, 1e-15);
    EXPECT_NEAR(fit->leverages[0], 0.25 + 1.5 * 1.5 / 5, 1e-15);
    EXPECT_EQ(fit->degrees_of_freedom, 2);
}

TEST(LeastSquares, WholeWeightsAreCopiesAndZeroLeavesOut) {
    const auto x = columns({{1, 1, 1, 1}, {1, 2, 4, 9}});
    const std::vector<double> y{2, 5, 3, 100};
    const auto weighted = fit_least_squares(x, {"(Intercept)", "x"}, y, std::vector<double>{1, 2, 3, 0});
    const auto copies_x = columns({{1, 1, 1, 1, 1, 1}, {1, 2, 2, 4, 4, 4}});
    const auto copies = fit_least_squares(copies_x, {"(Intercept)", "x"}, std::vector<double>{2, 5, 5, 3, 3, 3});
    EXPECT_NEAR(weighted->coefficients[0], copies->coefficients[0], 1e-14);
    EXPECT_NEAR(weighted->coefficients[1], copies->coefficients[1], 1e-14);
    EXPECT_NEAR(weighted->unscaled_covariance(1, 1), copies->unscaled_covariance(1, 1), 1e-14);
    EXPECT_NEAR(weighted->r_squared, copies->r_squared, 1e-14);
    EXPECT_EQ(weighted->observations, 3);
    EXPECT_EQ(weighted->leverages[3], 0);
    EXPECT_NEAR(weighted->fitted[3], weighted->coefficients[0] + 9 * weighted->coefficients[1], 1e-13);
    EXPECT_NEAR(weighted->leverages.sum(), 2, 1e-14);
}

TEST(LeastSquares, DependentColumnsAreNamed) {
    const auto x = columns({{1, 1, 1, 1, 1}, {1, 0, 0, 1, 0}, {0, 1, 1, 0, 1}, {1, 2, 3, 4, 6}});
    const auto fit = fit_least_squares(x, {"(Intercept)", "a", "b", "x"}, std::vector<double>{1, 3, 2, 5, 4});
    ASSERT_TRUE(fit);
    EXPECT_THAT(fit->dropped, ElementsAre(2));
    EXPECT_TRUE(std::isnan(fit->coefficients[2]));
    EXPECT_TRUE(std::isnan(fit->unscaled_covariance(2, 0)));
    EXPECT_EQ(fit->rank, 3);
    EXPECT_EQ(fit->degrees_of_freedom, 2);
    ASSERT_EQ(fit->messages.size(), 1);
    EXPECT_EQ(fit->messages[0].arguments.at("covariate"), "b");
    EXPECT_EQ(fit->messages[0].arguments.at("others"), "(Intercept), a");
}

TEST(LeastSquares, PolynomialOfHighDegreeIsSolvedNotDropped) {
    // y = sum x^k; doubles hold every power and sum exactly, and far from the origin the powers are nearly dependent.
    constexpr int degree = 8;
    std::vector<std::vector<double>> powers(degree + 1);
    std::vector<double> y;
    for (int i = 12; i <= 40; ++i) {
        const double x = -i / 4.0;
        double power = 1;
        double sum = 0;
        for (auto& column : powers) {
            column.push_back(power);
            sum += power;
            power *= x;
        }
        y.push_back(sum);
    }
    const auto fit = fit_least_squares(columns(powers), std::vector<std::string>(degree + 1, "x"), y);
    ASSERT_TRUE(fit);
    EXPECT_TRUE(fit->dropped.empty());
    // The terms of one row reach 1e8: long double residuals leave some 1e-9 of the constant.
    for (Eigen::Index k = 0; k <= degree; ++k) EXPECT_NEAR(fit->coefficients[k], 1, 1e-8) << k;
    EXPECT_NEAR(fit->r_squared, 1, 1e-15);
}

TEST(LeastSquares, ShiftedAndScaledResponsesMoveTheFitWithThem) {
    Random random(3);
    std::vector<std::vector<double>> values(3);
    std::vector<double> y;
    std::vector<double> moved;
    for (int i = 0; i < 100; ++i) {
        values[0].push_back(1);
        values[1].push_back(random.normal());
        values[2].push_back(random.normal());
        y.push_back(random.normal() + values[1].back());
        moved.push_back(7 * y.back() + 1000);
    }
    const auto plain = fit_least_squares(columns(values), {"(Intercept)", "a", "b"}, y);
    const auto other = fit_least_squares(columns(values), {"(Intercept)", "a", "b"}, moved);
    EXPECT_NEAR(other->coefficients[1], 7 * plain->coefficients[1], 1e-12);
    EXPECT_NEAR(other->coefficients[0], 7 * plain->coefficients[0] + 1000, 1e-10);
    EXPECT_NEAR(other->sigma, 7 * plain->sigma, 1e-12);
}

TEST(LeastSquares, WithoutDegreesOfFreedomTheErrorsAreNotANumber) {
    const auto fit = fit_least_squares(columns({{1, 1}, {1, 2}}), {"(Intercept)", "x"}, std::vector<double>{1, 3});
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->coefficients[1], 2, 1e-15);
    EXPECT_TRUE(std::isnan(fit->sigma));
    EXPECT_TRUE(std::isnan(fit->standard_errors[1]));
}

TEST(LeastSquares, FewerRowsThanColumnsKeepsTheFirstIndependentOnes) {
    const auto fit =
        fit_least_squares(columns({{1, 1}, {1, 2}, {5, 7}}), {"(Intercept)", "x", "z"}, std::vector<double>{1, 3});
    ASSERT_TRUE(fit);
    EXPECT_THAT(fit->dropped, ElementsAre(2));
}

TEST(LeastSquares, NoRowThatCountsIsAnErrorAndWrongLengthsThrow) {
    const auto x = columns({{1, 1}});
    const std::vector<double> y{1, 2};
    EXPECT_EQ(fit_least_squares(x, {"a"}, y, std::vector<double>{0, 0}).error().code, "no_complete_rows");
    EXPECT_THROW((void)fit_least_squares(x, {"a"}, std::vector<double>{1}), std::invalid_argument);
    EXPECT_THROW((void)fit_least_squares(x, {}, y), std::invalid_argument);
}

}  // namespace
}  // namespace twinfirm::stats
