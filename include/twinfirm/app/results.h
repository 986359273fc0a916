// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "twinfirm/app/study.h"
#include "twinfirm/base/language.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/design/chart_edit.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/evaluation/evaluation_json.h"

namespace twinfirm::app {

struct NamedChart {
    std::string name;  ///< file name without suffix: `event_study_sales`
    charts::Chart chart;
};

/// Every chart that the result has numbers for, in the order of the report.
[[nodiscard]] std::vector<NamedChart> charts_of(const evaluation::Evaluation& evaluation, Language language);

/// Lets the charts look as the analyst wants them (charts/chart_editing.h). Messages: those of edit_chart(), and
/// `chart_edit_unknown` {chart} for an edit of a chart that is not there.
Messages edit_charts(const std::vector<design::ChartEdit>& edits, std::vector<NamedChart>& charts);

/// What run.json tells of one run: where the data came from, when, on what, how long. None of it is in result.json.
struct RunRecord {
    std::vector<ImportedFile> files;
    EvaluationTimes times;
    double import_seconds = 0;
    double write_seconds = 0;
    std::string started;  ///< ISO 8601, UTC
    std::string user;
};

/// Writes result.json, tables/*.csv, charts/*.json and, without disclosure control, lists/*.csv (what the warnings are
/// about, firm by firm) into `folder` (made if it is not there), each file whole or not at all. Errors: those of
/// writing, `cancelled`.
[[nodiscard]] Status write_results(const evaluation::Evaluation& evaluation, const std::vector<NamedChart>& charts,
                                   const std::filesystem::path& folder, Language language,
                                   const CancellationToken& token = {});

/// Writes run.json; last, because it holds the times of everything else.
[[nodiscard]] Status write_run_record(const RunRecord& record, const std::filesystem::path& folder);

/// Evaluates the specification of a result.json on the project again and compares number by number.
/// Errors: those of reading and of evaluate_project.
[[nodiscard]] Result<std::vector<evaluation::Difference>> verify_result(const std::filesystem::path& result,
                                                                        const store::Project& project,
                                                                        const CancellationToken& token = {},
                                                                        const ProgressSink& progress = {});

}  // namespace twinfirm::app
