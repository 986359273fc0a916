// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/language.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/report/table.h"

namespace twinfirm::report {

/// Tables of who was compared with whom. Every number is one of the evaluation's, none is computed here but sums of
/// counts. Cost: linear in the rows.

/// `flow`: firms left after each step, by arm.
[[nodiscard]] Table flow_table(const evaluation::Evaluation& evaluation, Language language);
/// `unmatched_reasons`: why firms are (not) in the matched sample; the sum row closes on all of them.
[[nodiscard]] Table reasons_table(const evaluation::Evaluation& evaluation, Language language);
/// `cohorts`: adoption years with their matching and score model.
[[nodiscard]] Table cohort_table(const evaluation::Evaluation& evaluation, Language language);
/// `coefficients`: the score models, log-odds of adopting.
[[nodiscard]] Table coefficient_table(const evaluation::Evaluation& evaluation, Language language);
/// `balance`: means of the two arms, standardized mean difference and variance ratio, before and after matching.
[[nodiscard]] Table balance_table(const evaluation::Evaluation& evaluation, Language language);
/// The squares and products of covariates with the largest differences after matching; no rows where none were asked
/// for.
[[nodiscard]] Table balance_interactions_table(const evaluation::Evaluation& evaluation, Language language);

}  // namespace twinfirm::report
