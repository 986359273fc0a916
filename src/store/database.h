// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "twinfirm/base/result.h"

namespace twinfirm::store {

/// One prepared statement. Columns and parameters are counted as SQLite counts them: columns from 0, parameters from 1.
class Statement {
  public:
    Statement() = default;
    explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}

    void bind(int parameter, std::int64_t value) { sqlite3_bind_int64(handle_.get(), parameter, value); }
    void bind(int parameter, double value) { sqlite3_bind_double(handle_.get(), parameter, value); }
    /// The bytes must live until the next step().
    void bind(int parameter, std::string_view value) {
        sqlite3_bind_text64(handle_.get(), parameter, value.empty() ? "" : value.data(), value.size(), SQLITE_STATIC,
                            SQLITE_UTF8);
    }
    void bind_blob(int parameter, std::string_view value) {
        sqlite3_bind_blob64(handle_.get(), parameter, value.data(), value.size(), SQLITE_STATIC);
    }
    void bind_null(int parameter) { sqlite3_bind_null(handle_.get(), parameter); }

    /// SQLITE_ROW, SQLITE_DONE or an error code.
    [[nodiscard]] int step() { return sqlite3_step(handle_.get()); }
    void reset() { sqlite3_reset(handle_.get()); }

    [[nodiscard]] int column_type(int column) const { return sqlite3_column_type(handle_.get(), column); }
    [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }
    [[nodiscard]] double real(int column) const { return sqlite3_column_double(handle_.get(), column); }
    /// Valid until the next step() or reset().
    [[nodiscard]] std::string_view text(int column) const {
        const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_.get(), column));
        return {bytes == nullptr ? "" : bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
    }
    [[nodiscard]] std::string_view blob(int column) const {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_.get(), column));
        return {bytes == nullptr ? "" : bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
    }

  private:
    struct Finalize {
        void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

/// One connection to a project file, set up for a file that nobody vouches for: no triggers, no views, no extensions,
/// no functions from the schema, cell sizes checked. Opening reads nothing of the file but its header.
class Database {
  public:
    static constexpr std::size_t header_size = 100;
    using Header = std::array<unsigned char, header_size>;

    Database() = default;

    /// The file must be there. `writable` asks for write access; whether it was given says writable().
    [[nodiscard]] static Result<Database> open(const std::filesystem::path& path, bool writable);

    /// Settings that read the file (and undo an interrupted transaction on the way).
    [[nodiscard]] Status configure();

    /// How long to wait for others that hold the file: a writer's commit waits until the readers are through.
    void wait_at_most(int milliseconds) const { sqlite3_busy_timeout(handle_.get(), milliseconds); }

    /// The first 100 bytes as they stand on the disk, read through this connection's own file handle: opening and
    /// closing the file beside SQLite would drop the locks of other connections of this process. Fewer bytes: zeros.
    [[nodiscard]] Header header() const;
    [[nodiscard]] std::int64_t file_size() const;
    [[nodiscard]] bool writable() const { return sqlite3_db_readonly(handle_.get(), "main") == 0; }
    [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

    /// Runs statements that return nothing.
    [[nodiscard]] Status run(const std::string& sql) const;
    [[nodiscard]] Result<Statement> prepare(const std::string& sql) const;
    /// The first column of the first row.
    [[nodiscard]] Result<std::int64_t> integer(const std::string& sql) const;
    /// Undoes an open transaction; nothing if there is none.
    void roll_back() const noexcept;

    /// What the last failed call means to the user: project_damaged, project_locked, disk_full, ...
    [[nodiscard]] Error error() const;
    [[nodiscard]] tl::unexpected<Error> failure() const { return tl::unexpected<Error>(error()); }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    struct Close {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    std::unique_ptr<sqlite3, Close> handle_;
    std::filesystem::path path_;
};

/// A transaction that is undone unless it is committed.
class Transaction {
  public:
    /// For writing.
    [[nodiscard]] static Result<Transaction> begin(const Database& database);
    /// For reading one state in several statements; inside another transaction it is nothing of its own.
    [[nodiscard]] static Result<Transaction> begin_reading(const Database& database);

    Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    [[nodiscard]] Status commit();

  private:
    explicit Transaction(const Database* database) : database_(database) {}
    const Database* database_;
};

}  // namespace twinfirm::store
