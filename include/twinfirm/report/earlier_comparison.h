// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/evaluation/result_summary.h"
#include "twinfirm/report/table.h"

namespace twinfirm::report {

/// This result beside an earlier one (2014-2017 beside 2014-2018). The difference of two estimates carries no interval:
/// both studies hold the same firms to an extent that the results do not tell, so that its standard error is not known.

/// `earlier_headlines`: each outcome's matched effect and each indicator's naive change in both results, with intervals
/// and n, and their difference where both are measured alike.
[[nodiscard]] Table earlier_headline_table(const evaluation::Evaluation& evaluation,
                                           const evaluation::ResultSummary& earlier, Language language);
/// `earlier_studies`: years, firms, adopters and fingerprints of both.
[[nodiscard]] Table earlier_study_table(const evaluation::Evaluation& evaluation,
                                        const evaluation::ResultSummary& earlier, Language language);
/// `earlier_definitions`: settings that differ, in words; no rows where none does.
[[nodiscard]] Table earlier_definition_table(const evaluation::Evaluation& evaluation,
                                             const evaluation::ResultSummary& earlier, Language language);
/// All three that have rows.
[[nodiscard]] std::vector<Table> earlier_tables(const evaluation::Evaluation& evaluation,
                                                const evaluation::ResultSummary& earlier, Language language);
/// Whether the definitions differ, and what the comparison does not show.
[[nodiscard]] std::vector<std::string> earlier_lines(const evaluation::Evaluation& evaluation,
                                                     const evaluation::ResultSummary& earlier, Language language);

}  // namespace twinfirm::report
