// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"
#include "twinfirm/effects/matched_outcomes.h"
#include "twinfirm/effects/missing_outcome.h"
#include "twinfirm/effects/standard_error.h"

namespace twinfirm::effects {

/// Weighted mean of the adopters minus weighted mean of the non-adopters: the coefficient of treatment in the weighted
/// regression of the outcome on it (Ho, Imai, King & Stuart 2007). Influence of an adopter w (y - mean_1) / sum w_1, of
/// a non-adopter -w (y - mean_0) / sum w_0; standard error as `kind` says (k = 2).
///
/// The target (ATT, ATC, ATE) is the one the weights were made for. An arm without observations gives NaN, one cluster
/// an estimate without standard error. Errors (usage): those of complete_outcomes, `effects_confidence_level`.
[[nodiscard]] Result<Estimate> difference_in_means(const MatchedOutcomes& outcomes, SeKind kind, double confidence,
                                                   MissingOutcome missing = MissingOutcome::pair);

}  // namespace twinfirm::effects
