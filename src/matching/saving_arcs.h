// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "nearest_links.h"
#include "twinfirm/base/result.h"

namespace twinfirm::matching {

/// A pair of a stratum, by places.
struct SavingArc {
    std::uint32_t focal = 0;
    std::uint32_t pool = 0;
    double distance = 0;
    double saving = 0;  ///< sum of the two units' nearest distances less the distance
};

/// The admissible pairs that save anything, by focal place, then pool place. Where they lie in a row on the score's
/// line only those are looked at; otherwise all pairs. Error `full_matching_too_large` {arcs, limit} beyond `most`.
[[nodiscard]] Result<std::vector<SavingArc>> saving_arcs(const StratumTask& task, const NearestLinks& links,
                                                         std::size_t most);

/// All admissible pairs. The same error.
[[nodiscard]] Result<std::vector<SavingArc>> admissible_arcs(const StratumTask& task, std::size_t most);

/// Disjoint pairs that save most in all, for arcs of a score without limits on covariates: the heaviest sequence of
/// arcs that rises in both places, by prefix maxima in a binary indexed tree (Fenwick 1994). O(arcs log pool).
[[nodiscard]] std::vector<std::size_t> heaviest_rising_sequence(const std::vector<SavingArc>& arcs, std::size_t pool);

/// Pairs of units that may be looked at one by one.
constexpr std::size_t most_pairs_compared = 400'000'000;

}  // namespace twinfirm::matching
