// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// Exact matching, and coarsened exact matching where the strata come from coarsened covariates (coarsening.h): all
/// units of a stratum of the problem that has both arms are one set; the units of other strata stay out
/// (`no_candidate_in_stratum`). Estimand ATT, ATE or ATC of the units left, which is not that of all units where a
/// stratum is lost. Sources: Stuart 2010 (Stat. Sci. 25:1); Iacus, King & Porro 2012 (Polit. Anal. 20:1).
///
/// The score is not used, but a unit without one (NaN) is Reason::missing_covariate. Cost: O(n).
/// Errors: `setting_not_for_method` {method, setting} (usage) for a caliper, a ratio, re-use, limits; `no_treated`,
/// `no_controls`, `no_shared_strata` (statistics).
[[nodiscard]] Result<MatchedSample> exact_matching(const MatchProblem& problem,
                                                   const design::MatchingSettings& settings);

/// Pairs within the strata: the units of the focal arm (adopters for the ATT, non-adopters for the ATC) each take the
/// nearest of the other arm that is left, by the distance of `problem.points` (by the score's without), in the
/// settings' order; the rest is left out (`candidates_used_up`, `not_selected`). No stratum then needs weights, at the
/// price of the units left out. Errors: as exact_matching() and nearest_neighbor().
[[nodiscard]] Result<MatchedSample> k2k_matching(const MatchProblem& problem, const design::MatchingSettings& settings,
                                                 const CancellationToken& cancellation = {});

}  // namespace twinfirm::matching
