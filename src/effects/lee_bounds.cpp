// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/lee_bounds.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "twinfirm/stats/distributions.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::effects {

namespace {

struct Trimmed {
    double mean = 0;
    double variance = 0;  ///< of what is left, as a population
    double border = 0;    ///< the outcome at the cut
};

/// What is left of sorted outcomes when the last `share` of them is cut off.
Trimmed without_last(const std::vector<double>& sorted, double share) {
    const double kept = static_cast<double>(sorted.size()) * (1 - share);
    std::vector<double> values;
    std::vector<double> weights;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const double weight = std::min(1.0, kept - static_cast<double>(i));
        if (!(weight > 1e-12)) break;
        values.push_back(sorted[i]);
        weights.push_back(weight);
    }
    return {stats::weighted_mean(values, weights), stats::population_variance(values, weights), values.back()};
}

/// Imbens & Manski's critical value: between the one-sided one (wide bounds) and the two-sided one (a point).
double critical_value(double width, double error, double confidence) {
    double low = 0;
    double high = 10;
    for (int step = 0; step < 100; ++step) {
        const double c = (low + high) / 2;
        const double covered = stats::normal_cdf(c + width / error) - stats::normal_cdf(-c);
        (covered < confidence ? low : high) = c;
    }
    return high;
}

}  // namespace

Result<LeeBounds> lee_bounds(std::span<const double> outcome, std::span<const std::uint8_t> treated,
                             double confidence) {
    if (outcome.size() != treated.size()) throw std::invalid_argument("lee_bounds: lengths differ");
    std::vector<double> arms[2];
    double sizes[2] = {0, 0};
    for (std::size_t i = 0; i < outcome.size(); ++i) {
        const std::size_t arm = treated[i] != 0 ? 1 : 0;
        ++sizes[arm];
        if (std::isfinite(outcome[i])) arms[arm].push_back(outcome[i]);
    }
    if (arms[0].size() < 2 || arms[1].size() < 2) return fail(ErrorKind::statistics, "lee_bounds_too_few");
    LeeBounds result;
    result.n_control = static_cast<std::int64_t>(arms[0].size());
    result.n_treated = static_cast<std::int64_t>(arms[1].size());
    result.share_control = static_cast<double>(arms[0].size()) / sizes[0];
    result.share_treated = static_cast<double>(arms[1].size()) / sizes[1];
    result.trims_treated = result.share_treated >= result.share_control;
    const std::size_t more = result.trims_treated ? 1 : 0;
    const double q = std::max(result.share_treated, result.share_control);
    const double r = std::min(result.share_treated, result.share_control);
    const double p = 1 - r / q;
    result.trimmed = p;
    std::vector<double>& cut = arms[more];
    const std::vector<double>& whole = arms[1 - more];
    if (static_cast<double>(cut.size()) * (1 - p) < 2) return fail(ErrorKind::statistics, "lee_bounds_too_few");

    std::sort(cut.begin(), cut.end());
    const Trimmed smallest = without_last(cut, p);
    std::reverse(cut.begin(), cut.end());
    const Trimmed largest = without_last(cut, p);
    const double mean = stats::mean(whole);
    const auto observed_more = static_cast<double>(cut.size());
    const auto observed_less = static_cast<double>(whole.size());
    // Variance of the estimated share that is cut off.
    const double share_variance = (1 - p) * (1 - p) * ((1 - q) / observed_more + (1 - r) / observed_less);
    const double whole_variance = stats::variance(whole) / observed_less;
    const auto error = [&](const Trimmed& part) {
        const double away = part.border - part.mean;
        const double left = (part.variance + away * away * p) / (observed_more * (1 - p));
        const double of_share = away * away / ((1 - p) * (1 - p)) * share_variance;
        return std::sqrt(left + of_share + whole_variance);
    };
    const double sign = result.trims_treated ? 1 : -1;
    const Trimmed& low_part = result.trims_treated ? smallest : largest;
    const Trimmed& high_part = result.trims_treated ? largest : smallest;
    result.lower = sign * (low_part.mean - mean);
    result.upper = sign * (high_part.mean - mean);
    result.lower_error = error(low_part);
    result.upper_error = error(high_part);
    const double largest_error = std::max(result.lower_error, result.upper_error);
    if (!(largest_error > 0)) return result;
    const double c = critical_value(result.upper - result.lower, largest_error, confidence);
    result.ci_low = result.lower - c * result.lower_error;
    result.ci_high = result.upper + c * result.upper_error;
    return result;
}

}  // namespace twinfirm::effects
