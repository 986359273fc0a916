// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/sample_design.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <stdexcept>

#include "margin_residuals.h"
#include "sorted_sum.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::survey {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

tl::unexpected<Error> row_error(const char* code, std::size_t row) {
    return fail(ErrorKind::input, code, {{"row", std::to_string(row + 1)}});
}

std::int32_t code_at(const Grouping& groups, std::size_t row) {
    return groups.codes.empty() ? 0 : groups.codes[row];
}

}  // namespace

Result<SampleDesign> SampleDesign::make(DesignColumns columns, LonelyPsu lonely) {
    const std::size_t rows = std::max({columns.weights.size(), columns.strata.codes.size(), columns.population.size()});
    for (const std::size_t size : {columns.weights.size(), columns.strata.codes.size(), columns.clusters.codes.size(),
                                   columns.population.size()})
        if (size != 0 && size != rows) throw std::invalid_argument("columns of a design of unequal length");
    if (columns.weights.empty() && columns.population.empty()) return fail(ErrorKind::usage, "survey_weight_unknown");
    if (rows == 0) return fail(ErrorKind::input, "survey_no_rows");
    for (std::size_t row = 0; row < rows; ++row) {
        if (!columns.weights.empty() && !(columns.weights[row] > 0 && std::isfinite(columns.weights[row]))) {
            return row_error("survey_weight_invalid", row);
        }
        if (code_at(columns.strata, row) < 0) return row_error("survey_stratum_missing", row);
        if (code_at(columns.clusters, row) < 0) return row_error("survey_cluster_missing", row);
        if (!columns.population.empty() && !(columns.population[row] > 0)) {
            return row_error("survey_population_missing", row);
        }
    }
    SampleDesign design;
    design.lonely_ = lonely;
    design.weights_ = std::move(columns.weights);
    columns.population.resize(rows, infinity);
    design.divide(columns);
    TWINFIRM_TRY(design.take_population(columns, lonely));
    if (design.weights_.empty()) {
        std::vector<double> drawn(design.strata(), 0);
        for (const std::int32_t stratum : design.unit_stratum_) ++drawn[static_cast<std::size_t>(stratum)];
        for (std::size_t row = 0; row < rows; ++row) {
            const auto stratum = static_cast<std::size_t>(design.unit_stratum_[design.unit_of_row_[row]]);
            design.weights_.push_back(design.population_[stratum] / drawn[stratum]);
        }
    }
    return design;
}

/// Rows into units, units into strata, both in the order of their labels.
void SampleDesign::divide(const DesignColumns& columns) {
    const std::size_t rows = columns.population.size();
    stratum_labels_ = columns.strata.codes.empty() ? std::vector<std::string>{""} : columns.strata.labels;
    std::vector<std::uint32_t> order(rows);
    std::iota(order.begin(), order.end(), 0U);
    const auto key = [&](std::uint32_t row) {
        return std::pair(code_at(columns.strata, row), code_at(columns.clusters, row));
    };
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
    unit_of_row_.resize(rows);
    for (std::size_t i = 0; i < rows; ++i) {
        const bool same = i > 0 && !columns.clusters.codes.empty() && key(order[i]) == key(order[i - 1]);
        if (!same) {
            unit_begin_.push_back(i);
            unit_stratum_.push_back(key(order[i]).first);
        }
        unit_of_row_[order[i]] = static_cast<std::uint32_t>(unit_stratum_.size() - 1);
    }
    unit_begin_.push_back(rows);
    unit_rows_ = std::move(order);
}

Status SampleDesign::take_population(const DesignColumns& columns, LonelyPsu lonely) {
    population_.assign(strata(), missing);
    for (std::size_t row = 0; row < columns.population.size(); ++row) {
        double& held = population_[static_cast<std::size_t>(unit_stratum_[unit_of_row_[row]])];
        if (std::isnan(held)) held = columns.population[row];
        if (held != columns.population[row]) {
            const auto stratum = static_cast<std::size_t>(unit_stratum_[unit_of_row_[row]]);
            return fail(ErrorKind::input, "survey_population_varies", {{"stratum", stratum_labels_[stratum]}});
        }
    }
    std::vector<std::size_t> drawn(strata(), 0);
    for (const std::int32_t stratum : unit_stratum_) ++drawn[static_cast<std::size_t>(stratum)];
    std::int64_t alone = 0;
    std::string first;
    for (std::size_t h = 0; h < strata(); ++h) {
        if (population_[h] < static_cast<double>(drawn[h]) * (1 - 1e-12)) {
            return fail(ErrorKind::input, "survey_population_small",
                        {{"stratum", stratum_labels_[h]},
                         {"population", shortest_text(population_[h])},
                         {"sample", std::to_string(drawn[h])}});
        }
        if (drawn[h] == 1 && population_[h] > 1 && ++alone == 1) first = stratum_labels_[h];
    }
    if (alone == 0) return {};
    if (lonely == LonelyPsu::fail) {
        return fail(ErrorKind::statistics, "survey_lonely_stratum",
                    {{"stratum", first}, {"count", std::to_string(alone)}});
    }
    messages_.push_back({"survey_lonely_strata", Severity::warning, {{"stratum", first}}, alone});
    return {};
}

std::size_t SampleDesign::units(std::span<const char> domain) const {
    if (domain.empty()) return units();
    std::vector<char> used(units(), 0);
    for (std::size_t row = 0; row < rows(); ++row)
        if (domain[row] != 0) used[unit_of_row_[row]] = 1;
    return static_cast<std::size_t>(std::count(used.begin(), used.end(), char{1}));
}

double SampleDesign::degrees_of_freedom(std::span<const char> domain) const {
    std::set<std::int32_t> used;
    for (std::size_t row = 0; row < rows(); ++row)
        if (domain.empty() || domain[row] != 0) used.insert(unit_stratum_[unit_of_row_[row]]);
    return static_cast<double>(units(domain)) - static_cast<double>(used.size());
}

std::vector<double> SampleDesign::unit_totals(const std::vector<double>& variable) const {
    if (variable.size() != rows()) throw std::invalid_argument("a variable of another length than the design");
    const std::vector<double> residuals = margins_.empty() ? variable : margin_residuals(variable, weights_, margins_);
    std::vector<double> totals(units());
    std::vector<double> parts;
    for (std::size_t unit = 0; unit < totals.size(); ++unit) {
        parts.clear();
        for (std::size_t i = unit_begin_[unit]; i < unit_begin_[unit + 1]; ++i)
            parts.push_back(weights_[unit_rows_[i]] * residuals[unit_rows_[i]]);
        totals[unit] = parts.size() == 1 ? parts.front() : sorted_sum(parts);
    }
    return totals;
}

std::vector<double> SampleDesign::covariance(const std::vector<std::vector<double>>& variables) const {
    const std::size_t k = variables.size();
    std::vector<std::vector<double>> totals;
    std::vector<double> grand_mean;
    for (const std::vector<double>& variable : variables) {
        totals.push_back(unit_totals(variable));
        grand_mean.push_back(sorted_sum(totals.back()) / static_cast<double>(units()));
    }
    std::vector<double> sums(k * k, 0);
    std::size_t estimated = 0;
    for (std::size_t begin = 0, end = 0; begin < units(); begin = end) {
        while (end < units() && unit_stratum_[end] == unit_stratum_[begin]) ++end;
        const auto n = static_cast<double>(end - begin);
        const double population = population_[static_cast<std::size_t>(unit_stratum_[begin])];
        const double left = std::isinf(population) ? 1 : std::max(0.0, 1 - n / population);
        const bool alone = end - begin == 1;
        if (alone && left > 0 && lonely_ == LonelyPsu::average) continue;
        ++estimated;
        if (alone && lonely_ != LonelyPsu::adjust) continue;
        std::vector<std::vector<double>> deviations(k);
        for (std::size_t a = 0; a < k; ++a) {
            deviations[a].assign(totals[a].begin() + static_cast<std::ptrdiff_t>(begin),
                                 totals[a].begin() + static_cast<std::ptrdiff_t>(end));
            const double centre = alone ? grand_mean[a] : sorted_sum(deviations[a]) / n;
            for (double& value : deviations[a]) value -= centre;
        }
        const double factor = alone ? left : left * n / (n - 1);
        for (std::size_t a = 0; a < k; ++a) {
            for (std::size_t b = 0; b <= a; ++b) {
                std::vector<double> products(deviations[a].size());
                for (std::size_t j = 0; j < products.size(); ++j) products[j] = deviations[a][j] * deviations[b][j];
                sums[a * k + b] += factor * sorted_sum(std::move(products));
            }
        }
    }
    const double factor = estimated == 0 ? missing : static_cast<double>(strata()) / static_cast<double>(estimated);
    for (std::size_t a = 0; a < k; ++a) {
        for (std::size_t b = 0; b <= a; ++b) {
            sums[a * k + b] *= factor;
            sums[b * k + a] = sums[a * k + b];
        }
    }
    return sums;
}

double SampleDesign::variance(const std::vector<double>& variable) const {
    return covariance({variable}).front();
}

SumMoments SampleDesign::moments(const std::vector<double>& variable) const {
    const std::vector<double> totals = unit_totals(variable);
    SumMoments moments;
    for (std::size_t begin = 0, end = 0; begin < units(); begin = end) {
        while (end < units() && unit_stratum_[end] == unit_stratum_[begin]) ++end;
        if (end - begin < 2) continue;
        const auto n = static_cast<double>(end - begin);
        const double population = population_[static_cast<std::size_t>(unit_stratum_[begin])];
        const double f = std::isinf(population) ? 0 : std::min(1.0, n / population);
        std::vector<double> part(totals.begin() + static_cast<std::ptrdiff_t>(begin),
                                 totals.begin() + static_cast<std::ptrdiff_t>(end));
        const double centre = sorted_sum(part) / n;
        for (double& value : part) value -= centre;
        const auto power_sum = [&](int power) {
            std::vector<double> powers;
            for (const double value : part) powers.push_back(std::pow(value, power));
            return sorted_sum(std::move(powers));
        };
        const double variance = power_sum(2) / (n - 1);
        const double third = end - begin < 3 ? 0 : n * power_sum(3) / ((n - 1) * (n - 2));
        const double fourth = power_sum(4) / n;
        const double square = variance * variance;
        const double spread = std::max((fourth - square * (n - 3) / (n - 1)) / n, 2 * square / (n - 1));
        moments.variance += (1 - f) * n * variance;
        moments.third_cumulant += n * (1 - f) * (1 - 2 * f) * third;
        moments.covariance_with_variance += n * (1 - f) * (1 - f) * third;
        moments.variance_of_variance += (1 - f) * (1 - f) * n * n * spread;
    }
    return moments;
}

SampleDesign SampleDesign::calibrated(std::vector<double> weights, std::vector<Grouping> margins) const {
    if (weights.size() != rows()) throw std::invalid_argument("weights of another length than the design");
    SampleDesign result = *this;
    result.weights_ = std::move(weights);
    result.margins_ = std::move(margins);
    return result;
}

}  // namespace twinfirm::survey
