// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "pair_limits.h"
#include "score_line.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// Who takes part in a matching, stratum by stratum, and by which limits. The tasks point into the other members.
struct MatchSetup {
    MatchedSample sample;  ///< arms, reasons of the units left out, calipers
    std::vector<ScoredUnit> focal;
    std::vector<ScoredUnit> pool;
    PairLimits limits;
    std::vector<std::uint32_t> wanted;  ///< matches for each of `focal`; empty = the ratio for all
    std::vector<StratumTask> tasks;

    MatchSetup() = default;
    MatchSetup(const MatchSetup&) = delete;
    MatchSetup& operator=(const MatchSetup&) = delete;
};

/// Fills `setup`. Errors: those of nearest_neighbor() that can be told before matching.
[[nodiscard]] Status prepare_match(const MatchProblem& problem, const design::MatchingSettings& settings,
                                   MatchSetup& setup);

/// Sets, weights, reasons and warnings from the choices, all looked over again.
[[nodiscard]] Result<MatchedSample> finish_match(const MatchProblem& problem, const design::MatchingSettings& settings,
                                                 MatchSetup& setup, const Choices& choices);

}  // namespace twinfirm::matching
