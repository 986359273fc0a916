// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// Optimal pair matching, without replacement: of all choices of pairs within strata and caliper, with at
/// most `settings.ratio` matches for a focal unit and at most one set for a candidate, those with the most pairs, and
/// among them one with the smallest total |distance|. Estimand: ATT or ATC, as nearest_neighbor(). With a ratio above
/// 1 pairs are counted, not complete sets: a unit may get one match where two units would otherwise get none.
///
/// On a score, exchanging the matches of two crossing pairs never lengthens the total nor the longer of the two, so
/// some optimal solution is monotone, caliper or not. It is found by dynamic programming over (focal unit, candidate)
/// with the number of pairs and the total as two numbers, on the candidates within the caliper only. Before that the
/// line is cut wherever no pair of an optimal solution can cross: at gaps wider than the caliper, and where no focal
/// unit would cross if all took their nearest free candidate to one side (Savje 2020, comment on Yu, Silber &
/// Rosenbaum, Stat. Sci. 35; the argument stands in docs/methods.md). Where adopters are few the pieces are short.
///
/// Among equally good solutions candidates of lower score, then smaller rank, are taken; the order of the rows does not
/// matter. Totals are sums of doubles: two solutions that differ by rounding alone count as equal.
///
/// Cost: O(n log n) for sorting, then the sum over the pieces of (focal units x ratio) x (candidates within the caliper
/// of one), two bits a cell; beyond 64 MiB of them the pieces are solved twice, block by block.
///
/// By a distance of covariates (`problem.points`), or with limits on covariates or anti-exact columns, no line helps:
/// then a largest flow tells how many pairs there can be and a minimum-cost flow (network simplex of LEMON) which are
/// the shortest, over the (focal units x ratio) nearest candidates of each focal unit; totals are exact to 2^-34 of the
/// largest distance and better. That is for strata of some thousands of focal units: beyond 4 million such arcs, or 400
/// million pairs of units of a stratum, it fails with `optimal_too_large` {arcs, limit} (statistics).
///
/// It cannot: use candidates again, a variable ratio (`setting_not_for_optimal` {setting}, usage). Other errors as
/// nearest_neighbor().
[[nodiscard]] Result<MatchedSample> optimal_pairs(const MatchProblem& problem, const design::MatchingSettings& settings,
                                                  const CancellationToken& cancellation = {});

}  // namespace twinfirm::matching
