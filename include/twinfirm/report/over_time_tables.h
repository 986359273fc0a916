// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/report/table.h"

namespace twinfirm::report {

/// `staggered`: the overall of each aggregate of Callaway & Sant'Anna's estimates. No rows without them.
[[nodiscard]] Table staggered_table(const evaluation::Evaluation& evaluation, Language language);
/// `staggered_event`: their effects by years since adoption, pointwise and uniform intervals.
[[nodiscard]] Table staggered_event_table(const evaluation::Evaluation& evaluation, Language language);
/// `path_tests`: trend of the gap, test of equal effects, trends before adoption, breakdown by relative magnitudes.
[[nodiscard]] Table path_tests_table(const evaluation::Evaluation& evaluation, Language language);
/// `placebo`: effects that must be 0 where the design is right.
[[nodiscard]] Table placebo_table(const evaluation::Evaluation& evaluation, Language language);
/// `designs`: each outcome under every design of this run.
[[nodiscard]] Table designs_table(const evaluation::Evaluation& evaluation, Language language);
/// `attrition`: firms that were not observed afterwards.
[[nodiscard]] Table attrition_table(const evaluation::Evaluation& evaluation, Language language);
/// `responses`: adopters that did not answer the survey.
[[nodiscard]] Table responses_table(const evaluation::Evaluation& evaluation, Language language);

/// Whether the report has a section on effects over time.
[[nodiscard]] bool has_over_time(const evaluation::Evaluation& evaluation);
/// Who is compared with whom, and what the comparison cannot show.
[[nodiscard]] std::vector<std::string> control_pool_lines(const evaluation::Evaluation& evaluation, Language language);
/// Does the gap widen, what do differing trends do, what did the placebo checks find: one sentence each, none of which
/// says more than its interval.
[[nodiscard]] std::vector<std::string> over_time_lines(const evaluation::Evaluation& evaluation, Language language);

}  // namespace twinfirm::report
