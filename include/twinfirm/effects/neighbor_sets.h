// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twinfirm/matching/covariate_metric.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::effects {

/// For each unit a set of units, possibly empty. A set is a list of ranges of places in one common order of the units,
/// so that a set of many tied units costs no more than a set of one.
struct NeighborSets {
    struct Range {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
    };
    std::vector<std::uint32_t> order;  ///< the units that stand in sets, each once
    std::vector<std::size_t> offset;   ///< units + 1 entries: unit i has ranges[offset[i]] .. ranges[offset[i + 1] - 1]
    std::vector<Range> ranges;

    [[nodiscard]] std::size_t units() const { return offset.empty() ? 0 : offset.size() - 1; }
    [[nodiscard]] std::span<const Range> of(std::size_t unit) const {
        return std::span(ranges).subspan(offset[unit], offset[unit + 1] - offset[unit]);
    }
    /// Units in the set of `unit`.
    [[nodiscard]] std::size_t count(std::size_t unit) const;
};

/// How many neighbours, and from when on distances are equal.
struct NeighborRule {
    std::size_t neighbors = 1;
    double tie_tolerance = 0;  ///< a unit no further than the last of the nearest plus this is a neighbour too
};

/// Who is asked for and who may be a neighbour: one flag a unit. A unit that is in both is its own nearest neighbour.
struct NeighborSearch {
    std::span<const std::uint8_t> asking;
    std::span<const std::uint8_t> answering;
    std::span<const std::int32_t> stratum = {};  ///< neighbours are of the same stratum; empty = one; negative = none
    NeighborRule rule;
};

/// The nearest by |difference of the scores|, all ties included; fewer where a stratum has fewer. A NaN neither asks
/// nor answers. Equal scores stand in the order of their unit numbers. Cost: O(n log n + n k), whatever the ties.
[[nodiscard]] NeighborSets score_neighbors(std::span<const double> score, const NeighborSearch& search);

/// The nearest by the points' Euclidean distance, all ties included, by a k-d tree (Bentley 1975, Commun. ACM 18:509)
/// for each stratum. Points with a NaN neither ask nor answer. Cost: about O(n log n) for a few dimensions.
[[nodiscard]] NeighborSets point_neighbors(const matching::CovariatePoints& points, const NeighborSearch& search);

/// The matches of each focal unit of a matching with replacement. Pairs in order of their focal units.
[[nodiscard]] NeighborSets pair_neighbors(std::span<const matching::Pair> pairs, std::size_t units);

/// The sets of both: of each unit the units of either. No unit may answer in both.
[[nodiscard]] NeighborSets joined(const NeighborSets& first, const NeighborSets& second);

}  // namespace twinfirm::effects
