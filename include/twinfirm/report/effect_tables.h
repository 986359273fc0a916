// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/language.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/report/table.h"

namespace twinfirm::report {

/// Tables of what changed, for all adopters. A naive number never stands without the matched one where there is one,
/// nor an estimate without its interval and n. Without an event time the number is the mean over the years 0 .. lags
/// since adoption.

/// `process_kpi`: the survey's indicators, which have no comparison group: ratio of sums, mean of ratios and median
/// side by side.
[[nodiscard]] Table process_kpi_table(const evaluation::Evaluation& evaluation, Language language);
/// `management_kpi`: for each outcome the naive changes by every definition and, emphasised below them, the matched
/// one.
[[nodiscard]] Table management_kpi_table(const evaluation::Evaluation& evaluation, Language language);
/// `matched_comparison`: means of adopters and of matched non-adopters before and after, and the effect.
[[nodiscard]] Table matched_comparison_table(const evaluation::Evaluation& evaluation, Language language);
/// `event_study`: the matched effect by year since adoption, years before adoption included.
[[nodiscard]] Table event_study_table(const evaluation::Evaluation& evaluation, Language language);
/// The same for the page: one row a year, one column an outcome, n below each effect.
[[nodiscard]] Table event_study_grid_table(const evaluation::Evaluation& evaluation, Language language);
/// The p-values of `heterogeneity`, one row a breakdown, one column an outcome.
[[nodiscard]] Table heterogeneity_grid_table(const evaluation::Evaluation& evaluation, Language language);
/// `heterogeneity`: do the groups of each breakdown differ by more than chance?
[[nodiscard]] Table heterogeneity_table(const evaluation::Evaluation& evaluation, Language language);

}  // namespace twinfirm::report
