// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "catalogue.h"

namespace twinfirm::store {

namespace {

constexpr std::string_view create_project =
    "CREATE TABLE project(key TEXT NOT NULL PRIMARY KEY,value TEXT NOT NULL)WITHOUT ROWID,STRICT";
constexpr std::string_view create_tables =
    "CREATE TABLE catalogue_table(id INTEGER NOT NULL PRIMARY KEY,name TEXT NOT NULL,row_count INTEGER NOT NULL,"
    "content_hash TEXT NOT NULL,file_name TEXT NOT NULL,file_bytes INTEGER NOT NULL,file_sha256 TEXT NOT NULL,"
    "plan TEXT NOT NULL,audit TEXT NOT NULL,time TEXT NOT NULL,replaced_by INTEGER NOT NULL)STRICT";
constexpr std::string_view create_columns =
    "CREATE TABLE catalogue_column(table_id INTEGER NOT NULL,position INTEGER NOT NULL,name TEXT NOT NULL,"
    "field TEXT NOT NULL,type TEXT NOT NULL,unit TEXT NOT NULL,PRIMARY KEY(table_id,position))WITHOUT ROWID,STRICT";
constexpr std::array catalogue_sql = {create_project, create_tables, create_columns};

Status create_catalogue(const Database& database) {
    for (const std::string_view sql : catalogue_sql) TWINFIRM_TRY(database.run(std::string(sql)));
    return seal_catalogue(database, Catalogue{});
}

/// Version 2 keeps what an import replaced. The rows go by way of a temporary table because renaming a table changes
/// the text of its definition, which must stay the one that this program writes. The digest covers replaced tables
/// only where there are any, so that it stays what it was.
Status keep_replaced_tables(const Database& database) {
    TWINFIRM_TRY(
        database.run("CREATE TEMP TABLE moved AS SELECT * FROM main.catalogue_table;"
                     "DROP TABLE main.catalogue_table"));
    TWINFIRM_TRY(database.run(std::string(create_tables)));
    return database.run("INSERT INTO main.catalogue_table SELECT *,0 FROM temp.moved;DROP TABLE temp.moved");
}

/// Version 3 keeps how far the record of the analysis has come, from its next entry on.
Status keep_record_head(const Database&) {
    return {};
}

/// Step n brings a file of version n + 1 to version n + 2.
using Step = Status (*)(const Database& database);
constexpr std::array<Step, schema_version - 1> steps = {keep_replaced_tables, keep_record_head};

std::uint32_t big_endian(const Database::Header& header, std::size_t at) {
    return (static_cast<std::uint32_t>(header[at]) << 24U) | (static_cast<std::uint32_t>(header[at + 1]) << 16U) |
           (static_cast<std::uint32_t>(header[at + 2]) << 8U) | static_cast<std::uint32_t>(header[at + 3]);
}

tl::unexpected<Error> refuse(const Database& database, const char* code, MessageArguments arguments = {}) {
    arguments["path"] = database.path().string();
    return fail_at(ErrorKind::input, code, std::move(arguments), database.path().string());
}

const char* sql_type(ColumnType type) {
    switch (type) {
        case ColumnType::integer:
            return "INTEGER";
        case ColumnType::real:
            return "REAL";
        case ColumnType::text:
            break;
    }
    return "TEXT";
}

}  // namespace

std::string part_name(std::int64_t id, std::size_t part) {
    return "t" + std::to_string(id) + "_" + std::to_string(part + 1);
}

std::size_t part_count(std::size_t columns) {
    return (columns + columns_per_part - 1) / columns_per_part;
}

std::string create_part_sql(std::int64_t id, std::size_t part, const std::vector<ColumnDefinition>& columns) {
    std::string sql = "CREATE TABLE " + part_name(id, part) + "(s BLOB";
    const std::size_t end = std::min(columns.size(), (part + 1) * columns_per_part);
    for (std::size_t column = part * columns_per_part; column < end; ++column) {
        sql += ",c" + std::to_string(column + 1) + " " + sql_type(columns[column].type);
    }
    return sql + ")STRICT";
}

Status check_header(const Database& database) {
    constexpr std::string_view magic("SQLite format 3\0", 16);
    constexpr std::size_t write_version = 18;
    constexpr std::size_t user_version = 60;
    constexpr std::size_t application = 68;
    const Database::Header header = database.header();
    const bool ours = big_endian(header, application) == application_id;
    if (!std::equal(magic.begin(), magic.end(), header.begin())) {
        return ours ? refuse(database, "project_damaged", {{"reason", "magic"}}) : refuse(database, "project_foreign");
    }
    if (!ours) return refuse(database, "project_foreign");
    if (big_endian(header, user_version) > static_cast<std::uint32_t>(schema_version)) {
        return refuse(database, "project_newer", {{"version", std::to_string(big_endian(header, user_version))}});
    }
    // A project is never in write-ahead mode: SQLite would put files beside it.
    if (big_endian(header, user_version) == 0 || header[write_version] != 1 || header[write_version + 1] != 1) {
        return refuse(database, "project_damaged", {{"reason", "header"}});
    }
    return {};
}

Result<int> file_version(const Database& database) {
    auto version = database.integer("PRAGMA user_version");
    if (!version) return tl::unexpected<Error>(std::move(version.error()));
    return static_cast<int>(*version);
}

Status migrate(const Database& database) {
    auto version = file_version(database);
    if (!version) return tl::unexpected<Error>(std::move(version.error()));
    if (*version == schema_version) return {};
    auto transaction = Transaction::begin(database);
    if (!transaction) return tl::unexpected<Error>(std::move(transaction.error()));
    if (*version == 0) {
        TWINFIRM_TRY(create_catalogue(database));
    } else {
        for (auto step = static_cast<std::size_t>(*version) - 1; step < steps.size(); ++step) {
            TWINFIRM_TRY(steps[step](database));
        }
    }
    TWINFIRM_TRY(database.run("PRAGMA user_version=" + std::to_string(schema_version)));
    return transaction->commit();
}

Status check_schema(const Database& database) {
    auto reading = Transaction::begin_reading(database);
    if (!reading) return tl::unexpected<Error>(std::move(reading.error()));
    auto statement = database.prepare("SELECT type,sql FROM sqlite_schema");
    if (!statement) return tl::unexpected<Error>(std::move(statement.error()));
    std::set<std::string, std::less<>> found;
    int code = statement->step();
    for (; code == SQLITE_ROW; code = statement->step()) {
        if (statement->text(0) != "table") return refuse(database, "project_foreign_schema");
        found.emplace(statement->text(1));
    }
    if (code != SQLITE_DONE) return database.failure();
    const auto take = [&found](std::string_view sql) {
        const auto at = found.find(sql);
        if (at == found.end()) return false;
        found.erase(at);
        return true;
    };
    for (const std::string_view sql : catalogue_sql) {
        if (!take(sql)) return refuse(database, "project_foreign_schema");
    }
    auto catalogue = load_catalogue(database);
    if (!catalogue) return tl::unexpected<Error>(std::move(catalogue.error()));
    for (const auto& [id, info] : catalogue->tables) {
        for (std::size_t part = 0; part < part_count(info.definition.columns.size()); ++part) {
            if (!take(create_part_sql(id, part, info.definition.columns))) {
                return refuse(database, "project_foreign_schema");
            }
        }
    }
    if (!found.empty()) return refuse(database, "project_foreign_schema");
    return {};
}

}  // namespace twinfirm::store
