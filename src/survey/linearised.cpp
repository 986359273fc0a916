// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/linearised.h"

#include <cmath>
#include <stdexcept>

#include "sorted_sum.h"

namespace twinfirm::survey {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

void count(const SampleDesign& design, Linearised& result) {
    std::vector<double> weights;
    std::vector<double> squares;
    for (std::size_t row = 0; row < design.rows(); ++row) {
        if (result.answered[row] == 0) continue;
        weights.push_back(design.weights()[row]);
        squares.push_back(weights.back() * weights.back());
    }
    result.n = static_cast<std::int64_t>(weights.size());
    result.population = sorted_sum(std::move(weights));
    if (result.n > 0) result.kish_n = result.population * result.population / sorted_sum(std::move(squares));
}

Linearised begin(const SampleDesign& design, std::span<const double> values, std::span<const double> second,
                 std::span<const char> domain) {
    if (values.size() != design.rows() || (!second.empty() && second.size() != design.rows()) ||
        (!domain.empty() && domain.size() != design.rows())) {
        throw std::invalid_argument("values of another length than the design");
    }
    Linearised result;
    result.answered.resize(design.rows());
    for (std::size_t row = 0; row < design.rows(); ++row) {
        const bool inside = domain.empty() || domain[row] != 0;
        const bool known = std::isfinite(values[row]) && (second.empty() || std::isfinite(second[row]));
        result.answered[row] = inside && known ? 1 : 0;
    }
    result.influence.assign(design.rows(), 0);
    count(design, result);
    return result;
}

/// sum w f(row) over the answered rows.
template <class F>
double weighted_sum(const SampleDesign& design, const Linearised& result, F value) {
    std::vector<double> parts;
    for (std::size_t row = 0; row < design.rows(); ++row)
        if (result.answered[row] != 0) parts.push_back(design.weights()[row] * value(row));
    return sorted_sum(std::move(parts));
}

/// S^2 of a variable among the answered rows.
template <class F>
double population_variance(const SampleDesign& design, const Linearised& result, F value) {
    const auto n = static_cast<double>(result.n);
    if (result.n < 2) return missing;
    const double mean = weighted_sum(design, result, value) / result.population;
    const double squares = weighted_sum(design, result, [&](std::size_t row) {
        const double distance = value(row) - mean;
        return distance * distance;
    });
    return n / (n - 1) * squares / result.population;
}

double simple_variance_of_mean(const Linearised& result, double variance) {
    const auto n = static_cast<double>(result.n);
    const double left = result.population > n * (1 + 1e-9) ? 1 - n / result.population : 1;
    return variance / n * left;
}

}  // namespace

Linearised mean_of(const SampleDesign& design, std::span<const double> values, std::span<const char> domain) {
    Linearised result = begin(design, values, {}, domain);
    if (result.n == 0) return result;
    const auto value = [&](std::size_t row) { return values[row]; };
    result.value = weighted_sum(design, result, value) / result.population;
    for (std::size_t row = 0; row < design.rows(); ++row)
        if (result.answered[row] != 0) result.influence[row] = (values[row] - result.value) / result.population;
    result.simple_variance = simple_variance_of_mean(result, population_variance(design, result, value));
    return result;
}

Linearised total_of(const SampleDesign& design, std::span<const double> values, std::span<const char> domain) {
    Linearised result = begin(design, values, {}, domain);
    if (result.n == 0) return result;
    const auto value = [&](std::size_t row) { return values[row]; };
    result.value = weighted_sum(design, result, value);
    for (std::size_t row = 0; row < design.rows(); ++row)
        if (result.answered[row] != 0) result.influence[row] = values[row];
    result.simple_variance = simple_variance_of_mean(result, population_variance(design, result, value)) *
                             result.population * result.population;
    return result;
}

Linearised ratio_of(const SampleDesign& design, std::span<const double> numerator, std::span<const double> denominator,
                    std::span<const char> domain) {
    Linearised result = begin(design, numerator, denominator, domain);
    if (result.n == 0) return result;
    const double below = weighted_sum(design, result, [&](std::size_t row) { return denominator[row]; });
    if (below == 0) return result;
    result.value = weighted_sum(design, result, [&](std::size_t row) { return numerator[row]; }) / below;
    const auto residual = [&](std::size_t row) { return (numerator[row] - result.value * denominator[row]) / below; };
    for (std::size_t row = 0; row < design.rows(); ++row)
        if (result.answered[row] != 0) result.influence[row] = residual(row);
    result.simple_variance = simple_variance_of_mean(result, population_variance(design, result, residual)) *
                             result.population * result.population;
    return result;
}

Linearised difference_of(const SampleDesign& design, const Linearised& a, const Linearised& b) {
    if (a.influence.size() != design.rows() || b.influence.size() != design.rows()) {
        throw std::invalid_argument("estimates of another design");
    }
    Linearised result;
    result.value = a.value - b.value;
    result.influence.resize(design.rows());
    result.answered.resize(design.rows());
    for (std::size_t row = 0; row < design.rows(); ++row) {
        result.influence[row] = a.influence[row] - b.influence[row];
        result.answered[row] = a.answered[row] != 0 || b.answered[row] != 0 ? 1 : 0;
    }
    count(design, result);
    return result;
}

}  // namespace twinfirm::survey
