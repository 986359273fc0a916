// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "pair_limits.h"
#include "score_line.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// Who takes part in a matching by any method, and within which limits.
struct UnitSetup {
    MatchedSample sample;              ///< arms, reasons of the units left out, calipers
    std::vector<std::uint8_t> usable;  ///< 1 = takes part
    double caliper = std::numeric_limits<double>::infinity();
    PairLimits limits;
};

/// Fills `setup`. Errors: those of nearest_neighbor() about the data, the ratio, the support and the calipers.
[[nodiscard]] Status prepare_units(const MatchProblem& problem, const design::MatchingSettings& settings,
                                   UnitSetup& setup);

/// Usable units of one arm by (stratum, score, rank): sorted stably by the score, then dealt out to their strata.
[[nodiscard]] std::vector<ScoredUnit> sorted_arm(const MatchProblem& problem, const UnitSetup& setup, std::uint8_t arm);

/// The two arms cut into their strata; `common` has what is the same for all.
[[nodiscard]] std::vector<StratumTask> stratum_tasks(std::span<const ScoredUnit> focal,
                                                     std::span<const ScoredUnit> pool,
                                                     std::span<const std::uint32_t> wanted, const StratumTask& common);

/// The sample with its verification; error `match_verification_failed` (statistics) if that found anything.
[[nodiscard]] Result<MatchedSample> checked_sample(const MatchProblem& problem,
                                                   const design::MatchingSettings& settings, MatchedSample sample);

}  // namespace twinfirm::matching
