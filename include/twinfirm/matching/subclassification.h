// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// Subclassification on the score: `settings.subclasses` bands between quantiles (type 7) of the score of the arm whose
/// effect is asked for, over both arms for the ATE; a band holds its lower bound. Each band is one set, nobody is left
/// out by it. Estimand ATT, ATE or ATC (Rosenbaum & Rubin 1984, JASA 79:516).
///
/// A band with fewer than `settings.min_n` units of an arm borrows: the nearest band with units of that arm to spare
/// hands its unit of the nearest score over, through the bands between, each of which hands one on. The side is the one
/// with more to spare, each band counting by one over how many bands away it is (on equality the lower one).
///
/// It cannot: strata, calipers, ratios, covariate distances (`setting_not_for_method` {method, setting}, usage). Other
/// errors: `subclasses_value` (usage; fewer than 2 or more than 10000 bands, or min_n below 1),
/// `subclass_too_few_units` {count, arm total} (statistics; an arm has fewer units than bands times min_n);
/// `no_treated`, `no_controls`, `no_common_support`. Cost: O(n log n).
[[nodiscard]] Result<MatchedSample> subclassification(const MatchProblem& problem,
                                                      const design::MatchingSettings& settings);

}  // namespace twinfirm::matching
