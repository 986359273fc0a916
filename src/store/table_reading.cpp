// SPDX-License-Identifier: GPL-3.0-or-later
// The reading half of Project.
#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>

#include "content_hash.h"
#include "project_impl.h"
#include "row_reader.h"
#include "twinfirm/store/project.h"

namespace twinfirm::store {

namespace {

constexpr std::size_t cells_per_chunk = std::size_t{1} << 16U;

/// A table as it stands in the catalogue at this moment, in a transaction that keeps it so.
struct Located {
    Transaction transaction;
    std::int64_t id;
    TableInfo info;
};

Result<Located> locate(const Database& database, const std::string& name) {
    auto transaction = Transaction::begin_reading(database);
    if (!transaction) return tl::unexpected<Error>(std::move(transaction.error()));
    auto catalogue = load_catalogue(database);
    if (!catalogue) return tl::unexpected<Error>(std::move(catalogue.error()));
    const auto found = catalogue->find(name);
    if (found == catalogue->tables.end()) {
        return fail(ErrorKind::usage, "table_not_found", {{"table", name}, {"path", database.path().string()}});
    }
    return Located{std::move(*transaction), found->first, found->second};
}

/// Positions of the named columns in the definition; all if none is named.
Result<std::vector<std::size_t>> positions(const TableInfo& info, const std::vector<std::string>& names) {
    const std::vector<ColumnDefinition>& columns = info.definition.columns;
    std::vector<std::size_t> found(columns.size());
    std::iota(found.begin(), found.end(), std::size_t{0});
    if (names.empty()) return found;
    found.clear();
    for (const std::string& name : names) {
        const auto at = std::find_if(columns.begin(), columns.end(),
                                     [&name](const ColumnDefinition& column) { return column.name == name; });
        if (at == columns.end()) {
            return fail(ErrorKind::usage, "column_not_found", {{"table", info.definition.name}, {"column", name}});
        }
        found.push_back(static_cast<std::size_t>(at - columns.begin()));
    }
    return found;
}

std::size_t chunk_rows(std::size_t columns) {
    return std::max<std::size_t>(1, cells_per_chunk / std::max<std::size_t>(1, columns));
}

Status scan_located(const Database& database, const Located& located, const std::vector<std::size_t>& columns,
                    const std::function<Status(const RowChunk&)>& use, const CancellationToken& token) {
    auto reader = RowReader::start(database, located.id, located.info, columns);
    if (!reader) return tl::unexpected<Error>(std::move(reader.error()));
    RowChunk chunk;
    for (const std::size_t column : columns) chunk.columns.emplace_back(located.info.definition.columns[column].type);
    const std::size_t most = chunk_rows(columns.size());
    do {
        TWINFIRM_TRY(token.check());
        for (ColumnChunk& column : chunk.columns) column.clear();
        auto count = reader->read(chunk.columns, most);
        if (!count) return tl::unexpected<Error>(std::move(count.error()));
        chunk.rows = *count;
        if (chunk.rows > 0) TWINFIRM_TRY(use(chunk));
    } while (chunk.rows == most);
    return {};
}

}  // namespace

Result<std::vector<TableInfo>> Project::tables() const {
    auto catalogue = load_catalogue(impl_->database);
    if (!catalogue) return tl::unexpected<Error>(std::move(catalogue.error()));
    std::vector<TableInfo> tables;
    for (auto& [id, info] : catalogue->tables) {
        if (!catalogue->replaced_by.contains(id)) tables.push_back(std::move(info));
    }
    std::sort(tables.begin(), tables.end(),
              [](const TableInfo& a, const TableInfo& b) { return a.definition.name < b.definition.name; });
    return tables;
}

Result<TableInfo> Project::table(const std::string& name) const {
    auto located = locate(impl_->database, name);
    if (!located) return tl::unexpected<Error>(std::move(located.error()));
    return std::move(located->info);
}

Result<TableData> Project::read(const std::string& table, const std::vector<std::string>& columns,
                                const CancellationToken& token) const {
    auto located = locate(impl_->database, table);
    if (!located) return tl::unexpected<Error>(std::move(located.error()));
    auto chosen = positions(located->info, columns);
    if (!chosen) return tl::unexpected<Error>(std::move(chosen.error()));
    auto reader = RowReader::start(impl_->database, located->id, located->info, *chosen);
    if (!reader) return tl::unexpected<Error>(std::move(reader.error()));
    TableData data;
    // A row takes more bytes in the file than it has columns, whatever the catalogue claims.
    const std::int64_t most_rows =
        impl_->database.file_size() / static_cast<std::int64_t>(located->info.definition.columns.size() + 1);
    for (const std::size_t column : *chosen) {
        data.definitions.push_back(located->info.definition.columns[column]);
        data.columns.emplace_back(data.definitions.back().type);
        data.columns.back().reserve(static_cast<std::size_t>(std::min(located->info.rows, most_rows)));
    }
    const std::size_t most = chunk_rows(chosen->size());
    for (std::size_t count = most; count == most; data.rows += count) {
        TWINFIRM_TRY(token.check());
        auto read = reader->read(data.columns, most);
        if (!read) return tl::unexpected<Error>(std::move(read.error()));
        count = *read;
    }
    return data;
}

Status Project::scan(const std::string& table, const std::vector<std::string>& columns,
                     const std::function<Status(const RowChunk&)>& use, const CancellationToken& token) const {
    auto located = locate(impl_->database, table);
    if (!located) return tl::unexpected<Error>(std::move(located.error()));
    auto chosen = positions(located->info, columns);
    if (!chosen) return tl::unexpected<Error>(std::move(chosen.error()));
    return scan_located(impl_->database, *located, *chosen, use, token);
}

Status Project::check_content(const std::string& table, const CancellationToken& token) const {
    auto located = locate(impl_->database, table);
    if (!located) return tl::unexpected<Error>(std::move(located.error()));
    auto all = positions(located->info, {});
    if (!all) return tl::unexpected<Error>(std::move(all.error()));
    ContentHash hash;
    TWINFIRM_TRY(scan_located(
        impl_->database, *located, *all,
        [&hash](const RowChunk& chunk) -> Status {
            hash.add(chunk.columns, chunk.rows);
            return {};
        },
        token));
    if (hash.rows() != located->info.rows ||
        hash.hex_digest(located->info.definition.columns) != located->info.content_hash) {
        const std::string path = impl_->path.string();
        return fail_at(ErrorKind::input, "table_damaged", {{"table", table}, {"path", path}}, path);
    }
    return {};
}

}  // namespace twinfirm::store
