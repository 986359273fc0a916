// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "pair_limits.h"
#include "twinfirm/matching/covariate_metric.h"

namespace twinfirm::matching {

/// A unit on the score's line. Within a stratum and arm, units are sorted by (score, rank).
struct ScoredUnit {
    double score = 0;
    std::uint32_t rank = 0;
    std::uint32_t row = 0;
    std::int32_t stratum = 0;
};

/// One match of a focal unit, in the order in which it was chosen.
struct Choice {
    std::uint32_t focal_row = 0;
    std::uint32_t match_row = 0;
    double distance = 0;
};

/// As often as one likes.
constexpr std::uint32_t any_number = std::numeric_limits<std::uint32_t>::max();

/// What the units of one stratum can choose from and by which limits.
struct StratumTask {
    std::span<const ScoredUnit> focal;
    std::span<const ScoredUnit> pool;
    std::size_t ratio = 1;
    double caliper = std::numeric_limits<double>::infinity();
    std::uint32_t uses = 1;                   ///< sets that a candidate may stand in, any_number = no limit
    std::span<const std::uint32_t> wanted;    ///< matches for each focal unit; empty = `ratio` for all
    const CovariatePoints* points = nullptr;  ///< nearest by their distance; nullptr = by the score's
    const PairLimits* limits = nullptr;       ///< nullptr = none beside the caliper
    bool keep_ties = false;                   ///< with replacement: whoever is as near as the last match is one too
    double tie_tolerance = 0;

    [[nodiscard]] std::size_t wanted_by(std::size_t focal_place) const {
        return wanted.empty() ? ratio : wanted[focal_place];
    }
    [[nodiscard]] bool allow(std::size_t focal_row, std::size_t match_row) const {
        return limits == nullptr || limits->allow(focal_row, match_row);
    }
};

/// The choices of all strata so far.
struct Choices {
    std::vector<Choice> made;
    std::size_t tied = 0;
};

/// Those of all strata, one after the other.
[[nodiscard]] Choices joined(const std::vector<Choices>& by_stratum);

/// Units of equal score, as places in a sorted span; `next` is the first (by rank) not yet taken.
struct ScoreGroup {
    double score = 0;
    std::uint32_t next = 0;
    std::uint32_t end = 0;

    [[nodiscard]] bool empty() const { return next == end; }
    [[nodiscard]] std::uint32_t left() const { return end - next; }
};

[[nodiscard]] std::vector<ScoreGroup> score_groups(std::span<const ScoredUnit> sorted);

/// For each unit of `from` the number of groups with a score not above its own. Both sorted by score; linear.
[[nodiscard]] std::vector<std::uint32_t> groups_not_above(std::span<const ScoredUnit> from,
                                                          const std::vector<ScoreGroup>& groups);

/// For each unit of `from` the |distance| to the nearest of `to` (infinity if there is none). Both sorted; linear.
[[nodiscard]] std::vector<double> nearest_distances(std::span<const ScoredUnit> from, std::span<const ScoredUnit> to);

/// The focal units, as places in `task.focal`, choose in this order without replacement.
void choose_in_order(const StratumTask& task, std::span<const std::uint32_t> order, Choices& choices);

/// The closest pair that is left is joined first, without replacement.
void choose_closest_first(const StratumTask& task, Choices& choices);

/// Every focal unit takes its nearest candidates; candidates may serve several units.
void choose_with_replacement(const StratumTask& task, Choices& choices);

/// As many pairs as the caliper allows, without replacement, and among all such choices the smallest total distance.
void choose_optimal(const StratumTask& task, Choices& choices);

}  // namespace twinfirm::matching
