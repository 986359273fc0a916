// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "twinfirm/app/study_design.h"
#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/ingest/import_plan.h"
#include "twinfirm/ingest/inspection.h"

namespace twinfirm::app {

/// What a study decided, without its data: the design, how it was reported, and by table how its file was read.
struct EarlierStudy {
    design::Specification specification;
    design::ReportSettings report{};
    ReportChoice choice{};  ///< without the result that was set beside it
    std::map<std::string, ingest::ImportPlan> plans;
};

/// Reads it from a project (.twinfirm), a study file with its plans, or a specification alone (.json). Errors: those of
/// the project or the file; `project_without_design` for a project that keeps no specification.
[[nodiscard]] Result<EarlierStudy> read_earlier_study(const std::filesystem::path& path);

/// A new file, read as its forerunner was.
struct InspectedAsBefore {
    ingest::Inspection inspection;
    std::string table;  ///< whose plan was taken over; empty = none fits, the file is read by itself
    Messages messages;  ///< `plan_taken_over` {file, table}, or `plan_differences_taken` {file, table, differences}
};

/// Inspects a file and takes the decisions of the plan over that names most of its columns, at least half of those that
/// the plan keeps. Errors: those of the file. O(bytes), read twice where a plan has answers to questions.
[[nodiscard]] Result<InspectedAsBefore> inspect_as_before(const std::filesystem::path& file,
                                                          const EarlierStudy& earlier,
                                                          const CancellationToken& token = {},
                                                          const ProgressSink& progress = {});

}  // namespace twinfirm::app
