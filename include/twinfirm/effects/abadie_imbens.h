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

/// Matches found with replacement. The estimand follows from who has matches: adopters alone (ATT), non-adopters alone
/// (ATC), both (ATE).
struct ReplacementMatching {
    std::span<const std::uint8_t> treated;  ///< 1 = adopter
    NeighborSets matches;                   ///< J(i): units of the other arm; nobody = not in the estimate
};

/// What is known of the outcome's variance given the covariates.
enum class AiVariance {
    robust,         ///< of each unit its own: AbadieImbensOptions::local_variance
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
    std::span<const double> local_variance = {};  ///< s^2 of each unit that is a match; for AiVariance::robust
    double confidence = 0.95;
    std::span<const std::uint8_t> target = {};
    const Eigen::MatrixXd* covariates = nullptr;  ///< for the bias correction: one row a unit, no intercept
};
[[nodiscard]] Result<Estimate> abadie_imbens(const ReplacementMatching& matching, std::span<const double> outcome,
                                             const AbadieImbensOptions& options = {});

/// Sample variance of the outcome over each unit's nearest of its own arm, itself among them: with its 2 nearest others
/// the rule of Stata's nnmatch and of R's Matching with Var.calc = 2, with its nearest other that of Stata's psmatch.
/// `wide` stands in where `own_arm` holds the unit alone; it may be empty. NaN where neither holds two. O(n log n).
[[nodiscard]] std::vector<double> local_variances(const NeighborSets& own_arm, const NeighborSets& wide,
                                                  std::span<const double> outcome);

}  // namespace twinfirm::effects
