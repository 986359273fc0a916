// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "twinfirm/app/import_file.h"
#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/evaluation/evaluate.h"
#include "twinfirm/store/project.h"

namespace twinfirm::app {

/// Reads a study file. Errors: those of the file and of the specification, with the file's name.
[[nodiscard]] Result<design::Study> load_study(const std::filesystem::path& path);

/// Imports the study's files (paths relative to `folder`) that the project does not hold yet.
[[nodiscard]] Result<std::vector<ImportedFile>> import_study_files(store::Project& project, const design::Study& study,
                                                                   const std::filesystem::path& folder,
                                                                   const CancellationToken& token = {},
                                                                   const ProgressSink& progress = {});

/// Seconds of each stage of an evaluation.
struct EvaluationTimes {
    double load = 0;
    evaluation::StageTimes stages;
};

/// Checks the content of the tables, loads them and evaluates the specification.
[[nodiscard]] Result<evaluation::Evaluation> evaluate_project(const store::Project& project,
                                                              const design::Specification& specification,
                                                              unsigned threads = 0, const CancellationToken& token = {},
                                                              const ProgressSink& progress = {},
                                                              EvaluationTimes* times = nullptr);

}  // namespace twinfirm::app
