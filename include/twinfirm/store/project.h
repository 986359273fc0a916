// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"
#include "twinfirm/store/row_sink.h"

namespace twinfirm::store {

/// Where the rows of a table came from.
struct ImportRecord {
    std::string file_name;  ///< without its folder
    std::int64_t bytes = 0;
    std::string sha256;
    std::string plan_json;   ///< the import plan that was applied
    std::string audit_json;  ///< the import audit
    std::string time;        ///< ISO 8601, UTC
};

/// What is about to be imported.
struct ImportSource {
    std::string file_name;   ///< named by the notice after an interrupted import
    std::int64_t bytes = 0;  ///< size of the file; if given, 1.5 times as much must be free on the disk
};

struct TableInfo {
    TableDefinition definition;
    std::int64_t rows = 0;
    std::string content_hash;  ///< SHA-256 of the rows that does not depend on their order
    ImportRecord import;
};

/// A whole table, or some of its columns, in memory.
struct TableData {
    std::vector<ColumnDefinition> definitions;
    std::vector<ColumnChunk> columns;
    std::size_t rows = 0;
};

class TableImport;

/// One project: one SQLite file (application_id 'TwFm'). Tables are STRICT, internal names only (t1, c1 ...), the
/// user's names stand in a catalogue. A Project is used by one thread at a time.
class Project {
  public:
    enum class Access { read_write, read_only };

    /// A new, empty project; `project_exists` if the file is there.
    [[nodiscard]] static Result<Project> create(const std::filesystem::path& path);
    /// Refuses what is not a whole project of this or an older version, each with its own code: project_not_found,
    /// project_foreign, project_newer, project_damaged, project_locked ... An older project is brought to the present
    /// version after a copy was made beside it (notice `project_upgraded`); read-only opening refuses it
    /// (`project_needs_upgrade`).
    [[nodiscard]] static Result<Project> open(const std::filesystem::path& path, Access access = Access::read_write);

    Project(Project&&) noexcept;
    Project& operator=(Project&&) noexcept;
    ~Project();

    [[nodiscard]] const std::filesystem::path& path() const;
    [[nodiscard]] Access access() const;

    [[nodiscard]] Result<std::vector<TableInfo>> tables() const;
    [[nodiscard]] Result<TableInfo> table(const std::string& name) const;

    /// Starts replacing or creating a table. One import at a time; nothing is seen before commit.
    [[nodiscard]] Result<std::unique_ptr<TableImport>> begin_import(const ImportSource& source = {});

    /// Reads columns by name (all if empty) in stored row order.
    [[nodiscard]] Result<TableData> read(const std::string& table, const std::vector<std::string>& columns = {},
                                         const CancellationToken& token = {}) const;

    /// Reads the whole table on up to `threads` connections (0 = as many as the machine has processors) and proves it
    /// by its content hash: `table_damaged` where a value is not the one that was imported.
    [[nodiscard]] Result<TableData> read_checked(const std::string& table, unsigned threads = 0,
                                                 const CancellationToken& token = {}) const;

    /// Calls `use` with one run of rows after the other, in stored order; its error ends the scan. For tables that are
    /// not to be in memory as a whole. O(rows x columns read).
    [[nodiscard]] Status scan(const std::string& table, const std::vector<std::string>& columns,
                              const std::function<Status(const RowChunk&)>& use,
                              const CancellationToken& token = {}) const;

    /// Computes the content hash again and compares: `table_damaged` names the table.
    [[nodiscard]] Status check_content(const std::string& table, const CancellationToken& token = {}) const;

    [[nodiscard]] Status drop_table(const std::string& name);

    /// Takes the last import of a table back: what it replaced is there again (true), or the table is gone (false). One
    /// import a table is remembered, with the space that the replaced rows take. Error (usage): `table_not_found`.
    [[nodiscard]] Result<bool> undo_import(const std::string& name);

    /// The study specification kept in the project (JSON text; empty if none).
    [[nodiscard]] Result<std::string> specification() const;
    [[nodiscard]] Status set_specification(const std::string& json);

    /// How far the record of the analysis has come (text of whoever keeps it; empty = not begun). It stands in the
    /// project itself, so that a record that was taken out as a whole is missed.
    [[nodiscard]] Result<std::string> record_head() const;
    [[nodiscard]] Status set_record_head(const std::string& head);

    /// What happened at opening that the user should know, e.g. that an interrupted import was undone.
    [[nodiscard]] const Messages& notices() const;

  private:
    friend class TableImport;
    struct Impl;
    explicit Project(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// One import as one transaction. Destroyed without commit, nothing has happened.
class TableImport : public RowSink {
  public:
    TableImport(Project::Impl& project, ImportSource source);
    ~TableImport() override;

    [[nodiscard]] Status begin(const TableDefinition& definition) override;
    [[nodiscard]] Status append(const RowChunk& chunk) override;
    [[nodiscard]] std::int64_t rows() const;
    [[nodiscard]] Status commit(const ImportRecord& record);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace twinfirm::store
