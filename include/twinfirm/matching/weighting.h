// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/stats/binary_regression.h"
#include "twinfirm/stats/design_matrix.h"

namespace twinfirm::matching {

/// An equation sum_i residual_i b_i = 0 whose solution the weights rest on, b_i the row of BalancingWeights::basis.
/// Standard errors that count the estimation of the weights need it (stacked M-estimation).
struct WeightEquation {
    std::vector<double> residual;
    Eigen::MatrixXd inverse;           ///< of minus the derivative of the sum by the coefficients
    std::vector<double> slope;         ///< derivative of a row's weight by its linear predictor in this equation
    std::vector<double> target_slope;  ///< the same of `target`; empty = 0
};

/// Weights that make the two arms alike. Vectors have one entry a row of the design matrix.
struct BalancingWeights {
    std::vector<double> weight;  ///< 0 = not in use; those of each arm sum to about the same, or to each arm's number
    std::vector<double> target;  ///< how much a row counts in the population whose effect is estimated
    Eigen::MatrixXd basis;       ///< an intercept and the independent covariates, centred and scaled
    std::vector<WeightEquation> equations;
};

/// Rows to be weighted: one flag a row of the design matrix for adopters and for rows in use.
struct WeightingProblem {
    const stats::DesignMatrix& design;
    std::span<const std::uint8_t> treated;
    std::span<const std::uint8_t> used;
    design::Estimand estimand = design::Estimand::att;
};

/// Inverse probability weights from the fitted score p (Rosenbaum 1987, JASA 82:387-394; Hirano, Imbens & Ridder 2003,
/// Econometrica 71:1161-1189), adopter | non-adopter: ATE 1/p | 1/(1-p); ATT 1 | p/(1-p); ATC (1-p)/p | 1.
/// `sample_weights`: those that the score was fitted with, or empty. They do not hold where p is near 0 or 1: the
/// weights then rest on few units (see weighting_messages). Cost: O(n p^2). Errors (statistics): `weighting_empty_arm`.
[[nodiscard]] Result<BalancingWeights> inverse_probability_weights(const WeightingProblem& problem,
                                                                   const stats::BinaryFit& fit,
                                                                   std::span<const double> sample_weights = {});

/// Overlap weights 1 - p | p (Li, Morgan & Zaslavsky 2018, JASA 113:390-400): the effect where the arms overlap (ATO).
/// With a logit the weighted means of all covariates are equal. The estimand of the problem is not read.
[[nodiscard]] Result<BalancingWeights> overlap_weights(const WeightingProblem& problem, const stats::BinaryFit& fit,
                                                       std::span<const double> sample_weights = {});

/// Entropy balancing (Hainmueller 2012, Political Analysis 20:25-46): of all weights with which the weighted covariate
/// means of an arm equal those of the target, the ones nearest to equal weights. ATT: the non-adopters are weighted to
/// the adopters' means; ATC: the reverse; ATE: both arms to the means of all. Newton's method on the dual, to 1e-10 of
/// a standard deviation. No score is fitted.
/// Errors (statistics): `weighting_empty_arm`; `weighting_no_balance` {covariate}: no weights reach the target's means,
/// the covariate being the one left furthest from it. Cost: O(n p^2) an iteration.
[[nodiscard]] Result<BalancingWeights> entropy_balancing(const WeightingProblem& problem);

/// Covariate balancing propensity score, just identified (Imai & Ratkovic 2014, JRSS B 76:243-263): the logit whose
/// inverse probability weights balance the means of all covariates exactly. ATT and ATC: the same weights as entropy
/// balancing but for a factor (Zhao & Percival 2017). ATE: by the convex loss of Zhao (2019, Ann. Stat. 47:965-993).
/// Errors as above. Cost: O(n p^2) an iteration.
[[nodiscard]] Result<BalancingWeights> covariate_balancing_weights(const WeightingProblem& problem);

/// `weights_extreme_treated` / `_control` {percent, count} when the `count` largest weights of an arm, the top 1 %,
/// hold more than 10 % of its sum and more than three times their share; `weights_few_effective_treated` / `_control`
/// {percent} when its effective sample size is below half its number; `weights_few_firms_treated` / `_control` {count}
/// when an arm whose weights are estimated has fewer than 200 firms: stacked M-estimation is then too small.
[[nodiscard]] Messages weighting_messages(const BalancingWeights& weights, std::span<const std::uint8_t> treated);

}  // namespace twinfirm::matching
