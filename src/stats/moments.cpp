// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/moments.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <utility>

namespace twinfirm::stats {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Neumaier's running sum. Infinities are summed as they are: their compensation would be NaN.
class CompensatedSum {
  public:
    void add(double value) {
        const double next = sum_ + value;
        if (std::isfinite(next)) {
            lost_ += std::abs(sum_) >= std::abs(value) ? (sum_ - next) + value : (value - next) + sum_;
        }
        sum_ = next;
    }
    [[nodiscard]] double value() const { return sum_ + lost_; }

  private:
    double sum_ = 0;
    double lost_ = 0;
};

template <class Function>
double sum_of(std::size_t count, const Function& term) {
    CompensatedSum sum;
    for (std::size_t i = 0; i < count; ++i) sum.add(term(i));
    return sum.value();
}

void check_lengths(std::span<const double> values, std::span<const double> weights) {
    if (values.size() != weights.size()) throw std::invalid_argument("values and weights differ in length");
}

/// sum w (x - m)^2, corrected by (sum w (x - m))^2 / sum w for the rounding of m.
double weighted_squares(std::span<const double> values, std::span<const double> weights) {
    const double centre = weighted_mean(values, weights);
    const auto deviation = [&](std::size_t i) { return weights[i] == 0 ? 0 : values[i] - centre; };
    const double squares =
        sum_of(values.size(), [&](std::size_t i) { return weights[i] * deviation(i) * deviation(i); });
    const double rest = sum_of(values.size(), [&](std::size_t i) { return weights[i] * deviation(i); });
    return squares - rest * rest / compensated_sum(weights);
}

}  // namespace

double compensated_sum(std::span<const double> values) {
    return sum_of(values.size(), [&](std::size_t i) { return values[i]; });
}

double mean(std::span<const double> values) {
    if (values.empty()) return nan;
    const auto count = static_cast<double>(values.size());
    const double first = compensated_sum(values) / count;
    if (!std::isfinite(first)) return first;
    return first + sum_of(values.size(), [&](std::size_t i) { return values[i] - first; }) / count;
}

double weighted_mean(std::span<const double> values, std::span<const double> weights) {
    check_lengths(values, weights);
    const double total = compensated_sum(weights);
    if (!(total > 0)) return nan;
    const auto weighted = [&](double centre) {
        return sum_of(values.size(),
                      [&](std::size_t i) { return weights[i] == 0 ? 0 : weights[i] * (values[i] - centre); }) /
               total;
    };
    const double first = weighted(0);
    return std::isfinite(first) ? first + weighted(first) : first;
}

double variance(std::span<const double> values) {
    if (values.size() < 2) return nan;
    const auto count = static_cast<double>(values.size());
    const double centre = mean(values);
    const double squares =
        sum_of(values.size(), [&](std::size_t i) { return (values[i] - centre) * (values[i] - centre); });
    const double rest = sum_of(values.size(), [&](std::size_t i) { return values[i] - centre; });
    return (squares - rest * rest / count) / (count - 1);
}

double standard_deviation(std::span<const double> values) {
    return std::sqrt(variance(values));
}

double weighted_variance(std::span<const double> values, std::span<const double> weights) {
    check_lengths(values, weights);
    if (std::count_if(weights.begin(), weights.end(), [](double w) { return w > 0; }) < 2) return nan;
    const double total = compensated_sum(weights);
    const double squares = sum_of(weights.size(), [&](std::size_t i) { return weights[i] * weights[i]; });
    return weighted_squares(values, weights) / (total - squares / total);
}

double population_variance(std::span<const double> values, std::span<const double> weights) {
    check_lengths(values, weights);
    return weighted_squares(values, weights) / compensated_sum(weights);
}

double effective_sample_size(std::span<const double> weights) {
    const double total = compensated_sum(weights);
    if (total == 0) return 0;
    return total * total / sum_of(weights.size(), [&](std::size_t i) { return weights[i] * weights[i]; });
}

std::vector<double> quantiles(std::vector<double> values, std::span<const double> probabilities) {
    const bool any_nan = std::any_of(values.begin(), values.end(), [](double value) { return std::isnan(value); });
    if (values.empty() || any_nan) return std::vector<double>(probabilities.size(), nan);
    std::sort(values.begin(), values.end());
    std::vector<double> result;
    for (const double probability : probabilities) {
        if (!(probability >= 0 && probability <= 1)) {
            result.push_back(nan);
            continue;
        }
        const double place = probability * static_cast<double>(values.size() - 1);
        // Rounding of p (n - 1) must not move a place that is a whole number to the interval before.
        const double lower = std::floor(place + 4 * std::numeric_limits<double>::epsilon() * place);
        const double part = std::max(0.0, place - lower);
        const auto below = static_cast<std::size_t>(lower);
        const std::size_t above = std::min(below + 1, values.size() - 1);
        result.push_back(part == 0 ? values[below] : (1 - part) * values[below] + part * values[above]);
    }
    return result;
}

double quantile(std::vector<double> values, double probability) {
    return quantiles(std::move(values), {&probability, 1}).front();
}

double median(std::vector<double> values) {
    return quantile(std::move(values), 0.5);
}

}  // namespace twinfirm::stats
