// SPDX-License-Identifier: GPL-3.0-or-later
// NIST's Statistical Reference Datasets.
#include <algorithm>
#include <cmath>

#include "run.h"
#include "twinfirm/stats/least_squares.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::validation {

namespace {

struct LinearSet {
    const char* name;
    int powers;  ///< > 0: x, x^2, ... of one column; 0: the columns as they are
    bool intercept;
};

constexpr double linear_digits = 9;

Eigen::MatrixXd regressors(const ReferenceTable& data, const LinearSet& set) {
    std::vector<std::vector<double>> columns;
    if (set.intercept) columns.emplace_back(data.rows(), 1.0);
    if (set.powers > 0) {
        const std::vector<double> x = data.numbers("x");
        std::vector<double> power(data.rows(), 1.0);
        for (int k = 1; k <= set.powers; ++k) {
            for (std::size_t row = 0; row < x.size(); ++row) power[row] *= x[row];
            columns.push_back(power);
        }
    } else {
        for (std::size_t i = 1; i < data.names().size(); ++i) columns.push_back(data.numbers(data.names()[i]));
    }
    Eigen::MatrixXd x(static_cast<Eigen::Index>(data.rows()), static_cast<Eigen::Index>(columns.size()));
    for (std::size_t i = 0; i < columns.size(); ++i) {
        x.col(static_cast<Eigen::Index>(i)) = Eigen::Map<const Eigen::VectorXd>(columns[i].data(), x.rows());
    }
    return x;
}

/// Relative, but where 0 is certified to 7 decimals.
void compare_spread(CaseReport& report, const char* quantity, double ours, double certified) {
    constexpr double decimals_at_zero = 7;
    report.near(quantity, ours, certified, size_of(certified), certified > 0 ? linear_digits : decimals_at_zero,
                certified > 0 ? "" : "validation_certified_zero");
}

void compare_linear(CaseReport& report, const ReferenceFolder& folder, const LinearSet& set) {
    const ReferenceTable& data = folder.table(std::string("nist/") + set.name + ".csv");
    const nlohmann::json certified = folder.json("nist/certified.json").at(set.name);
    const Eigen::MatrixXd x = regressors(data, set);
    const auto columns = static_cast<std::size_t>(x.cols());
    const auto fit = value_of(stats::fit_least_squares(x, std::vector<std::string>(columns, "x"), data.numbers("y")));
    report.equal("dropped_columns", static_cast<double>(fit.dropped.size()), 0);
    for (std::size_t i = 0; i < columns; ++i) {
        const auto place = static_cast<Eigen::Index>(i);
        const double coefficient = certified.at("params").at(i).at(1);
        report.near("coefficients", fit.coefficients[place], coefficient, size_of(coefficient), linear_digits);
        compare_spread(report, "std_errors", fit.standard_errors[place], certified.at("params").at(i).at(2));
    }
    compare_spread(report, "residual_sd", fit.sigma, certified.at("residual_sd"));
    const double r_squared = certified.at("r_squared");
    report.near("r_squared", fit.r_squared, r_squared, size_of(r_squared), linear_digits);
}

/// Against what exact arithmetic gives for the values as doubles hold them.
void compare_univariate(CaseReport& report, const ReferenceFolder& folder, const std::string& name) {
    const std::vector<double> values = folder.table("nist/" + name + ".csv").numbers("y");
    const nlohmann::json certified = folder.json("nist/certified.json").at(name);
    long double centre = 0;
    long double squares = 0;
    for (const double value : values) centre += value;
    centre /= static_cast<long double>(values.size());
    for (const double value : values) squares += (value - centre) * (value - centre);
    const auto exact = static_cast<double>(std::sqrt(squares / static_cast<long double>(values.size() - 1)));
    constexpr double double_precision = 15;
    constexpr double allowance = 0.1;
    const double mean = certified.at("mean");
    const double sd = certified.at("sd");
    const double limit = std::min(double_precision, agreeing_digits(exact, sd, size_of(sd)));
    report.near("mean", stats::mean(values), mean, size_of(mean), double_precision - allowance);
    report.near("standard_deviation", stats::standard_deviation(values), sd, size_of(sd), limit - allowance,
                "validation_double_limit");
}

}  // namespace

void compare_nist(Run& run) {
    const auto there = [&](const std::string& name) {
        return run.folder().has("nist/certified.json") && run.folder().has("nist/" + name + ".csv");
    };
    for (const LinearSet& set :
         {LinearSet{"Norris", 0, true}, LinearSet{"NoInt1", 0, false}, LinearSet{"Longley", 0, true},
          LinearSet{"Wampler1", 5, true}, LinearSet{"Wampler4", 5, true}}) {
        if (!there(set.name)) continue;
        run.compare("nist", set.name, [&](CaseReport& report) { compare_linear(report, run.folder(), set); });
    }
    for (const char* name : {"Lottery", "NumAcc1", "NumAcc2"}) {
        if (!there(name)) continue;
        run.compare("nist", name, [&](CaseReport& report) { compare_univariate(report, run.folder(), name); });
    }
}

}  // namespace twinfirm::validation
