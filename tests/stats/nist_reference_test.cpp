// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "stats/reference_table.h"
#include "twinfirm/stats/least_squares.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::stats {
namespace {

struct LinearSet {
    const char* name;
    int powers;  ///< > 0: x, x^2, ... of one column; 0: the columns as they are
    bool intercept;
};

class NistLinear : public testing::TestWithParam<LinearSet> {};

TEST_P(NistLinear, CertifiedDigits) {
    const LinearSet& set = GetParam();
    const ReferenceTable data(std::string("nist/") + set.name + ".csv");
    const auto certified = reference_json("nist/certified.json")[set.name];
    const auto y = data.numbers("y");
    std::vector<std::vector<double>> columns;
    if (set.intercept) columns.emplace_back(y.size(), 1.0);
    if (set.powers > 0) {
        std::vector<double> power(y.size(), 1.0);
        for (int k = 1; k <= set.powers; ++k) {
            for (std::size_t row = 0; row < y.size(); ++row) power[row] *= data.numbers("x")[row];
            columns.push_back(power);
        }
    } else {
        for (std::size_t i = 1; i < data.names().size(); ++i) columns.push_back(data.numbers(data.names()[i]));
    }
    Eigen::MatrixXd x(static_cast<Eigen::Index>(y.size()), static_cast<Eigen::Index>(columns.size()));
    for (std::size_t i = 0; i < columns.size(); ++i) {
        x.col(static_cast<Eigen::Index>(i)) = Eigen::Map<const Eigen::VectorXd>(columns[i].data(), x.rows());
    }
    const auto fit = fit_least_squares(x, std::vector<std::string>(columns.size(), "x"), y);
    ASSERT_TRUE(fit);
    EXPECT_TRUE(fit->dropped.empty());
    double worst = 17;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto place = static_cast<Eigen::Index>(i);
        worst = std::min(worst, log_relative_error(fit->coefficients[place], certified["params"][i][1]));
        const double error = certified["params"][i][2];
        if (error > 0) {
            EXPECT_GE(log_relative_error(fit->standard_errors[place], error), 9);
        } else {
            EXPECT_NEAR(fit->standard_errors[place], 0, 1e-7);
        }
    }
    RecordProperty("coefficient_digits", std::to_string(worst));
    EXPECT_GE(worst, 9);
    const double deviation = certified["residual_sd"];
    if (deviation > 0) {
        EXPECT_GE(log_relative_error(fit->sigma, deviation), 9);
    } else {
        EXPECT_NEAR(fit->sigma, 0, 1e-7);
    }
    EXPECT_GE(log_relative_error(fit->r_squared, certified["r_squared"]), 9);
}

INSTANTIATE_TEST_SUITE_P(Sets, NistLinear,
                         testing::Values(LinearSet{"Norris", 0, true}, LinearSet{"NoInt1", 0, false},
                                         LinearSet{"Longley", 0, true}, LinearSet{"Wampler1", 5, true},
                                         LinearSet{"Wampler4", 5, true}),
                         [](const auto& test) { return std::string(test.param.name); });

class NistUnivariate : public testing::TestWithParam<const char*> {};

TEST_P(NistUnivariate, MeanAndDeviationReachTheLimitOfDoublePrecision) {
    const auto values = ReferenceTable(std::string("nist/") + GetParam() + ".csv").numbers("y");
    const auto certified = reference_json("nist/certified.json")[GetParam()];
    // What exact arithmetic gives for the values as doubles hold them.
    long double centre = 0;
    long double squares = 0;
    for (const double value : values) centre += value;
    centre /= static_cast<long double>(values.size());
    for (const double value : values) squares += (value - centre) * (value - centre);
    const auto exact = static_cast<double>(std::sqrt(squares / static_cast<long double>(values.size() - 1)));
    const double limit = std::min(15.0, log_relative_error(exact, certified["sd"]));
    EXPECT_GE(log_relative_error(mean(values), certified["mean"]), 14.9);
    EXPECT_GE(log_relative_error(standard_deviation(values), certified["sd"]), limit - 0.1);
}

INSTANTIATE_TEST_SUITE_P(Sets, NistUnivariate, testing::Values("Lottery", "NumAcc1", "NumAcc2"),
                         [](const auto& test) { return std::string(test.param); });

}  // namespace
}  // namespace twinfirm::stats
