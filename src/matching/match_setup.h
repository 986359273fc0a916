// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "score_line.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/matching/matched_sample.h"
#include "unit_setup.h"

namespace twinfirm::matching {

/// Who takes part in a matching, stratum by stratum, and by which limits. The tasks point into the other members.
struct MatchSetup {
    UnitSetup units;
    std::vector<ScoredUnit> focal;
    std::vector<ScoredUnit> pool;
    std::vector<std::uint32_t> wanted;  ///< matches for each of `focal`; empty = the ratio for all
    std::vector<StratumTask> tasks;

    MatchSetup() = default;
    MatchSetup(const MatchSetup&) = delete;
    MatchSetup& operator=(const MatchSetup&) = delete;
};

/// Fills `setup`. Errors: those of nearest_neighbor() that can be told before matching.
[[nodiscard]] Status prepare_match(const MatchProblem& problem, const design::MatchingSettings& settings,
                                   MatchSetup& setup);

/// Error `no_shared_strata` if no stratum has both arms, `caliper_drops_all` if nobody has a candidate within the
/// caliper (infinity = none), with what would be needed instead.
[[nodiscard]] Status require_candidates(const std::vector<StratumTask>& tasks, double caliper);

/// Sets, weights, reasons and warnings from the choices, all looked over again.
[[nodiscard]] Result<MatchedSample> finish_match(const MatchProblem& problem, const design::MatchingSettings& settings,
                                                 MatchSetup& setup, const Choices& choices);

}  // namespace twinfirm::matching
