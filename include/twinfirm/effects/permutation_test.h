// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"
#include "twinfirm/effects/matched_outcomes.h"
#include "twinfirm/effects/missing_outcome.h"
#include "twinfirm/effects/pair_bootstrap.h"

namespace twinfirm::effects {

struct PermutationTest {
    Estimate effect;                ///< difference in means and p value; no standard error, no interval
    bool exact = false;             ///< all assignments were looked at
    std::uint64_t assignments = 0;  ///< looked at, the one that happened among them
};

/// Test of no effect on any firm (Fisher 1935; Rosenbaum 2002, Observational Studies, section 2.4): within each matched
/// set any of its firms could as well have been the adopters. The p value is the share of assignments whose difference
/// in means is at least as far from 0 as the one that happened. All assignments are looked at where there are at most
/// 200,000 of them; else `replications` drawn ones, p = (1 + as far) / (1 + drawn) (Phipson & Smyth 2010). Without sets
/// all observations are one set.
///
/// Right for few pairs, where standard errors are not. It does not hold where a firm stands in several sets.
/// Errors (usage): `permutation_with_replacement`; `permutation_unequal_weights` when the observations of one arm of a
/// set weigh differently; those of complete_outcomes. An empty arm gives NaN. Cost: O(assignments x sets) or
/// O(replications n).
[[nodiscard]] Result<PermutationTest> permutation_test(const MatchedOutcomes& outcomes,
                                                       const ResamplingOptions& options,
                                                       MissingOutcome missing = MissingOutcome::pair);

}  // namespace twinfirm::effects
