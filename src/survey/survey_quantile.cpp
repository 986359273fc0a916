// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/survey_quantile.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sorted_sum.h"

namespace twinfirm::survey {

namespace {

/// The weighted distribution function: distinct values with the share at or below each.
struct Distribution {
    std::vector<double> values;
    std::vector<double> shares;

    [[nodiscard]] double quantile(double p) const {
        constexpr double equal = 1e-12;
        for (std::size_t i = 0; i < values.size(); ++i)
            if (shares[i] >= p - equal) return values[i];
        return values.back();
    }
};

Distribution distribution_of(const SampleDesign& design, std::span<const double> values,
                             const std::vector<char>& answered, double population) {
    std::vector<std::pair<double, double>> points;
    for (std::size_t row = 0; row < values.size(); ++row)
        if (answered[row] != 0) points.emplace_back(values[row], design.weights()[row]);
    std::sort(points.begin(), points.end());
    Distribution result;
    double below = 0;
    double compensation = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double sum = below + points[i].second;  // the larger is `below` or it is the first
        compensation += below >= points[i].second ? below - sum + points[i].second : points[i].second - sum + below;
        below = sum;
        if (i + 1 < points.size() && points[i + 1].first == points[i].first) continue;
        result.values.push_back(points[i].first);
        result.shares.push_back((below + compensation) / population);
    }
    return result;
}

}  // namespace

SurveyQuantile quantile_of(const SampleDesign& design, std::span<const double> values, double p,
                           std::span<const char> domain, double confidence, ProportionInterval method) {
    if (!(p > 0) || !(p < 1)) throw std::invalid_argument("quantile outside (0, 1)");
    const Linearised mean = mean_of(design, values, domain);
    SurveyQuantile result;
    result.estimate.n = mean.n;
    result.estimate.population = mean.population;
    result.estimate.kish_n = mean.kish_n;
    if (mean.n == 0) return result;
    const Distribution distribution = distribution_of(design, values, mean.answered, mean.population);
    result.estimate.value = distribution.quantile(p);
    std::vector<double> below(values.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t row = 0; row < values.size(); ++row)
        if (mean.answered[row] != 0) below[row] = values[row] <= result.estimate.value ? 1 : 0;
    const SurveyEstimate share = estimate_of(design, mean_of(design, below, domain));
    result.estimate.df = share.df;
    const Interval bounds = proportion_interval(share, method, confidence);
    if (bounds.low >= 0) result.interval.low = distribution.quantile(bounds.low);
    if (bounds.high <= 1) result.interval.high = distribution.quantile(bounds.high);
    const double width = result.interval.high - result.interval.low;
    result.estimate.std_error = width / (2 * critical_value(share, confidence));
    return result;
}

}  // namespace twinfirm::survey
