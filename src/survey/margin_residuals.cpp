// SPDX-License-Identifier: GPL-3.0-or-later
#include "margin_residuals.h"

#include <cmath>

#include "sorted_sum.h"

namespace twinfirm::survey {

std::vector<double> group_sums(std::span<const double> values, const Grouping& groups) {
    std::vector<std::vector<double>> members(groups.labels.size());
    for (std::size_t row = 0; row < values.size(); ++row)
        if (groups.codes[row] >= 0) members[static_cast<std::size_t>(groups.codes[row])].push_back(values[row]);
    std::vector<double> sums;
    for (std::vector<double>& group : members) sums.push_back(sorted_sum(std::move(group)));
    return sums;
}

std::vector<double> margin_residuals(std::vector<double> variable, std::span<const double> weights,
                                     const std::vector<Grouping>& margins) {
    constexpr int most_rounds = 10000;
    constexpr double precision = 1e-15;
    double scale = 0;
    for (const double value : variable) scale = std::max(scale, std::abs(value));
    std::vector<std::vector<double>> totals;
    for (const Grouping& margin : margins) totals.push_back(group_sums(weights, margin));
    std::vector<double> weighted(variable.size());
    for (int round = 0; round < most_rounds; ++round) {
        double largest = 0;
        for (std::size_t m = 0; m < margins.size(); ++m) {
            for (std::size_t row = 0; row < variable.size(); ++row) weighted[row] = weights[row] * variable[row];
            std::vector<double> means = group_sums(weighted, margins[m]);
            for (std::size_t group = 0; group < means.size(); ++group) {
                means[group] /= totals[m][group];
                largest = std::max(largest, std::abs(means[group]));
            }
            for (std::size_t row = 0; row < variable.size(); ++row)
                if (margins[m].codes[row] >= 0) variable[row] -= means[static_cast<std::size_t>(margins[m].codes[row])];
        }
        if (margins.size() < 2 || !(largest > precision * scale)) break;
    }
    return variable;
}

}  // namespace twinfirm::survey
