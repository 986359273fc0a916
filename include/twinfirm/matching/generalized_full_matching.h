// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// Generalised full matching with at least one unit of each arm in every set (Savje, Higgins & Sekhon 2021, Polit.
/// Anal. 29:423): everybody who has anybody within reach is in a set, and sets are close together. Estimand ATT, ATE or
/// ATC.
///
/// Each unit points to its nearest of the other arm. A unit and the one it points to found a set if neither is in one
/// yet; first those that the fewest others point to, so that there are many, small sets (then by distance, score,
/// rank). Then each unit left joins the set of the one it points to, which is in one by then. No link is longer than
/// the longest of the units' nearest distances, below which no matching that leaves nobody out can stay; two units of a
/// set are at most three links apart, so the widest set is at most three times as wide as the best possible.
/// MatchedSample::pairs holds the links that joined each set.
///
/// With a caliper the units without anybody within it stay out (`outside_caliper`), and every unit of a set has one of
/// the other arm in it within the caliper; pairs that are not linked may lie further apart. Strata are solved in
/// parallel. A covariate distance (`problem.points`) takes the place of the score's.
///
/// Cost: O(n log n) on a score. Errors: `setting_not_for_method` {method, setting} (usage) for a ratio, re-use, limits
/// on covariates; those of nearest_neighbor() about the data; `no_shared_strata`, `caliper_drops_all`; `cancelled`.
[[nodiscard]] Result<MatchedSample> generalized_full_matching(const MatchProblem& problem,
                                                              const design::MatchingSettings& settings,
                                                              const CancellationToken& cancellation = {});

}  // namespace twinfirm::matching
