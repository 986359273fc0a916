// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/coarsening.h"

#include <algorithm>
#include <cmath>

#include "twinfirm/stats/moments.h"

namespace twinfirm::matching {
namespace {

using Rule = design::Coarsening::Rule;

constexpr int most_bins = 100000;

bool is_sound(const design::Coarsening& rule) {
    if (rule.rule == Rule::bins || rule.rule == Rule::quantiles) return 1 <= rule.count && rule.count <= most_bins;
    if (rule.rule == Rule::sturges) return true;
    for (std::size_t i = 0; i < rule.points.size(); ++i) {
        if (!std::isfinite(rule.points[i]) || (i > 0 && !(rule.points[i - 1] < rule.points[i]))) return false;
    }
    return !rule.points.empty();
}

/// The inner edges of equally wide bins from the lowest to the highest value.
std::vector<double> equally_wide(const std::vector<double>& known, int bins) {
    const auto [low, high] = std::minmax_element(known.begin(), known.end());
    std::vector<double> edges;
    for (int k = 1; k < bins; ++k) edges.push_back(*low + (*high - *low) / bins * k);
    return edges;
}

std::vector<double> inner_edges(const std::vector<double>& known, const design::Coarsening& rule) {
    if (rule.rule == Rule::cutpoints) return rule.points;
    if (known.empty()) return {};
    if (rule.rule == Rule::bins) return equally_wide(known, rule.count);
    if (rule.rule == Rule::sturges) {
        return equally_wide(known, static_cast<int>(std::ceil(std::log2(static_cast<double>(known.size())) + 1)));
    }
    std::vector<double> shares;
    for (int k = 1; k < rule.count; ++k) shares.push_back(static_cast<double>(k) / rule.count);
    return stats::quantiles(known, shares);
}

}  // namespace

Result<std::vector<std::int32_t>> coarsen(std::span<const double> values, std::span<const std::uint8_t> usable,
                                          const design::Coarsening& rule) {
    if (!is_sound(rule)) return fail(ErrorKind::usage, "coarsening_value", {{"column", rule.column}});
    std::vector<double> known;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isnan(values[i]) && (usable.empty() || usable[i] != 0)) known.push_back(values[i]);
    }
    const std::vector<double> edges = inner_edges(known, rule);
    std::vector<std::int32_t> bins(values.size(), -1);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) continue;
        bins[i] = static_cast<std::int32_t>(std::upper_bound(edges.begin(), edges.end(), values[i]) - edges.begin());
    }
    return bins;
}

}  // namespace twinfirm::matching
