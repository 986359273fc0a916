// SPDX-License-Identifier: GPL-3.0-or-later
// The reading half of Project.
#include <algorithm>
#include <cstdint>
#include <numeric>
#include <thread>
#include <utility>

#include "content_hash.h"
#include "project_impl.h"
#include "row_reader.h"
#include "twinfirm/base/parallel.h"
#include "twinfirm/store/project.h"

namespace twinfirm::store {

namespace {

constexpr std::int64_t rows_worth_a_thread = 50'000;
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
    auto reader = RowReader::start(database, located.id, located.info, columns, {0, located.info.rows});
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

/// Appends the rows of a range, and to `hash` if there is one.
Status read_range(const Database& database, const Located& located, const std::vector<std::size_t>& columns,
                  RowRange range, std::int64_t expected_rows, ContentHash* hash, const CancellationToken& token,
                  TableData& data) {
    auto reader = RowReader::start(database, located.id, located.info, columns, range);
    if (!reader) return tl::unexpected<Error>(std::move(reader.error()));
    // A row takes more bytes in the file than it has columns, whatever the catalogue claims.
    const std::int64_t most_rows =
        database.file_size() / static_cast<std::int64_t>(located.info.definition.columns.size() + 1);
    for (const std::size_t column : columns) {
        data.definitions.push_back(located.info.definition.columns[column]);
        data.columns.emplace_back(data.definitions.back().type);
        data.columns.back().reserve(static_cast<std::size_t>(std::min(expected_rows, most_rows)));
    }
    const std::size_t most = chunk_rows(columns.size());
    for (std::size_t count = most; count == most; data.rows += count) {
        TWINFIRM_TRY(token.check());
        auto read = reader->read(data.columns, most);
        if (!read) return tl::unexpected<Error>(std::move(read.error()));
        count = *read;
        if (hash != nullptr) hash->add(data.columns, data.rows, data.rows + count);
    }
    return {};
}

Status check_hash(const ContentHash& hash, const TableInfo& info, const std::filesystem::path& project) {
    if (hash.rows() == info.rows && hash.hex_digest(info.definition.columns) == info.content_hash) return {};
    const std::string path = project.string();
    return fail_at(ErrorKind::input, "table_damaged", {{"table", info.definition.name}, {"path", path}}, path);
}

/// A second connection, for reading.
Result<Database> open_beside(const std::filesystem::path& path) {
    auto connection = Database::open(path, false);
    if (!connection) return connection;
    TWINFIRM_TRY(connection->configure());
    return connection;
}

/// A run of rows that is read and hashed by itself.
struct Range {
    Database connection;
    TableData data;
    ContentHash hash;
    Status done;
};

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
    TableData data;
    TWINFIRM_TRY(read_range(impl_->database, *located, *chosen, {0, located->info.rows}, located->info.rows, nullptr,
                            token, data));
    return data;
}

Result<TableData> Project::read_checked(const std::string& table, unsigned threads,
                                        const CancellationToken& token) const {
    // Another connection would not see what a transaction of this one has changed.
    const bool alone = impl_->database.in_transaction();
    auto located = locate(impl_->database, table);
    if (!located) return tl::unexpected<Error>(std::move(located.error()));
    const auto all = positions(located->info, {});
    if (!all) return tl::unexpected<Error>(all.error());
    const std::int64_t rows = located->info.rows;
    if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
    const std::int64_t most_ranges = alone ? 1 : std::max<std::int64_t>(1, rows / rows_worth_a_thread);
    std::vector<Range> ranges(static_cast<std::size_t>(std::min<std::int64_t>(threads, most_ranges)));
    // This transaction's read lock keeps writers away until the others have read the same state.
    for (std::size_t i = 1; i < ranges.size(); ++i) {
        auto connection = open_beside(impl_->path);
        if (!connection) {
            ranges.resize(i);
            break;
        }
        ranges[i].connection = std::move(*connection);
    }
    const auto count = static_cast<std::int64_t>(ranges.size());
    parallel_chunks(ranges.size(), 1, threads, [&](std::size_t i, std::size_t) {
        const auto number = static_cast<std::int64_t>(i);
        const RowRange part{rows * number / count, rows * (number + 1) / count};
        ranges[i].done = read_range(i == 0 ? impl_->database : ranges[i].connection, *located, *all, part,
                                    i == 0 ? rows : part.last - part.first, &ranges[i].hash, token, ranges[i].data);
    });
    for (Range& range : ranges) TWINFIRM_TRY(std::move(range.done));
    TableData data = std::move(ranges.front().data);
    ContentHash hash = ranges.front().hash;
    for (std::size_t i = 1; i < ranges.size(); ++i) {
        for (std::size_t column = 0; column < data.columns.size(); ++column) {
            data.columns[column].append(ranges[i].data.columns[column]);
            ranges[i].data.columns[column] = ColumnChunk();
        }
        data.rows += ranges[i].data.rows;
        hash.add(ranges[i].hash);
    }
    TWINFIRM_TRY(check_hash(hash, located->info, impl_->path));
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
            hash.add(chunk.columns, 0, chunk.rows);
            return {};
        },
        token));
    return check_hash(hash, located->info, impl_->path);
}

}  // namespace twinfirm::store
