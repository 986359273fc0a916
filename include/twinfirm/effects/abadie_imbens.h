// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"
#include "twinfirm/effects/neighbor_sets.h"

namespace twinfirm::effects {

/// Matching with replacement. The estimand follows from who has matches: adopters alone (ATT), non-adopters alone
/// (ATC), both (ATE).
struct ReplacementMatching {
    std::span<const std::uint8_t> treated;  ///< 1 = adopter
    NeighborSets matches;                   ///< J(i): units of the other arm; nobody = not in the estimate
    NeighborSets own_arm;       ///< H(i): the nearest of the unit's own arm, itself among them; for every unit in use
    NeighborSets own_arm_wide;  ///< stands in where H(i) holds the unit alone; may be empty
};

/// What is known of the outcome's variance given the covariates.
enum class AiVariance {
    robust,         ///< of each unit its own, from H(i)
    homoscedastic,  ///< one for all, from the matched pairs (the default of R's Matching)
};

/// The matching estimator and its variance by Abadie & Imbens (2006, Econometrica 74:235-267, theorems 1, 6 and 7).
///
/// With m_i = |J(i)|, yhat_i the mean of J(i), d_i = (y_i - yhat_i) for adopters and its negative for non-adopters,
/// n the units in the target, K_j = sum 1/m_i and K'_j = sum 1/m_i^2 over the target units whose J holds j:
/// - tau = mean of d_i over the target
/// - V = [ sum_target (d_i - tau)^2 + sum_j s_j^2 c_j ] / n^2, c_j = K_j^2 - K'_j, and 2 K_j more for j in the target
/// - robust: s_j^2 the sample variance of y over H(j): itself and its 2 nearest is Stata's nnmatch and R's Matching
/// with
///   Var.calc = 2; itself and its nearest is Stata's psmatch
/// - homoscedastic: s^2 = half the mean over the target of the mean over J(i) of (d_ij - tau)^2
///
/// Bias-corrected (Abadie & Imbens 2011, JBES 29:1-11): yhat_i = mean over J(i) of y_j + (x_i - x_j)'b, b from the
/// regression of y on the covariates among the units of the other arm that are matches, weighted by K.
///
/// Intervals are normal. The variance of the estimated score is not in it: estimated_score_variance. `target`: one flag
/// a unit, empty = everybody with matches; matches outside the target keep K of the target alone. A missing outcome
/// (NaN) counts as no unit: whole sets are to be dropped before. Units in no set are not read. Nobody in the target
/// gives NaN. It does not hold where matches are not put back, and not for the sample's own average effect.
/// Error (usage): `effects_confidence_level`, `effects_unequal_lengths`. Cost: O(n log n), with covariates O(n p^2).
struct AbadieImbensOptions {
    AiVariance variance = AiVariance::robust;
    double confidence = 0.95;
    std::span<const std::uint8_t> target = {};
    const Eigen::MatrixXd* covariates = nullptr;  ///< for the bias correction: one row a unit, no intercept
};
[[nodiscard]] Result<Estimate> abadie_imbens(const ReplacementMatching& matching, std::span<const double> outcome,
                                             const AbadieImbensOptions& options = {});

}  // namespace twinfirm::effects
