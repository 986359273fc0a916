// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/pseudonym_key.h"
#include "twinfirm/base/result.h"
#include "twinfirm/ingest/import_audit.h"
#include "twinfirm/ingest/import_plan.h"
#include "twinfirm/ingest/quality.h"
#include "twinfirm/store/project.h"

namespace twinfirm::app {

/// A table of firms by year: both keys are among the stored columns.
[[nodiscard]] bool is_panel(const ingest::ImportPlan& plan);
/// A register or a table of adoptions: the year of adoption of firms that have a number or an id.
[[nodiscard]] bool holds_adoptions(const ingest::ImportPlan& plan);

/// What is doubtful in a stored table, also against a register of its firms (empty = none), or in a file read by a plan
/// (nothing is stored). Memory: the whole table.
[[nodiscard]] Result<std::vector<ingest::QualityIssue>> table_quality(const store::Project& project,
                                                                      const std::string& table,
                                                                      const CancellationToken& token = {},
                                                                      const std::string& register_table = {});
[[nodiscard]] Result<std::vector<ingest::QualityIssue>> file_quality(const std::filesystem::path& file,
                                                                     const ingest::ImportPlan& plan,
                                                                     const CancellationToken& token = {});

/// import_csv with the plan's rules for doubtful rows and cells. Dropped rows are rejected rows of the audit (reason
/// `quality_<code>`, the text is #place among the rows read). Memory: the whole table.
[[nodiscard]] Result<ingest::ImportAudit> import_with_quality_rules(
    const std::filesystem::path& file, const ingest::ImportPlan& plan, const std::string& table, store::RowSink& sink,
    const CancellationToken& token, const ProgressSink& progress, const PseudonymKey* key);

}  // namespace twinfirm::app
