// SPDX-License-Identifier: GPL-3.0-or-later
// The matching estimator with replacement written out unit by unit, as slow and plain as its definition.
#pragma once

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <vector>

#include "twinfirm/effects/neighbor_sets.h"

namespace twinfirm::effects {

using Distance = std::function<double(std::size_t)>;

/// The nearest to `unit` with all that are tied with the last of them. A NaN distance to itself is no place at all.
inline std::set<std::size_t> brute_force_neighbors(std::size_t unit, const Distance& distance,
                                                   const NeighborSearch& search) {
    const auto stratum = [&](std::size_t i) { return search.stratum.empty() ? 0 : search.stratum[i]; };
    std::set<std::size_t> members;
    if (search.asking[unit] == 0 || std::isnan(distance(unit)) || stratum(unit) < 0) return members;
    std::vector<double> distances;
    for (std::size_t i = 0; i < search.answering.size(); ++i) {
        if (search.answering[i] != 0 && stratum(i) == stratum(unit) && !std::isnan(distance(i)))
            distances.push_back(distance(i));
    }
    if (distances.empty()) return members;
    std::sort(distances.begin(), distances.end());
    const double limit = distances[std::min(search.rule.neighbors, distances.size()) - 1] + search.rule.tie_tolerance;
    for (std::size_t i = 0; i < search.answering.size(); ++i) {
        if (search.answering[i] != 0 && stratum(i) == stratum(unit) && distance(i) <= limit) members.insert(i);
    }
    return members;
}

/// Data whose units are matched by the distance of their scores.
struct TwinData {
    std::vector<double> score;
    std::vector<std::uint8_t> treated;
    std::vector<double> outcome;

    [[nodiscard]] std::set<std::size_t> nearest(std::size_t unit, bool arm, std::size_t neighbors) const {
        std::vector<std::uint8_t> answering(treated.size());
        for (std::size_t i = 0; i < treated.size(); ++i) answering[i] = (treated[i] != 0) == arm;
        const std::vector<std::uint8_t> asking(treated.size(), 1);
        return brute_force_neighbors(unit, [&](std::size_t i) { return std::abs(score[i] - score[unit]); },
                                     {asking, answering, {}, {neighbors, 0}});
    }
    [[nodiscard]] double mean(const std::set<std::size_t>& units) const {
        double sum = 0;
        for (const std::size_t i : units) sum += outcome[i];
        return sum / static_cast<double>(units.size());
    }
    [[nodiscard]] double variance(const std::set<std::size_t>& units) const {
        double sum = 0;
        for (const std::size_t i : units) sum += (outcome[i] - mean(units)) * (outcome[i] - mean(units));
        return sum / (static_cast<double>(units.size()) - 1);
    }
};

struct TwinEstimate {
    double effect = 0;
    double variance = 0;
};

/// ATE with both arms as the target, ATT with the adopters.
inline TwinEstimate twin_estimate(const TwinData& data, bool everybody, std::size_t matches, std::size_t own,
                                  bool homoscedastic) {
    const std::size_t n = data.treated.size();
    std::vector<double> k(n, 0);
    std::vector<double> k2(n, 0);
    std::vector<double> difference(n, 0);
    double sum = 0;
    double size = 0;
    for (std::size_t i = 0; i < n; ++i) {
        if (!everybody && data.treated[i] == 0) continue;
        const auto set = data.nearest(i, data.treated[i] == 0, matches);
        const auto m = static_cast<double>(set.size());
        for (const std::size_t j : set) {
            k[j] += 1 / m;
            k2[j] += 1 / (m * m);
        }
        difference[i] = (data.outcome[i] - data.mean(set)) * (data.treated[i] != 0 ? 1 : -1);
        sum += difference[i];
        ++size;
    }
    TwinEstimate result{sum / size, 0};
    double pairs = 0;
    for (std::size_t i = 0; i < n; ++i) {
        if (!everybody && data.treated[i] == 0) continue;
        const auto set = data.nearest(i, data.treated[i] == 0, matches);
        for (const std::size_t j : set) {
            const double d = (data.outcome[i] - data.outcome[j]) * (data.treated[i] != 0 ? 1 : -1) - result.effect;
            pairs += d * d / static_cast<double>(set.size());
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        const bool target = everybody || data.treated[i] != 0;
        if (target) result.variance += (difference[i] - result.effect) * (difference[i] - result.effect);
        if (k[i] == 0) continue;
        const double s2 = homoscedastic ? pairs / size / 2 : data.variance(data.nearest(i, data.treated[i] != 0, own));
        result.variance += s2 * (k[i] * k[i] - k2[i] + (target ? 2 * k[i] : 0));
    }
    result.variance /= size * size;
    return result;
}

}  // namespace twinfirm::effects
