// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/breakdowns/traps.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "twinfirm/stats/moments.h"

namespace twinfirm::breakdowns {
namespace {

Messages warning(const char* code, std::int64_t firms) {
    return {{code, Severity::warning, {}, firms}};
}

struct TinyBases {
    std::int64_t tiny = 0;
    std::int64_t positive = 0;
};

TinyBases count_tiny_bases(std::span<const double> before) {
    std::vector<double> positive;
    for (const double base : before)
        if (base > 0) positive.push_back(base);
    if (positive.empty()) return {};
    const double limit = tiny_base_share_of_median * stats::median(positive);
    return {std::count_if(positive.begin(), positive.end(), [&](double base) { return base < limit; }),
            static_cast<std::int64_t>(positive.size())};
}

}  // namespace

Messages trap_regression_to_mean(const design::Breakdown& breakdown,
                                 std::span<const std::string_view> outcome_variables, std::int64_t firms) {
    const bool banded = !breakdown.edges.empty() && breakdown.band_year != design::BandYear::lagged;
    const bool own_base =
        std::find(outcome_variables.begin(), outcome_variables.end(), breakdown.variable) != outcome_variables.end();
    if (!banded || !own_base) return {};
    return warning("trap_regression_to_mean", firms);
}

Messages trap_tiny_denominator(const effects::BeforeAfter& change, std::span<const double> before) {
    const double mean = change.mean_of_ratios.estimate;
    const double pooled = change.ratio_of_sums.estimate;
    const bool excess =
        std::abs(mean) > ratio_excess_factor * std::abs(pooled) && std::abs(mean - pooled) >= ratio_excess_points;
    const TinyBases bases = count_tiny_bases(before);
    const bool many = static_cast<double>(bases.tiny) > tiny_base_limit * static_cast<double>(bases.positive);
    if (!excess && !many) return {};
    return warning("trap_tiny_denominator", bases.tiny);
}

Messages trap_small_cell(std::int64_t firms) {
    if (firms >= small_cell_below) return {};
    return warning("trap_small_cell", firms);
}

Messages trap_zero_base(const effects::BeforeAfter& change) {
    if (change.n_zero_base <= 0) return {};
    return warning("trap_zero_base", change.n_zero_base);
}

Messages trap_outliers(const effects::BeforeAfter& change, bool ratios) {
    const effects::Estimate& raw = ratios ? change.mean_of_ratios : change.difference;
    const double drawn_in = (ratios ? change.winsorised_mean_of_ratios : change.winsorised_difference).estimate;
    const double distance = std::abs(raw.estimate - drawn_in);
    if (!(distance > outlier_share * std::abs(raw.estimate))) return {};
    if (ratios && distance < outlier_points) return {};
    return warning("trap_outliers", raw.n_treated);
}

}  // namespace twinfirm::breakdowns
