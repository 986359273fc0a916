// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/result.h"
#include "twinfirm/design/effect_settings.h"
#include "twinfirm/design/matching_settings.h"

namespace twinfirm::evaluation {

using design::adjustment_code;
using design::OutcomeAdjustment;
using design::standard_error_code;
using design::StandardError;

/// The standard error that is used: the one asked for, or, when `automatic`, the one that holds for the design: with
/// replacement `ai` (adjusted by regression: `two_way`), for weights `m_estimation` (adjusted by regression: `hc3`),
/// without sets (kernel, none) `hc1`, else `cr1` by matched set.
///
/// @param by_group    effects are wanted by group too
/// @param by_cluster  errors are to be clustered by a column: `automatic`, `cr1` and `two_way` become `cluster`, `cr0`
///                    `cluster_cr0`; `m_estimation` stays and is summed by cluster
/// Errors (usage), for what does not hold together: `effect_needs_replacement` {option}, `effect_needs_weighting`
/// {option}, `effect_options_exclusive` {first, second}, `bootstrap_with_replacement`, `permutation_with_replacement`,
/// `ai_estimated_design` (the estimated score's variance is known for matching on a logit alone, without limits).
[[nodiscard]] Result<StandardError> standard_error_for(const design::MatchingSettings& settings,
                                                       OutcomeAdjustment adjustment, StandardError asked, bool by_group,
                                                       bool by_cluster = false);

}  // namespace twinfirm::evaluation
