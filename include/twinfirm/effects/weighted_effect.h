// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"
#include "twinfirm/matching/weighting.h"

namespace twinfirm::effects {

enum class WeightedEstimator {
    difference,  ///< weighted mean of the adopters minus that of the non-adopters (Hajek)
    aipw,        ///< augmented by a regression in each arm: right if the weights or the regressions are
    ipwra,       ///< weighted regression in each arm, predictions averaged over the target: doubly robust too
};

struct WeightedEffect {
    Estimate effect;
    double counterfactual_mean = not_available;  ///< what the target would have had without adoption
    double target = 0;                           ///< sum of the target's weights over the rows of the effect
    std::vector<double> influence;               ///< of each row on the estimate; empty where there is none
    std::vector<double> target_influence;        ///< of each row on `target`: its weight, and through the equations
};

/// The effect from balancing weights w, with the standard error of stacked M-estimation: the equations of the weights,
/// of the regressions and of the effect are solved together (Stefanski & Boos 2002, American Statistician 56:29-38;
/// Lunceford & Davidian 2004, Stat. Med. 23:2937-2960), so that the estimation of the score is in it. With m_a(x) the
/// least-squares regression of y in arm a on the covariates of the weights, g the target's weights and means weighted
/// as named:
/// - difference: mean_w(y | 1) - mean_w(y | 0)
/// - aipw: mean_g(m_1 - m_0) + mean_w(y - m_1 | 1) - mean_w(y - m_0 | 0), m_a unweighted (Robins, Rotnitzky & Zhao
/// 1994,
///   JASA 89:846-866, with weights scaled to sum 1)
/// - ipwra: mean_g(m_1 - m_0), m_a weighted by w (Wooldridge 2007, Journal of Econometrics 141:1281-1301)
/// V = sum of squared influences, without a factor for small samples; normal interval.
///
/// @param treated, outcome, used  one entry a row of the weights; a missing outcome (NaN) leaves the row out of the
/// effect,
///                                not out of the equations of the weights. `used`: rows of the effect; empty = all
/// An arm without rows gives NaN. Error (usage): `effects_confidence_level`, `effects_unequal_lengths`.
/// Cost: O(n p^2).
[[nodiscard]] Result<WeightedEffect> weighted_effect(const matching::BalancingWeights& weights,
                                                     std::span<const std::uint8_t> treated,
                                                     std::span<const double> outcome, WeightedEstimator estimator,
                                                     double confidence, std::span<const std::uint8_t> used = {});

}  // namespace twinfirm::effects
