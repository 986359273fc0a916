// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/store/project.h"

namespace twinfirm::app {

using Access = store::Project::Access;

/// A new, empty project file.
[[nodiscard]] Result<store::Project> create_project(const std::filesystem::path& path);
[[nodiscard]] Result<store::Project> open_project(const std::filesystem::path& path,
                                                  Access access = Access::read_write);
/// The project if the file is there, else a new one.
[[nodiscard]] Result<store::Project> open_or_create_project(const std::filesystem::path& path);

/// Writes a table as CSV, value for value. `raw`: text that a spreadsheet would run as a formula is left as it is.
[[nodiscard]] Status export_table(const store::Project& project, const std::string& table,
                                  const std::filesystem::path& out, bool raw, const CancellationToken& token = {});

/// Takes the last import of a table back; what is there now, or nothing if the table is gone. Errors: those of
/// Project::undo_import.
[[nodiscard]] Result<std::optional<store::TableInfo>> undo_import(store::Project& project, const std::string& table);

/// Computes the content hash of every table again; the tables if all are whole, else `table_damaged`.
/// Stage: `check_tables`. O(cells).
[[nodiscard]] Result<std::vector<store::TableInfo>> check_tables(const store::Project& project,
                                                                 const CancellationToken& token = {},
                                                                 const ProgressSink& progress = {});

/// What became of a table's personal columns when it was imported.
struct PersonalColumns {
    std::vector<std::string> dropped;
    std::vector<std::string> replaced;  ///< by keyed hashes
};

/// Errors: `table_unknown` and what the stored audit has wrong.
[[nodiscard]] Result<PersonalColumns> personal_columns(const store::Project& project, const std::string& table);

}  // namespace twinfirm::app
