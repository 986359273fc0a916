// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalogue.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "schema.h"
#include "twinfirm/base/sha256.h"

namespace twinfirm::store {

namespace {

constexpr std::array<std::string_view, 3> type_names = {"text", "integer", "real"};

std::string_view type_name(ColumnType type) {
    return type_names[static_cast<std::size_t>(type)];
}

std::optional<ColumnType> type_of(std::string_view name) {
    const auto at = std::find(type_names.begin(), type_names.end(), name);
    if (at == type_names.end()) return std::nullopt;
    return static_cast<ColumnType>(at - type_names.begin());
}

tl::unexpected<Error> damaged(const Database& database) {
    const std::string path = database.path().string();
    return fail_at(ErrorKind::input, "project_damaged", {{"path", path}, {"reason", "catalogue"}}, path);
}

void add(Sha256& hash, std::string_view text) {
    hash.update_integer(text.size());
    hash.update(text);
}

std::string digest(const Catalogue& catalogue) {
    Sha256 hash;
    hash.update_integer(static_cast<std::uint64_t>(catalogue.next_table));
    add(hash, catalogue.specification);
    if (!catalogue.record_head.empty()) add(hash, catalogue.record_head);
    hash.update_integer(catalogue.tables.size());
    for (const auto& [id, info] : catalogue.tables) {
        hash.update_integer(static_cast<std::uint64_t>(id));
        add(hash, info.definition.name);
        hash.update_integer(info.definition.columns.size());
        for (const ColumnDefinition& column : info.definition.columns) {
            add(hash, column.name);
            add(hash, column.field);
            add(hash, type_name(column.type));
            add(hash, column.unit);
        }
        hash.update_integer(static_cast<std::uint64_t>(info.rows));
        add(hash, info.content_hash);
        add(hash, info.import.file_name);
        hash.update_integer(static_cast<std::uint64_t>(info.import.bytes));
        add(hash, info.import.sha256);
        add(hash, info.import.plan_json);
        add(hash, info.import.audit_json);
        add(hash, info.import.time);
        const auto replaced = catalogue.replaced_by.find(id);
        if (replaced == catalogue.replaced_by.end()) continue;
        add(hash, "replaced_by");
        hash.update_integer(static_cast<std::uint64_t>(replaced->second));
    }
    return hash.hex_digest();
}

Status load_tables(const Database& database, Catalogue& catalogue) {
    auto statement = database.prepare(
        "SELECT id,name,row_count,content_hash,file_name,file_bytes,file_sha256,plan,audit,time,replaced_by "
        "FROM catalogue_table");
    if (!statement) return tl::unexpected<Error>(std::move(statement.error()));
    int code = statement->step();
    for (; code == SQLITE_ROW; code = statement->step()) {
        const auto text = [&](int column) { return std::string(statement->text(column)); };
        TableInfo info;
        info.definition.name = text(1);
        info.rows = statement->integer(2);
        info.content_hash = text(3);
        info.import = {text(4), statement->integer(5), text(6), text(7), text(8), text(9)};
        const std::int64_t id = statement->integer(0);
        if (statement->integer(10) != 0) catalogue.replaced_by.emplace(id, statement->integer(10));
        if (!catalogue.tables.emplace(id, std::move(info)).second) return damaged(database);
    }
    if (code != SQLITE_DONE) return database.failure();
    return {};
}

Status load_columns(const Database& database, Catalogue& catalogue) {
    auto statement = database.prepare("SELECT table_id,position,name,field,type,unit FROM catalogue_column");
    if (!statement) return tl::unexpected<Error>(std::move(statement.error()));
    int code = statement->step();
    for (; code == SQLITE_ROW; code = statement->step()) {
        const auto table = catalogue.tables.find(statement->integer(0));
        const auto type = type_of(statement->text(4));
        if (table == catalogue.tables.end() || !type) return damaged(database);
        std::vector<ColumnDefinition>& columns = table->second.definition.columns;
        if (statement->integer(1) != static_cast<std::int64_t>(columns.size() + 1)) return damaged(database);
        columns.push_back(
            {std::string(statement->text(2)), std::string(statement->text(3)), *type, std::string(statement->text(5))});
    }
    if (code != SQLITE_DONE) return database.failure();
    return {};
}

/// The key-value pairs; returns the digest.
Result<std::string> load_values(const Database& database, Catalogue& catalogue) {
    auto statement = database.prepare("SELECT key,value FROM project");
    if (!statement) return tl::unexpected<Error>(std::move(statement.error()));
    std::map<std::string, std::string, std::less<>> values;
    int code = statement->step();
    for (; code == SQLITE_ROW; code = statement->step()) values.emplace(statement->text(0), statement->text(1));
    if (code != SQLITE_DONE) return database.failure();
    const auto next = values.find("next_table");
    const auto specification = values.find("specification");
    const auto sum = values.find("digest");
    const auto head = values.find("record_head");
    const std::size_t known = head == values.end() ? 3 : 4;
    if (values.size() != known || next == values.end() || specification == values.end() || sum == values.end()) {
        return damaged(database);
    }
    catalogue.next_table = std::strtoll(next->second.c_str(), nullptr, 10);
    catalogue.specification = specification->second;
    if (head != values.end()) catalogue.record_head = head->second;
    return sum->second;
}

}  // namespace

std::map<std::int64_t, TableInfo>::const_iterator Catalogue::find(const std::string& name) const {
    return std::find_if(tables.begin(), tables.end(), [&](const auto& entry) {
        return entry.second.definition.name == name && !replaced_by.contains(entry.first);
    });
}

std::map<std::int64_t, TableInfo>::const_iterator Catalogue::former_version(std::int64_t id) const {
    const auto found =
        std::find_if(replaced_by.begin(), replaced_by.end(), [&](const auto& entry) { return entry.second == id; });
    return found == replaced_by.end() ? tables.end() : tables.find(found->first);
}

Result<Catalogue> load_catalogue(const Database& database) {
    auto reading = Transaction::begin_reading(database);
    if (!reading) return tl::unexpected<Error>(std::move(reading.error()));
    Catalogue catalogue;
    TWINFIRM_TRY(load_tables(database, catalogue));
    TWINFIRM_TRY(load_columns(database, catalogue));
    auto expected = load_values(database, catalogue);
    if (!expected) return tl::unexpected<Error>(std::move(expected.error()));
    if (digest(catalogue) != *expected) return damaged(database);
    return catalogue;
}

Status insert_table(const Database& database, Catalogue& catalogue, std::int64_t id, TableInfo info) {
    auto table = database.prepare("INSERT INTO catalogue_table VALUES(?,?,?,?,?,?,?,?,?,?,0)");
    if (!table) return tl::unexpected<Error>(std::move(table.error()));
    table->bind(1, id);
    table->bind(2, info.definition.name);
    table->bind(3, info.rows);
    table->bind(4, info.content_hash);
    table->bind(5, info.import.file_name);
    table->bind(6, info.import.bytes);
    table->bind(7, info.import.sha256);
    table->bind(8, info.import.plan_json);
    table->bind(9, info.import.audit_json);
    table->bind(10, info.import.time);
    if (table->step() != SQLITE_DONE) return database.failure();
    auto column = database.prepare("INSERT INTO catalogue_column VALUES(?,?,?,?,?,?)");
    if (!column) return tl::unexpected<Error>(std::move(column.error()));
    std::int64_t position = 0;
    for (const ColumnDefinition& definition : info.definition.columns) {
        column->bind(1, id);
        column->bind(2, ++position);
        column->bind(3, definition.name);
        column->bind(4, definition.field);
        column->bind(5, type_name(definition.type));
        column->bind(6, definition.unit);
        if (column->step() != SQLITE_DONE) return database.failure();
        column->reset();
    }
    catalogue.tables.insert_or_assign(id, std::move(info));
    return {};
}

Status drop_rows_and_entry(const Database& database, Catalogue& catalogue, std::int64_t id) {
    const std::size_t parts = part_count(catalogue.tables.at(id).definition.columns.size());
    for (std::size_t part = 0; part < parts; ++part) {
        TWINFIRM_TRY(database.run("DROP TABLE " + part_name(id, part)));
    }
    const std::string number = std::to_string(id);
    TWINFIRM_TRY(database.run("DELETE FROM catalogue_column WHERE table_id=" + number));
    TWINFIRM_TRY(database.run("DELETE FROM catalogue_table WHERE id=" + number));
    catalogue.tables.erase(id);
    catalogue.replaced_by.erase(id);
    return {};
}

Status set_replaced_by(const Database& database, Catalogue& catalogue, std::int64_t id, std::int64_t successor) {
    TWINFIRM_TRY(database.run("UPDATE catalogue_table SET replaced_by=" + std::to_string(successor) +
                              " WHERE id=" + std::to_string(id)));
    if (successor == 0) {
        catalogue.replaced_by.erase(id);
    } else {
        catalogue.replaced_by[id] = successor;
    }
    return {};
}

Status seal_catalogue(const Database& database, const Catalogue& catalogue) {
    auto statement = database.prepare("INSERT OR REPLACE INTO project VALUES(?,?)");
    if (!statement) return tl::unexpected<Error>(std::move(statement.error()));
    std::vector<std::pair<std::string_view, std::string>> values = {
        {"next_table", std::to_string(catalogue.next_table)},
        {"specification", catalogue.specification},
        {"digest", digest(catalogue)}};
    if (!catalogue.record_head.empty()) values.emplace_back("record_head", catalogue.record_head);
    for (const auto& [key, value] : values) {
        statement->bind(1, key);
        statement->bind(2, value);
        if (statement->step() != SQLITE_DONE) return database.failure();
        statement->reset();
    }
    return {};
}

}  // namespace twinfirm::store
