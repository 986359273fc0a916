// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "cohort_matching.h"
#include "stacked_balance.h"
#include "twinfirm/evaluation/evaluate.h"

namespace twinfirm::evaluation {

/// A study up to its balance: the firms are matched, and no outcome after adoption was looked at.
struct MatchedStudy {
    design::Specification applied;  ///< with the growth before adoption among its covariates
    std::vector<MatchedCohort> cohorts;
    StackedDesign stacked;
    Evaluation result;  ///< what was analysed, flow, size, overlap and balance; not protected yet
};

/// Matches all cohorts and compares their arms. Errors: those of evaluate() up to the balance. `times`: those of the
/// stages that were done are set.
[[nodiscard]] Result<MatchedStudy> match_study(const design::Specification& specification, const StudyData& data,
                                               unsigned threads, const CancellationToken& token,
                                               const ProgressSink& progress, StageTimes& times);

/// Protects what the result holds and adds what the analyst must know about it. Errors: `cancelled`.
[[nodiscard]] Status finish_result(const std::vector<MatchedCohort>& cohorts, const stats::Panel& panel,
                                   const CancellationToken& token, Evaluation& result);

}  // namespace twinfirm::evaluation
