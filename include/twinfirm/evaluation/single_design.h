// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/balance/balance_table.h"
#include "twinfirm/base/result.h"
#include "twinfirm/effects/difference_in_means.h"
#include "twinfirm/effects/pair_bootstrap.h"
#include "twinfirm/effects/regression_adjusted.h"
#include "twinfirm/evaluation/cross_section.h"
#include "twinfirm/evaluation/effect_choice.h"

namespace twinfirm::evaluation {

/// An outcome of a cross-section: a column, or a difference of two, each as it is or as its logarithm:
/// `y`, `log(y)`, `y2-y1`, `log(y2)-log(y1)`. A logarithm of a value <= 0 is missing.
/// Errors (usage): `outcome_syntax`, `variable_unknown`, `outcome_not_numeric`.
[[nodiscard]] Result<std::vector<double>> outcome_values(const stats::Frame& frame, std::string_view expression);

struct EffectSettings {
    OutcomeAdjustment adjustment = OutcomeAdjustment::none;
    StandardError error = StandardError::cr1;  ///< one that standard_error_for() gave, not `automatic`
    effects::MissingOutcome missing = effects::MissingOutcome::pair;
    double confidence = 0.95;
    effects::Target target = effects::Target::adopters;  ///< whose covariates the adjustment averages over
    int variance_neighbors = 2;  ///< besides the unit itself, for Abadie & Imbens' local variances
    effects::ResamplingOptions resampling;
    std::vector<std::int32_t> cluster{};  ///< of each row of the frame, >= 0, for errors by cluster; empty = none
};

/// The effect on one outcome in one group of the focal arm.
struct SingleEffect {
    std::string outcome;
    std::string group;      ///< `column=value`; empty = all
    std::string estimator;  ///< difference_in_means, weighted_difference, regression, bias_corrected, aipw, ipwra
    effects::Estimate effect;
    double percent = effects::not_available;  ///< of the counterfactual mean; NaN for logarithms
};

/// Balance before and after a cross-section's matching, the score first.
[[nodiscard]] std::vector<balance::BalanceRow> cross_section_balance(const CrossSection& match,
                                                                     const std::vector<std::uint8_t>& treated,
                                                                     design::Estimand estimand, unsigned threads);

/// The same for squares and products of the covariates: balance::interaction_balance().
[[nodiscard]] std::vector<balance::BalanceRow> cross_section_interactions(const CrossSection& match,
                                                                          const std::vector<std::uint8_t>& treated,
                                                                          design::Estimand estimand, unsigned threads);

/// Effects of a matched cross-section on each outcome, for all sets and for the sets of each group of the focal unit.
/// With replacement a unit stands in every set that uses it. Standard errors as `settings.error` says.
/// Sets of several units of both arms: each unit of the target (adopters, non-adopters or all) in the group weighs 1,
/// and the other arm of its set together 1 for it. Weights without sets (kernel) are taken as they are.
/// With few matched sets, or few clusters of the column asked for, small_sample_test() stands beside the error.
/// Errors (usage): those of outcome_values; `variable_unknown` for a group.
[[nodiscard]] Result<std::vector<SingleEffect>> cross_section_effects(
    const stats::Frame& frame, const CrossSection& match, const std::vector<std::uint8_t>& treated,
    const std::vector<std::string>& outcomes, const std::vector<std::string>& by, const EffectSettings& settings);

}  // namespace twinfirm::evaluation
