// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "twinfirm/effects/regression_adjusted.h"

namespace twinfirm::effects {

/// The adjusted effect with the influence of each observation on it. All NaN when an arm is empty.
struct RegressionInfluence {
    double estimate = not_available;
    std::vector<double> influence;
    std::vector<double> leverage;   ///< diagonal of the hat matrix
    std::int64_t coefficients = 0;  ///< columns kept
};

/// Rows (1, t, x - mean, t (x - mean)), the last part for the interaction only, without the columns that follow from
/// earlier ones in the weighted regression. Both arms must have observations.
[[nodiscard]] Eigen::MatrixXd regression_design(const MatchedOutcomes& outcomes, const Eigen::MatrixXd& covariates,
                                                Adjustment adjustment, Target target);

/// `outcomes` without missing values, `covariates` one row each.
[[nodiscard]] RegressionInfluence regression_influence(const MatchedOutcomes& outcomes,
                                                       const Eigen::MatrixXd& covariates, Adjustment adjustment,
                                                       Target target);

/// The outcomes with those of rows with a missing covariate marked missing. Error (usage): `effects_unequal_lengths`.
[[nodiscard]] Result<MatchedOutcomes> mark_missing_covariates(const MatchedOutcomes& outcomes,
                                                              const Eigen::MatrixXd& covariates);

[[nodiscard]] Eigen::MatrixXd rows_of(const Eigen::MatrixXd& matrix, const std::vector<std::size_t>& rows);

}  // namespace twinfirm::effects
