// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <vector>

#include "cohort_matching.h"
#include "twinfirm/balance/balance_table.h"

namespace twinfirm::evaluation {

/// Balance of all cohorts together: their firms stacked, each firm once a cohort; the score first. A category that a
/// cohort does not have counts as 0 there; a number that was constant in a cohort is left out for that cohort.
[[nodiscard]] std::vector<balance::BalanceRow> stacked_balance(const std::vector<MatchedCohort>& cohorts,
                                                               unsigned threads);

/// Covariates in the base year for regression adjustment: one row a firm in a set (adopter first, sets in the order of
/// append_sets over the cohorts), one column a term of any cohort's design without the intercept.
[[nodiscard]] Eigen::MatrixXd set_covariates(const std::vector<MatchedCohort>& cohorts);

}  // namespace twinfirm::evaluation
