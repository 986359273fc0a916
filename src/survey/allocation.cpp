// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/allocation.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "twinfirm/stats/distributions.h"

namespace twinfirm::survey {

namespace {

Status check(const std::vector<AllocationStratum>& strata, const AllocationSettings& settings) {
    if (strata.empty()) return fail(ErrorKind::usage, "allocation_no_strata");
    if (!(settings.power >= 0) || !(settings.power <= 2)) return fail(ErrorKind::usage, "allocation_power");
    bool spread = false;
    for (const AllocationStratum& stratum : strata) {
        const MessageArguments name{{"stratum", stratum.label}};
        if (stratum.population < 1) return fail(ErrorKind::usage, "allocation_population", name);
        if (settings.rule != AllocationRule::neyman) continue;
        if (!(stratum.sd >= 0) || std::isinf(stratum.sd)) return fail(ErrorKind::usage, "allocation_sd", name);
        spread = spread || stratum.sd > 0;
    }
    if (settings.rule == AllocationRule::neyman && !spread) {
        return fail(ErrorKind::usage, "allocation_sd", {{"stratum", strata.front().label}});
    }
    return {};
}

double measure_of(const AllocationStratum& stratum, const AllocationSettings& settings) {
    const auto population = static_cast<double>(stratum.population);
    switch (settings.rule) {
        case AllocationRule::proportional:
            return population;
        case AllocationRule::power:
            return std::pow(population, settings.power);
        case AllocationRule::neyman:
            break;
    }
    return population * stratum.sd;
}

/// min(N, max(lower, factor * measure)) with the factor at which they sum to `total`: of the breakpoints of this
/// rising, piecewise linear sum, the last that does not exceed it, and a straight line from there.
std::vector<double> bounded_sizes(const std::vector<double>& measure, const std::vector<double>& lower,
                                  const std::vector<double>& upper, double total) {
    const auto sizes_at = [&](double factor) {
        std::vector<double> sizes(measure.size());
        for (std::size_t h = 0; h < sizes.size(); ++h) sizes[h] = std::clamp(factor * measure[h], lower[h], upper[h]);
        return sizes;
    };
    const auto sum = [](const std::vector<double>& values) {
        return std::accumulate(values.begin(), values.end(), 0.0);
    };
    std::vector<double> breaks{0};
    for (std::size_t h = 0; h < measure.size(); ++h) {
        if (!(measure[h] > 0)) continue;
        breaks.push_back(lower[h] / measure[h]);
        breaks.push_back(upper[h] / measure[h]);
    }
    std::sort(breaks.begin(), breaks.end());
    double below = 0;
    for (const double point : breaks)
        if (sum(sizes_at(point)) <= total) below = point;
    double slope = 0;
    for (std::size_t h = 0; h < measure.size(); ++h)
        // By the breakpoints themselves: a product with them may round to the wrong side.
        if (measure[h] > 0 && lower[h] / measure[h] <= below && below < upper[h] / measure[h]) slope += measure[h];
    std::vector<double> sizes = sizes_at(below);
    const double left = total - sum(sizes);
    return slope > 0 ? sizes_at(below + left / slope) : sizes;
}

std::vector<std::int64_t> whole_sizes(const std::vector<double>& sizes, const std::vector<AllocationStratum>& strata,
                                      const std::vector<double>& upper, std::int64_t total) {
    std::vector<std::int64_t> whole(sizes.size());
    std::vector<std::size_t> order(sizes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    // A size that is whole but for rounding has no remainder.
    for (std::size_t h = 0; h < sizes.size(); ++h) whole[h] = static_cast<std::int64_t>(std::floor(sizes[h] + 1e-9));
    const auto remainder = [&](std::size_t h) { return sizes[h] - static_cast<double>(whole[h]); };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (remainder(a) != remainder(b)) return remainder(a) > remainder(b);
        return strata[a].population > strata[b].population;
    });
    std::int64_t left = total - std::accumulate(whole.begin(), whole.end(), std::int64_t{0});
    while (left > 0) {
        const std::int64_t before = left;
        for (const std::size_t h : order) {
            if (left == 0 || static_cast<double>(whole[h]) >= upper[h]) continue;
            ++whole[h];
            --left;
        }
        if (left == before) break;
    }
    return whole;
}

}  // namespace

std::string_view allocation_rule_code(AllocationRule rule) {
    switch (rule) {
        case AllocationRule::proportional:
            return "proportional";
        case AllocationRule::power:
            return "power";
        case AllocationRule::neyman:
            break;
    }
    return "neyman";
}

Result<Allocation> allocate(const std::vector<AllocationStratum>& strata, std::int64_t total,
                            const AllocationSettings& settings) {
    TWINFIRM_TRY(check(strata, settings));
    std::vector<double> measure;
    std::vector<double> lower;
    std::vector<double> upper;
    const std::int64_t minimum = std::max<std::int64_t>(1, settings.minimum);
    for (const AllocationStratum& stratum : strata) {
        measure.push_back(measure_of(stratum, settings));
        upper.push_back(static_cast<double>(stratum.population));
        lower.push_back(static_cast<double>(std::min(minimum, stratum.population)));
    }
    const double needed = std::accumulate(lower.begin(), lower.end(), 0.0);
    const double population = std::accumulate(upper.begin(), upper.end(), 0.0);
    const auto size = static_cast<double>(total);
    if (size < needed) {
        return fail(ErrorKind::usage, "allocation_total_small",
                    {{"total", std::to_string(total)}, {"needed", std::to_string(static_cast<std::int64_t>(needed))}});
    }
    if (size > population) {
        return fail(
            ErrorKind::usage, "allocation_total_large",
            {{"total", std::to_string(total)}, {"population", std::to_string(static_cast<std::int64_t>(population))}});
    }
    const std::vector<double> sizes = bounded_sizes(measure, lower, upper, size);
    Allocation result = judge_allocation(strata, whole_sizes(sizes, strata, upper, total), settings.confidence);
    for (std::size_t h = 0; h < strata.size(); ++h) {
        result.strata[h].at_minimum = result.strata[h].n == std::min(minimum, strata[h].population);
    }
    return result;
}

Allocation judge_allocation(const std::vector<AllocationStratum>& strata, const std::vector<std::int64_t>& sizes,
                            double confidence) {
    if (sizes.size() != strata.size()) throw std::invalid_argument("as many sizes as strata");
    const double z = stats::normal_quantile(0.5 + confidence / 2);
    Allocation result;
    double population = 0;
    double mean = 0;
    double weight_squares = 0;
    for (std::size_t h = 0; h < strata.size(); ++h) {
        const auto all = static_cast<double>(strata[h].population);
        const auto n = static_cast<double>(sizes[h]);
        if (sizes[h] < 1 || n > all) throw std::invalid_argument("a size outside 1 .. population");
        AllocatedStratum stratum;
        stratum.n = sizes[h];
        stratum.weight = all / n;
        stratum.std_error = std::sqrt((1 - n / all) * strata[h].sd * strata[h].sd / n);
        stratum.margin = z * stratum.std_error;
        stratum.at_population = sizes[h] == strata[h].population;
        result.strata.push_back(stratum);
        result.n += sizes[h];
        population += all;
        mean += all * strata[h].mean;
        weight_squares += n * stratum.weight * stratum.weight;
    }
    mean /= population;
    const auto n = static_cast<double>(result.n);
    double variance = 0;
    double spread = 0;
    for (std::size_t h = 0; h < strata.size(); ++h) {
        const double share = static_cast<double>(strata[h].population) / population;
        variance += share * share * result.strata[h].std_error * result.strata[h].std_error;
        spread += share * (strata[h].sd * strata[h].sd + (strata[h].mean - mean) * (strata[h].mean - mean));
    }
    result.std_error = std::sqrt(variance);
    result.margin = z * result.std_error;
    const double simple = spread / n * (1 - n / population);
    result.deff = simple > 0 ? variance / simple : std::numeric_limits<double>::quiet_NaN();
    result.weight_effect = n * weight_squares / (population * population);
    return result;
}

}  // namespace twinfirm::survey
