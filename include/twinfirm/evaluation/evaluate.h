// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/evaluation/study_data.h"

namespace twinfirm::evaluation {

/// Wall-clock seconds of each stage; kept out of the result, which is the same for the same content.
struct StageTimes {
    double score = 0;
    double matching = 0;
    double balance = 0;
    double effects = 0;
};

/// The whole evaluation of a specification on a panel.
///
/// Cohort by cohort: the firms that adopted in year g are matched, on their values of g-1, to firms that never adopt.
/// Outcomes are compared as changes from g-1 (matched difference-in-differences), pooled over the cohorts with one
/// weight an adopter, standard errors clustered by matched set and by firm (a non-adopter may serve several cohorts).
/// Beside each matched number stands the adopters' own before/after number.
///
/// Nothing depends on the order of the firms' rows or on `threads` (0 = all cores).
/// Errors (statistics): `no_adopters`, `no_non_adopters`, `no_cohort_with_base_year`, those of the score (separation
/// ...) and of the matching (caliper drops all ...), with the cohort's year; (usage): `variable_unknown`. Cost:
/// O(cohorts * firms * (columns^2 + log firms)).
[[nodiscard]] Result<Evaluation> evaluate(const design::Specification& specification, const StudyData& data,
                                          unsigned threads = 0, const CancellationToken& token = {},
                                          const ProgressSink& progress = {}, StageTimes* times = nullptr);

/// The first half of evaluate() alone: who is matched, and how alike the arms are. The result holds the same flow,
/// reasons, cohorts, overlap and balance as that of evaluate(), protected by the same rules, and nothing that was
/// computed from an outcome after adoption: a design can be looked at before it has any result.
/// Errors: those of evaluate() up to the balance.
[[nodiscard]] Result<Evaluation> evaluate_balance(const design::Specification& specification, const StudyData& data,
                                                  unsigned threads = 0, const CancellationToken& token = {},
                                                  const ProgressSink& progress = {});

}  // namespace twinfirm::evaluation
