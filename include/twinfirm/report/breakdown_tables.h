// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/language.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/report/table.h"

namespace twinfirm::report {

/// `breakdown_KEY`: for each outcome and group the naive change beside the matched effect, in the same unit, with
/// intervals, n and traps. Groups below the minimum cell are shown as `X`.
[[nodiscard]] Table breakdown_table(const evaluation::Evaluation& evaluation, const design::Breakdown& breakdown,
                                    Language language);
/// `effects_by_group`: the matched effects of every outcome by the groups of every breakdown, on one page.
[[nodiscard]] Table group_effect_table(const evaluation::Evaluation& evaluation, Language language);
/// `process_kpi_by_group`: the survey's indicators (ratio of sums) in the same arrangement.
[[nodiscard]] Table group_process_table(const evaluation::Evaluation& evaluation, Language language);
/// `process_kpi_KEY`: the survey's indicators by group.
[[nodiscard]] Table process_breakdown_table(const evaluation::Evaluation& evaluation,
                                            const design::Breakdown& breakdown, Language language);

}  // namespace twinfirm::report
