// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/neighbor_sets.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "point_tree.h"

namespace twinfirm::effects {
namespace {

/// A negative stratum takes no part.
std::int32_t stratum_of(const NeighborSearch& search, std::size_t unit) {
    return search.stratum.empty() ? 0 : search.stratum[unit];
}

/// Units of one stratum in `order`, by rising score.
struct Line {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

std::map<std::int32_t, Line> lines_of(const std::vector<std::uint32_t>& order, const NeighborSearch& search) {
    std::map<std::int32_t, Line> lines;
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        Line& line = lines.try_emplace(stratum_of(search, order[i]), Line{i, i}).first->second;
        line.end = i + 1;
    }
    return lines;
}

/// The places of the nearest to `own` on the line: outward from its place, then all that are no further.
NeighborSets::Range nearest_on(const Line& line, double own, std::span<const double> value, const NeighborRule& rule) {
    const auto first = value.begin();
    auto low = std::lower_bound(first + line.begin, first + line.end, own);
    auto high = low;
    double furthest = 0;
    for (std::size_t k = 0; k < rule.neighbors; ++k) {
        const bool left = low != first + line.begin;
        const bool right = high != first + line.end;
        if (!left && !right) break;
        const bool take_left = left && (!right || std::abs(own - *(low - 1)) <= std::abs(*high - own));
        furthest = take_left ? std::abs(own - *--low) : std::abs(*high++ - own);
    }
    const double limit = furthest + rule.tie_tolerance;
    const auto tied_low =
        std::partition_point(first + line.begin, low, [&](double other) { return std::abs(own - other) > limit; });
    const auto tied_high =
        std::partition_point(high, first + line.end, [&](double other) { return std::abs(own - other) <= limit; });
    return {static_cast<std::uint32_t>(tied_low - first), static_cast<std::uint32_t>(tied_high - first)};
}

}  // namespace

std::size_t NeighborSets::count(std::size_t unit) const {
    std::size_t units = 0;
    for (const Range& range : of(unit)) units += range.end - range.begin;
    return units;
}

NeighborSets score_neighbors(std::span<const double> score, const NeighborSearch& search) {
    NeighborSets sets;
    for (std::uint32_t i = 0; i < score.size(); ++i) {
        if (search.answering[i] != 0 && !std::isnan(score[i]) && stratum_of(search, i) >= 0) sets.order.push_back(i);
    }
    std::sort(sets.order.begin(), sets.order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::tuple(stratum_of(search, a), score[a], a) < std::tuple(stratum_of(search, b), score[b], b);
    });
    std::vector<double> value;
    value.reserve(sets.order.size());
    for (const std::uint32_t unit : sets.order) value.push_back(score[unit]);
    const std::map<std::int32_t, Line> lines = lines_of(sets.order, search);
    sets.offset.reserve(score.size() + 1);
    sets.offset.push_back(0);
    for (std::size_t i = 0; i < score.size(); ++i) {
        const auto line = lines.find(stratum_of(search, i));
        if (search.asking[i] != 0 && !std::isnan(score[i]) && line != lines.end()) {
            sets.ranges.push_back(nearest_on(line->second, score[i], value, search.rule));
        }
        sets.offset.push_back(sets.ranges.size());
    }
    return sets;
}

NeighborSets point_neighbors(const matching::CovariatePoints& points, const NeighborSearch& search) {
    const std::size_t units = search.asking.size();
    const auto has_point = [&](std::size_t unit) {
        const std::span<const double> point = points.of(unit);
        return std::none_of(point.begin(), point.end(), [](double value) { return std::isnan(value); });
    };
    std::map<std::int32_t, std::vector<std::uint32_t>> answering;
    for (std::uint32_t i = 0; i < units; ++i) {
        if (search.answering[i] != 0 && stratum_of(search, i) >= 0 && has_point(i)) {
            answering[stratum_of(search, i)].push_back(i);
        }
    }
    NeighborSets sets;
    struct Tree {
        PointTree tree;
        std::uint32_t begin;
    };
    std::map<std::int32_t, Tree> trees;
    for (auto& [stratum, members] : answering) {
        PointTree tree(points, std::move(members));
        const auto begin = static_cast<std::uint32_t>(sets.order.size());
        sets.order.insert(sets.order.end(), tree.order().begin(), tree.order().end());
        trees.emplace(stratum, Tree{std::move(tree), begin});
    }
    sets.offset.push_back(0);
    for (std::uint32_t i = 0; i < units; ++i) {
        const auto found = trees.find(stratum_of(search, i));
        if (search.asking[i] != 0 && found != trees.end() && has_point(i)) {
            const std::size_t first = sets.ranges.size();
            found->second.tree.nearest(i, search.rule, sets.ranges);
            for (std::size_t k = first; k < sets.ranges.size(); ++k) {
                sets.ranges[k].begin += found->second.begin;
                sets.ranges[k].end += found->second.begin;
            }
        }
        sets.offset.push_back(sets.ranges.size());
    }
    return sets;
}

NeighborSets pair_neighbors(std::span<const matching::Pair> pairs, std::size_t units) {
    NeighborSets sets;
    std::vector<std::uint32_t> place(units, 0);
    std::vector<std::uint8_t> used(units, 0);
    for (const matching::Pair& pair : pairs) used[pair.match] = 1;
    for (std::uint32_t i = 0; i < units; ++i) {
        if (used[i] == 0) continue;
        place[i] = static_cast<std::uint32_t>(sets.order.size());
        sets.order.push_back(i);
    }
    sets.offset.push_back(0);
    auto pair = pairs.begin();
    for (std::size_t i = 0; i < units; ++i) {
        for (; pair != pairs.end() && pair->focal == i; ++pair) {
            sets.ranges.push_back({place[pair->match], place[pair->match] + 1});
        }
        sets.offset.push_back(sets.ranges.size());
    }
    return sets;
}

NeighborSets joined(const NeighborSets& first, const NeighborSets& second) {
    const auto shift = static_cast<std::uint32_t>(first.order.size());
    NeighborSets sets;
    sets.order = first.order;
    sets.order.insert(sets.order.end(), second.order.begin(), second.order.end());
    sets.offset.push_back(0);
    for (std::size_t i = 0; i < first.units(); ++i) {
        for (const NeighborSets::Range& range : first.of(i)) sets.ranges.push_back(range);
        for (const NeighborSets::Range& range : second.of(i)) {
            sets.ranges.push_back({range.begin + shift, range.end + shift});
        }
        sets.offset.push_back(sets.ranges.size());
    }
    return sets;
}

}  // namespace twinfirm::effects
