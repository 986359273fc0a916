// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/breakdowns/multiplicity.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace twinfirm::breakdowns {
namespace {

/// Places of the p values that are there, by rising p.
std::vector<std::size_t> rising(std::span<const double> p_values) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < p_values.size(); ++i)
        if (!std::isnan(p_values[i])) order.push_back(i);
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return std::pair(p_values[a], a) < std::pair(p_values[b], b); });
    return order;
}

}  // namespace

std::vector<double> holm(std::span<const double> p_values) {
    std::vector<double> adjusted(p_values.begin(), p_values.end());
    const std::vector<std::size_t> order = rising(p_values);
    double largest = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        largest = std::max(largest, p_values[order[i]] * static_cast<double>(order.size() - i));
        adjusted[order[i]] = std::min(1.0, largest);
    }
    return adjusted;
}

std::vector<double> benjamini_hochberg(std::span<const double> p_values) {
    std::vector<double> adjusted(p_values.begin(), p_values.end());
    const std::vector<std::size_t> order = rising(p_values);
    double smallest = 1;
    for (std::size_t i = order.size(); i-- > 0;) {
        smallest =
            std::min(smallest, p_values[order[i]] * static_cast<double>(order.size()) / static_cast<double>(i + 1));
        adjusted[order[i]] = smallest;
    }
    return adjusted;
}

}  // namespace twinfirm::breakdowns
