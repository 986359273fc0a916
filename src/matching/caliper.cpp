// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/caliper.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "twinfirm/base/number_text.h"
#include "twinfirm/stats/rising_order.h"

namespace twinfirm::matching {
namespace {

/// Sorts first: the sum, to the last bit, must not depend on the order of the rows.
double variance(const std::vector<double>& unsorted) {
    if (unsorted.size() < 2) return std::numeric_limits<double>::quiet_NaN();
    std::vector<double> values;
    values.reserve(unsorted.size());
    for (const std::uint32_t place : stats::rising_order(unsorted)) values.push_back(unsorted[place]);
    const auto count = static_cast<double>(values.size());
    double sum = 0;
    for (const double value : values) sum += value;
    const double mean = sum / count;
    double squares = 0;
    double rest = 0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
        rest += value - mean;
    }
    return (squares - rest * rest / count) / (count - 1);
}

}  // namespace

double score_sd(std::span<const double> score, std::span<const std::uint8_t> treated,
                std::span<const std::uint8_t> usable, design::CaliperSd convention) {
    std::vector<double> first;
    std::vector<double> second;
    for (std::size_t i = 0; i < score.size(); ++i) {
        if (usable[i] == 0) continue;
        const bool apart = convention == design::CaliperSd::pooled && treated[i] == 0;
        (apart ? second : first).push_back(score[i]);
    }
    if (convention == design::CaliperSd::all) return std::sqrt(variance(first));
    return std::sqrt((variance(first) + variance(second)) / 2);
}

Result<Caliper> resolve_caliper(std::span<const double> score, std::span<const std::uint8_t> treated,
                                std::span<const std::uint8_t> usable, const design::MatchingSettings& settings) {
    const double width = settings.caliper.value_or(0);
    if (!std::isfinite(width) || width <= 0) {
        return fail(ErrorKind::usage, "caliper_value", {{"value", shortest_text(width)}});
    }
    if (settings.caliper_unit == design::CaliperUnit::raw) return Caliper{width, 0};
    const double sd = score_sd(score, treated, usable, settings.caliper_sd);
    if (std::isnan(sd)) return fail(ErrorKind::statistics, "caliper_sd_undefined");
    return Caliper{width * sd, sd};
}

}  // namespace twinfirm::matching
