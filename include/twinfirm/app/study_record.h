// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/evaluation/study_record.h"
#include "twinfirm/store/project.h"

namespace twinfirm::app {

/// Name of the project's table in which its analysis is recorded: one row a run or lock, each with the SHA-256 of
/// itself and of the row before, so that a row changed or taken out of the middle is noticed. The number of rows and
/// the last hash stand in the catalogue of tables and in the project itself too, so that rows taken off the end are
/// noticed as well, and the table if it is taken out as a whole: a record begun after that says so for good.
inline constexpr const char* record_table = "twinfirm_record";

/// Freezes a specification. A project has one lock; locking the same specification again changes nothing.
/// Error (usage): `lock_other` {hash, time} where another one is frozen; `record_damaged`; those of the project.
[[nodiscard]] Result<evaluation::Lock> lock_specification(store::Project& project,
                                                          const design::Specification& specification,
                                                          const std::string& time);

/// The frozen specification, if there is one. Errors: those of the project.
[[nodiscard]] Result<std::optional<evaluation::Lock>> read_lock(const store::Project& project);

/// A design that was locked or run on the project.
struct RecordedDesign {
    design::Specification specification;
    std::string time;  ///< ISO 8601, UTC: of the lock, or of the first run
    bool locked = false;
};

/// The locked design first, then those that were run, the latest first; each design once. Rows that this version cannot
/// read are left out. Errors: those of the project.
[[nodiscard]] Result<std::vector<RecordedDesign>> recorded_designs(const store::Project& project);

/// Adds a run to the record (a specification that was run before on the same data with the same headlines is in it
/// already) and fills the evaluation's record. A project that cannot be written to is only read.
/// Errors: those of the project.
[[nodiscard]] Status record_run(store::Project& project, const std::string& time, evaluation::Evaluation& evaluation);

/// A file that left the program.
struct ExportedFile {
    std::string name;  ///< within the folder
    std::string sha256;
};

/// What left the program in one go.
struct ExportRecord {
    std::string time;  ///< ISO 8601, UTC
    std::string user;
    std::string specification_hash;
    bool is_protected = true;
    std::string reason;  ///< why not
    std::vector<ExportedFile> files;
};

/// The files of a result in its folder, by name: result.json, report.*, tables, charts and lists. Errors: those of
/// reading.
[[nodiscard]] Result<std::vector<ExportedFile>> exported_files(const std::filesystem::path& folder);

/// Adds an export to the record. Where the project cannot be written to, a protected one is let pass without an entry;
/// one without protection is refused before it is made: may_export(). Errors: those of the project.
[[nodiscard]] Status record_export(store::Project& project, const ExportRecord& exported);

/// Error (access): `export_not_recorded` where an export without protection could not be recorded.
[[nodiscard]] Status may_export(const store::Project& project, const design::DisclosureSettings& disclosure);

}  // namespace twinfirm::app
