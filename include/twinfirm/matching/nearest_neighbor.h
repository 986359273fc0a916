// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// The order that users of R's MatchIt get when they name none: `largest` for ATT, `smallest` for ATC.
[[nodiscard]] design::MatchOrder default_order(design::Estimand estimand);

/// Nearest-neighbour matching on a score. Each focal unit (adopters for ATT, non-adopters for ATC) gets up to
/// `settings.ratio` units of the other arm, from its own stratum and within the caliper.
///
/// Without replacement the focal units choose one after the other in the settings' order, in `ratio` rounds: every unit
/// gets its first match before any gets its second.
/// - largest, smallest: by score; equal scores by rank
/// - data: by rank, so by row where no rank is given
/// - random: a shuffle, from the seed, of the focal units in order of rank
/// - closest: the closest pair of all that are left goes first
/// - farthest: in falling order of the distance to the nearest candidate at the beginning of the round, so that those
///   hardest to match go first (as in R's MatchIt, which does not rank them again when candidates go)
///
/// Variable ratio (`min_controls`, `max_controls`): `ratio` matches on average, as many units as possible with the
/// most, those with the extreme scores with the least (Ming & Rosenbaum 2000, Biometrics 56:118). `max_reuse` lets a
/// candidate stand in that many sets, in the settings' order. A pair must also lie within the calipers of covariates
/// and differ in the columns of `anti_exact`.
///
/// Ties, so that the order of the rows does not matter: the smaller |distance|; then the match with the lower score;
/// then the smaller rank. `closest` takes, of pairs equally close, the one with the lower focal score, then as above;
/// `farthest`, of units equally far from their nearest, the one of smaller rank.
/// Scores on one side of the focal unit are compared themselves and not by their rounded distances.
///
/// Weights: focal units in a set 1; a match the sum over its sets of 1/(matches in the set); then the non-zero weights
/// of each arm are scaled to mean 1. Sets with fewer matches than asked are kept and counted in a message.
///
/// With replacement the order does not matter, and `keep_ties` makes matches of all candidates within `tie_tolerance`
/// of the last of a unit's nearest, so that nothing is left to a rule of ties (as Abadie & Imbens 2006 define the
/// matches). For the ATE with replacement the units of both arms are focal, each with matches of the other; a unit's
/// weight is 1 as a focal unit and its shares as a match.
///
/// Every outcome is looked over again (verify_match.h) before it is handed out.
///
/// Cost: O(n log n) for sorting, then near-linear (union-find over the sorted scores; a heap of neighbouring pairs for
/// `closest`); with limits beside the score's caliper a search costs at worst the number of candidates within the
/// caliper. Strata are solved in parallel. Source of the definitions: Stuart 2010 (Stat. Sci. 25:1); union-find: Gabow
/// & Tarjan 1985 (interval union).
///
/// Errors (usage): `estimand_not_for_nearest` (ATE without replacement: a pair says nothing of units
/// without one), `ratio_value`,
/// `caliper_value`, `variable_ratio_value`, `max_reuse_value`, `covariate_caliper_value`, `ties_need_replacement`,
/// `tie_tolerance_value`; (statistics): `no_treated`, `no_controls`, `no_common_support`, `no_shared_strata`,
/// `score_not_finite`, `caliper_sd_undefined`, `caliper_drops_all` (with the smallest distance there is, and the
/// caliper that gives half of the focal units a candidate), `pair_limits_drop_all`, `match_verification_failed`;
/// `cancelled`. Throws std::invalid_argument if the spans' lengths differ.
[[nodiscard]] Result<MatchedSample> nearest_neighbor(const MatchProblem& problem,
                                                     const design::MatchingSettings& settings,
                                                     const CancellationToken& cancellation = {});

}  // namespace twinfirm::matching
