// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/matched_outcomes.h"

namespace twinfirm::effects {

/// What is left out where an outcome is missing.
enum class MissingOutcome {
    pair,  ///< the whole matched set, so that adopters and non-adopters stay alike
    unit,  ///< the one observation; the weights of the others stay
};

/// The observations with an outcome.
struct CompleteOutcomes {
    MatchedOutcomes outcomes;
    std::vector<std::size_t> rows;          ///< their places in the input, ascending
    std::int64_t dropped_sets = 0;          ///< sets with at least one observation left out
    std::int64_t dropped_observations = 0;  ///< observations left out
};

/// Errors (usage): `effects_unequal_lengths`, `effects_weight_not_positive` with the observation. Cost: O(n log n).
[[nodiscard]] Result<CompleteOutcomes> complete_outcomes(const MatchedOutcomes& outcomes, MissingOutcome rule);

}  // namespace twinfirm::effects
