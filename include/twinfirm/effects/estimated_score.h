// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>

#include "twinfirm/matching/covariate_metric.h"

namespace twinfirm::effects {

/// The score as it was estimated: by maximum likelihood of a logit on all units.
struct EstimatedScore {
    const Eigen::MatrixXd& design;                      ///< one row a unit, intercept first
    std::span<const double> probability;                ///< in (0, 1)
    const Eigen::MatrixXd& covariance;                  ///< of the coefficients; rows of left-out columns are NaN or 0
    const matching::CovariatePoints* points = nullptr;  ///< the covariates, for ATT and ATC
};

/// What estimating the score adds to the variance of the matching estimator on it (Abadie & Imbens 2016, Econometrica
/// 84:781-807): for the ATE -c'Vc, never positive; for the ATT -c'Vc + d'Vd, of either sign. With f_i = p_i (1 - p_i),
/// cov_a(i) the covariance of (x, y) over the 2 units of arm a nearest to p_i (itself included, ties kept), mean_a(i)
/// their mean of y and mu_a(i) that of the 2 units of arm a nearest in the covariates:
/// - ATE: c = 1/n sum_i f_i [ cov_1 / p_i + cov_0 / (1 - p_i) ]
/// - ATT: c = 1/n1 sum_i f_i [ x_i (mean_1 - mean_0 - tau) + cov_1 + p_i / (1 - p_i) cov_0 ],
///        d = 1/n1 sum_i f_i x_i (mu_1 - mu_0 - tau); the ATC is the ATT with the arms exchanged
/// No published number confirms the form for the ATT: it is held against simulation
/// (tests/effects/matching_simulation_long_test.cpp). It holds for matching on the score alone: no caliper that drops
/// units, no exact strata. Cost: O(n log n + n p), for ATT and ATC with the search in the covariates.
enum class ScoreTarget { all, adopters, non_adopters };
[[nodiscard]] double estimated_score_variance(const EstimatedScore& score, std::span<const std::uint8_t> treated,
                                              std::span<const double> outcome, double effect, ScoreTarget target);

}  // namespace twinfirm::effects
