// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/ingest/import_audit.h"
#include "twinfirm/ingest/import_plan.h"
#include "twinfirm/store/project.h"

namespace twinfirm::app {

struct ImportedFile {
    std::string table;
    ingest::ImportAudit audit;
    ingest::ImportPlan plan;
    Messages messages;           ///< what the reading of the file found doubtful
    bool already_there = false;  ///< the table came from the same bytes by the same plan: nothing was done
};

/// Columns that identify persons are dropped or replaced with the key in `key_file` (empty: the user's own,
/// default_pseudonym_key_path), which is made where there is none and never stands in the project.
///
/// Imports a file into a table of the project, replacing a table of that name: all of the file or none.
/// Without a plan the file is inspected and read by the likeliest plan, as `answers` (question id -> choice) say; a
/// question that nobody answered is an error (usage) `import_question_open`, and nothing is stored.
[[nodiscard]] Result<ImportedFile> import_file(store::Project& project, const std::filesystem::path& file,
                                               const std::string& table,
                                               const std::optional<ingest::ImportPlan>& plan = std::nullopt,
                                               const CancellationToken& token = {}, const ProgressSink& progress = {},
                                               const std::map<std::string, std::string>& answers = {},
                                               const std::filesystem::path& key_file = {});

}  // namespace twinfirm::app
