// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// Optimal full matching: sets of one adopter with several others or of one other with several adopters, in which
/// everybody is who has anybody within the limits, with the smallest total distance between the one and the several
/// (Rosenbaum 1991, JRSS B 53:597; Hansen 2004, JASA 99:609; Hansen & Klopfer 2006, J. Comput. Graph. Stat. 15:609).
/// Estimand ATT, ATE or ATC. MatchedSample::pairs holds the links between the one and the several.
///
/// Such sets are an edge cover of smallest total length, so the total is the sum over all units of the distance to the
/// nearest, mu, less what a choice of disjoint pairs saves, mu_i + mu_j - d_ij each; only pairs that save anything need
/// be looked at. On a score without limits on covariates some best choice does not cross (exchanging the partners of
/// two crossing pairs never lengthens the sum, nor the longer of the two), so that it is the heaviest rising sequence
/// of those pairs: O(arcs log n). Otherwise the best choice is a minimum-cost flow (network simplex of LEMON; Kovacs
/// 2015, Optim. Methods Softw. 30:94).
///
/// `min_controls` and `max_controls` bound the controls for each adopter of a set (1/k = one for k adopters, 0 = no
/// bound); then all pairs within the limits are arcs of the flow.
///
/// Limits of size, beyond which it fails with `full_matching_too_large` {arcs, limit} (statistics): 50 million arcs on
/// a score, 4 million in a flow, 400 million pairs of units of a stratum looked at for a covariate distance. Other
/// errors: `full_matching_infeasible` (statistics; the bounds cannot be met in a stratum), `full_ratio_value` (usage),
/// `setting_not_for_method` {method, setting} (usage), those of generalized_full_matching().
[[nodiscard]] Result<MatchedSample> full_matching(const MatchProblem& problem, const design::MatchingSettings& settings,
                                                  const CancellationToken& cancellation = {});

}  // namespace twinfirm::matching
