// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"

namespace twinfirm::evaluation {

/// What is done about covariates that the matching or weighting left unlike.
enum class OutcomeAdjustment {
    none,
    regression,  ///< weighted regression with interactions (g-computation)
    bias,        ///< Abadie & Imbens 2011, after matching with replacement
    aipw,        ///< augmented inverse probability weighting
    ipwra,       ///< weighted regression in each arm, with the error of the weights
};

enum class StandardError {
    automatic,
    cr0,
    cr1,
    two_way,
    ai,
    ai_homoscedastic,
    ai_estimated,
    hc0,
    hc1,
    hc3,
    m_estimation,
    bootstrap,
    permutation,
};

/// As the command line and the tables write them: `two-way`, `ai-estimated`, `m-estimation` ...
[[nodiscard]] std::string_view adjustment_code(OutcomeAdjustment adjustment);
[[nodiscard]] std::string_view standard_error_code(StandardError error);

/// The standard error that is used: the one asked for, or, when `automatic`, the one that holds for the design: with
/// replacement `ai` (adjusted by regression: `two_way`), for weights `m_estimation` (adjusted by regression: `hc3`),
/// without sets (kernel, none) `hc1`, else `cr1` by matched set.
///
/// @param by_group  effects are wanted by group too
/// Errors (usage), for what does not hold together: `effect_needs_replacement` {option}, `effect_needs_weighting`
/// {option}, `effect_options_exclusive` {first, second}, `bootstrap_with_replacement`, `permutation_with_replacement`,
/// `ai_estimated_design` (the estimated score's variance is known for matching on a logit alone, without limits).
[[nodiscard]] Result<StandardError> standard_error_for(const design::MatchingSettings& settings,
                                                       OutcomeAdjustment adjustment, StandardError asked,
                                                       bool by_group);

}  // namespace twinfirm::evaluation
