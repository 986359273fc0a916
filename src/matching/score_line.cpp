// SPDX-License-Identifier: GPL-3.0-or-later
#include "score_line.h"

#include <algorithm>
#include <cmath>

namespace twinfirm::matching {

Choices joined(const std::vector<Choices>& by_stratum) {
    Choices all;
    for (const Choices& part : by_stratum) {
        all.made.insert(all.made.end(), part.made.begin(), part.made.end());
        all.tied += part.tied;
    }
    return all;
}

std::vector<ScoreGroup> score_groups(std::span<const ScoredUnit> sorted) {
    std::vector<ScoreGroup> groups;
    groups.reserve(sorted.size());
    for (std::uint32_t i = 0; i < sorted.size(); ++i) {
        if (groups.empty() || groups.back().score < sorted[i].score) groups.push_back({sorted[i].score, i, i});
        ++groups.back().end;
    }
    return groups;
}

std::vector<std::uint32_t> groups_not_above(std::span<const ScoredUnit> from, const std::vector<ScoreGroup>& groups) {
    std::vector<std::uint32_t> below(from.size());
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
        while (group < groups.size() && groups[group].score <= from[i].score) ++group;
        below[i] = group;
    }
    return below;
}

std::vector<double> nearest_distances(std::span<const ScoredUnit> from, std::span<const ScoredUnit> to) {
    std::vector<double> nearest(from.size(), std::numeric_limits<double>::infinity());
    std::size_t above = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
        while (above < to.size() && to[above].score <= from[i].score) ++above;
        if (above > 0) nearest[i] = std::abs(from[i].score - to[above - 1].score);
        if (above < to.size()) nearest[i] = std::min(nearest[i], std::abs(from[i].score - to[above].score));
    }
    return nearest;
}

}  // namespace twinfirm::matching
