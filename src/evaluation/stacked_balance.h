// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <vector>

#include "cohort_matching.h"
#include "twinfirm/balance/balance_table.h"
#include "twinfirm/effects/regression_adjusted.h"

namespace twinfirm::evaluation {

/// The complete firms of all cohorts, one after the other, under one coding: a level or a constant that one cohort
/// lacks must not change what a column means in another.
struct StackedDesign {
    stats::DesignMatrix design;          ///< one row a firm and cohort
    std::vector<std::size_t> first_row;  ///< of each cohort
    std::vector<std::vector<std::int64_t>>
        place;  ///< for each cohort: row of its frame -> row among its complete ones, -1
};

/// Errors: those of the design matrix.
[[nodiscard]] Result<StackedDesign> stack_designs(const std::vector<MatchedCohort>& cohorts,
                                                  const std::vector<stats::Term>& terms, unsigned threads);

/// The samples' weights, scaled in each cohort and arm to the number of matched firms of the target, so that a cohort
/// counts by its target's size: those that the pooled effects go by.
[[nodiscard]] std::vector<std::vector<double>> cohort_weights(const std::vector<MatchedCohort>& cohorts,
                                                              effects::Target target);

/// Balance of all cohorts together, each firm once a cohort; the score first, where there is one.
[[nodiscard]] std::vector<balance::BalanceRow> stacked_balance(const std::vector<MatchedCohort>& cohorts,
                                                               const StackedDesign& stacked, effects::Target target,
                                                               unsigned threads);

/// The same for squares and products of the covariates: balance::interaction_balance().
[[nodiscard]] std::vector<balance::BalanceRow> stacked_interactions(const std::vector<MatchedCohort>& cohorts,
                                                                    const StackedDesign& stacked,
                                                                    effects::Target target, unsigned threads);

/// Pairs, sets and effective numbers of firms over all cohorts.
[[nodiscard]] SampleSize stacked_size(const std::vector<MatchedCohort>& cohorts, effects::Target target);

/// Covariates in the base year for regression adjustment: one row a firm in a set (adopter first, sets in the order of
/// append_sets over the cohorts), the stacked design's columns without the intercept.
[[nodiscard]] Eigen::MatrixXd set_covariates(const std::vector<MatchedCohort>& cohorts, const StackedDesign& stacked);

}  // namespace twinfirm::evaluation
