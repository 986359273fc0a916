// SPDX-License-Identifier: GPL-3.0-or-later
#include "legal_class.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace twinfirm::evaluation {

namespace {

constexpr double won_in_limit = 1e8;  // limits are in 100 million won
constexpr double employees_of_micro = 10;
constexpr int years_of_mean = 3;

/// The limits of a division in a year: the newest in force, for earlier years the oldest.
const design::SizeThreshold* limits_of(std::span<const design::SizeThreshold> thresholds, const std::string& division,
                                       int year) {
    const design::SizeThreshold* newest = nullptr;
    const design::SizeThreshold* oldest = nullptr;
    for (const design::SizeThreshold& limits : thresholds) {
        if (limits.division != division) continue;
        if (limits.from <= year && (newest == nullptr || limits.from > newest->from)) newest = &limits;
        if (oldest == nullptr || limits.from < oldest->from) oldest = &limits;
    }
    return newest != nullptr ? newest : oldest;
}

double mean_sales(const stats::Panel& panel, std::size_t firm, int base_year) {
    double sum = 0;
    int known = 0;
    for (int year = base_year; year > base_year - years_of_mean; --year) {
        const double sales = panel.value("sales", firm, year);
        if (std::isnan(sales)) continue;
        sum += sales;
        ++known;
    }
    return known == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / known;
}

std::int32_t class_of(const design::SizeThreshold& limits, double sales, double employees) {
    if (sales > limits.sme * won_in_limit) return 3;
    if (sales > limits.small * won_in_limit) return 2;
    if (std::isnan(employees)) return -1;
    return employees < employees_of_micro ? 0 : 1;
}

}  // namespace

Result<stats::Column> legal_class_column(const std::string& name, const stats::Panel& panel,
                                         const stats::Column& divisions,
                                         std::span<const design::SizeThreshold> thresholds, int base_year,
                                         std::span<const std::size_t> firms) {
    for (const char* variable : {"sales", "emp"}) {
        if (!panel.has(variable)) return fail(ErrorKind::usage, "variable_unknown", {{"name", variable}});
    }
    std::vector<const design::SizeThreshold*> of_division;
    for (const std::string& division : divisions.levels()) {
        of_division.push_back(limits_of(thresholds, division, base_year));
    }
    std::vector<std::int32_t> classes(firms.size(), -1);
    for (std::size_t i = 0; i < firms.size(); ++i) {
        if (divisions.missing(i)) continue;
        const design::SizeThreshold* limits = of_division[static_cast<std::size_t>(divisions.codes()[i])];
        const double sales = mean_sales(panel, firms[i], base_year);
        if (limits == nullptr || std::isnan(sales)) continue;
        classes[i] = class_of(*limits, sales, panel.value("emp", firms[i], base_year));
    }
    return stats::Column::categories(name, {"micro", "small", "medium", "middle_market"}, std::move(classes));
}

}  // namespace twinfirm::evaluation
