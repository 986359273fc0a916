// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/language.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/report/document.h"
#include "twinfirm/report/report_options.h"

namespace twinfirm::report {

/// The report of an evaluation: summary, overview, before and after, adopters beside matched non-adopters, breakdowns,
/// balance, caveats; appendix: specification, balance table, reasons of exclusion, long tables. Both languages have the
/// same sections, tables and figures in the same order. Charts without numbers and tables without rows are left out.
/// Same evaluation, same document. With another kind in the options the document of that kind (press_release.h).
[[nodiscard]] Document build_report(const evaluation::Evaluation& evaluation, Language language,
                                    const ReportOptions& options = {});

}  // namespace twinfirm::report
