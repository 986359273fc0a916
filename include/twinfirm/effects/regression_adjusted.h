// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"
#include "twinfirm/effects/matched_outcomes.h"
#include "twinfirm/effects/missing_outcome.h"
#include "twinfirm/effects/standard_error.h"

namespace twinfirm::effects {

enum class Adjustment {
    additive,    ///< y ~ t + X: one slope for both arms
    interacted,  ///< y ~ t * (X - mean of X in the target): the average difference of both arms' predictions over the
                 ///< target (g-computation), with the target's mean held fixed
};

/// Whose average effect is wanted: the covariates are centred at the weighted mean of these observations.
enum class Target { adopters, non_adopters, all };

/// The effect adjusted by weighted least squares for what matching left unlike (Ho, Imai, King & Stuart 2007; Lin 2013
/// for the interaction; Abadie & Spiess 2022 for the standard error by matched set).
///
/// `covariates` has one row an observation and any number of columns (no intercept, factors as dummies). A row with a
/// missing covariate counts as one with a missing outcome. Columns that follow from earlier ones are left out, in the
/// order intercept, treatment, X, treatment x X; k counts the columns kept. No columns: the difference in means.
/// An arm without observations gives NaN. Errors (usage): those of difference_in_means.
/// Cost: O(n p^2).
[[nodiscard]] Result<Estimate> regression_adjusted(const MatchedOutcomes& outcomes, const Eigen::MatrixXd& covariates,
                                                   Adjustment adjustment, SeKind kind, double confidence,
                                                   MissingOutcome missing = MissingOutcome::pair,
                                                   Target target = Target::adopters);

}  // namespace twinfirm::effects
