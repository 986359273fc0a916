// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/language.h"
#include "twinfirm/base/result.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/report/report_options.h"

namespace twinfirm::app {

/// Writes into the folder of a result what its report is made from besides the result: sentences.json, the sentences
/// that can be rewritten, in both languages; with an earlier result the tables of the comparison, tables/earlier_*.csv;
/// of a press release its tables, tables/press_*.csv. Errors: those of
/// writing, `cancelled`.
[[nodiscard]] Status write_report_sources(const evaluation::Evaluation& evaluation,
                                          const report::ReportOptions& options, const std::filesystem::path& folder,
                                          Language language, const CancellationToken& token = {});

}  // namespace twinfirm::app
