// SPDX-License-Identifier: GPL-3.0-or-later
#include "database.h"

#include <cerrno>
#include <cstring>
#include <utility>

namespace twinfirm::store {

namespace {

// At opening: whoever finds the project in use is told so within a second.
constexpr int busy_milliseconds = 800;
constexpr int cache_kibibytes = 64 * 1024;
constexpr int maximum_value_bytes = 256 * 1024 * 1024;

sqlite3_file* file_of(sqlite3* handle) {
    sqlite3_file* file = nullptr;
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    return file != nullptr && file->pMethods != nullptr ? file : nullptr;
}

void distrust(sqlite3* handle) {
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, maximum_value_bytes);
}

}  // namespace

Result<Database> Database::open(const std::filesystem::path& path, bool writable) {
    sqlite3* handle = nullptr;
    const int flags = (writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX;
    const int code = sqlite3_open_v2(path.string().c_str(), &handle, flags, nullptr);
    Database database;
    database.handle_.reset(handle);
    database.path_ = path;
    if (code != SQLITE_OK) {
        return fail_at(ErrorKind::access, "file_not_readable", {{"path", path.string()}}, path.string());
    }
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, busy_milliseconds);
    distrust(handle);
    return database;
}

Status Database::configure() {
    // EXTRA syncs the folder too after the journal is deleted: what was committed survives a power cut.
    return run(
        "PRAGMA cell_size_check=ON;PRAGMA temp_store=MEMORY;PRAGMA synchronous=EXTRA;PRAGMA secure_delete=FAST;"
        "PRAGMA cache_size=-" +
        std::to_string(cache_kibibytes) + ";SELECT count(*) FROM sqlite_schema");
}

Database::Header Database::header() const {
    Header bytes{};
    if (sqlite3_file* file = file_of(handle_.get())) {
        const int code = file->pMethods->xRead(file, bytes.data(), header_size, 0);
        if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) bytes.fill(0);
    }
    return bytes;
}

std::int64_t Database::file_size() const {
    sqlite3_int64 size = 0;
    if (sqlite3_file* file = file_of(handle_.get())) file->pMethods->xFileSize(file, &size);
    return size;
}

Status Database::run(const std::string& sql) const {
    if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return failure();
    return {};
}

Result<Statement> Database::prepare(const std::string& sql) const {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(handle_.get(), sql.c_str(), static_cast<int>(sql.size() + 1), SQLITE_PREPARE_PERSISTENT,
                           &statement, nullptr) != SQLITE_OK) {
        return failure();
    }
    return Statement(statement);
}

Result<std::int64_t> Database::integer(const std::string& sql) const {
    auto statement = prepare(sql);
    if (!statement) return tl::unexpected<Error>(std::move(statement.error()));
    if (statement->step() != SQLITE_ROW) return failure();
    return statement->integer(0);
}

void Database::roll_back() const noexcept {
    if (in_transaction()) sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Error Database::error() const {
    const std::string path = path_.string();
    const int extended = sqlite3_extended_errcode(handle_.get());
    const int system = sqlite3_system_errno(handle_.get());
    const auto make = [&](ErrorKind kind, const char* code, MessageArguments arguments = {}) {
        arguments["path"] = path;
        return Error{kind, code, std::move(arguments), path, 0, 0};
    };
    switch (extended & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return make(ErrorKind::access, "project_busy");
        case SQLITE_FULL:
            return make(ErrorKind::access, "disk_full");
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
            return make(ErrorKind::access, "project_not_writable");
        case SQLITE_TOOBIG:
            return make(ErrorKind::input, "value_too_long",
                        {{"limit", std::to_string(maximum_value_bytes / (1024 * 1024))}});
        case SQLITE_IOERR:
            if (system == ENOSPC || system == EDQUOT || system == EFBIG) return make(ErrorKind::access, "disk_full");
            // The journal is gone, so the change is in the file; only its folder was not synced.
            if (extended == SQLITE_IOERR_DIR_FSYNC) {
                return make(ErrorKind::access, "project_not_confirmed", {{"reason", sqlite3_errstr(extended)}});
            }
            return make(ErrorKind::access, "project_io_error",
                        {{"reason", system != 0 ? std::strerror(system) : sqlite3_errstr(extended)}});
        case SQLITE_NOMEM:
            return make(ErrorKind::access, "project_io_error", {{"reason", std::strerror(ENOMEM)}});
        default:
            return make(ErrorKind::input, "project_damaged", {{"reason", sqlite3_errmsg(handle_.get())}});
    }
}

Result<Transaction> Transaction::begin(const Database& database) {
    TWINFIRM_TRY(database.run("BEGIN IMMEDIATE"));
    return Transaction(&database);
}

Result<Transaction> Transaction::begin_reading(const Database& database) {
    if (database.in_transaction()) return Transaction(nullptr);
    TWINFIRM_TRY(database.run("BEGIN DEFERRED"));
    return Transaction(&database);
}

Transaction::~Transaction() {
    if (database_ != nullptr) database_->roll_back();
}

Status Transaction::commit() {
    TWINFIRM_TRY(database_->run("COMMIT"));
    database_ = nullptr;
    return {};
}

}  // namespace twinfirm::store
