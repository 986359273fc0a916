// SPDX-License-Identifier: GPL-3.0-or-later
#include "row_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "schema.h"

namespace twinfirm::store {

namespace {

constexpr int row_number_column = 0;
constexpr int status_column = 1;
constexpr int first_value_column = 2;

ValueStatus packed_status(std::string_view bytes, std::size_t column) {
    const auto byte = static_cast<unsigned char>(bytes[column / 4]);
    return static_cast<ValueStatus>((byte >> (2 * (column % 4))) & 3U);
}

}  // namespace

Result<RowReader> RowReader::start(const Database& database, std::int64_t id, const TableInfo& info,
                                   std::vector<std::size_t> columns, RowRange range) {
    RowReader reader(database, info, range);
    const std::string from = range.first > 0 ? " WHERE rowid>" + std::to_string(range.first) : "";
    const std::size_t width = info.definition.columns.size();
    for (std::size_t number = 0; number < part_count(width); ++number) {
        const std::size_t begin = number * columns_per_part;
        const std::size_t end = std::min(width, begin + columns_per_part);
        Part part{Statement(), {}, end - begin};
        std::string sql = "SELECT rowid,s";
        for (std::size_t target = 0; target < columns.size(); ++target) {
            const std::size_t column = columns[target];
            if (column < begin || column >= end) continue;
            part.columns.push_back({target, column - begin, info.definition.columns[column].type});
            sql += ",c" + std::to_string(column + 1);
        }
        if (part.columns.empty()) continue;
        auto statement = database.prepare(sql + " FROM " + part_name(id, number) + from + " ORDER BY rowid");
        if (!statement) return tl::unexpected<Error>(std::move(statement.error()));
        part.statement = std::move(*statement);
        reader.parts_.push_back(std::move(part));
    }
    return reader;
}

tl::unexpected<Error> RowReader::damaged() const {
    const std::string path = database_->path().string();
    return fail_at(ErrorKind::input, "table_damaged", {{"table", info_->definition.name}, {"path", path}}, path);
}

bool RowReader::read_row(Part& part, std::vector<ColumnChunk>& into) const {
    const Statement& row = part.statement;
    if (row.integer(row_number_column) != row_) return false;
    std::string_view statuses;
    const bool plain = row.column_type(status_column) == SQLITE_NULL;
    if (!plain) {
        statuses = row.blob(status_column);
        if (statuses.size() != (part.width + 3) / 4) return false;
    }
    int column = first_value_column;
    for (const PartColumn& part_column : part.columns) {
        ColumnChunk& target = into[part_column.target];
        const int stored = row.column_type(column);
        if (!plain) {
            const ValueStatus status = packed_status(statuses, part_column.in_part);
            if ((status == ValueStatus::value) != (stored != SQLITE_NULL)) return false;
            if (stored == SQLITE_NULL) target.append_absent(status);
        } else if (stored == SQLITE_NULL) {
            target.append_absent(ValueStatus::missing);
        }
        if (stored != SQLITE_NULL) {
            if (part_column.type == ColumnType::integer && stored == SQLITE_INTEGER) {
                target.append_integer(row.integer(column));
            } else if (part_column.type == ColumnType::real && stored == SQLITE_FLOAT) {
                target.append_real(row.real(column));
            } else if (part_column.type == ColumnType::text && stored == SQLITE_TEXT) {
                target.append_text(row.text(column));
            } else {
                return false;
            }
        }
        ++column;
    }
    return true;
}

Result<std::size_t> RowReader::read(std::vector<ColumnChunk>& into, std::size_t rows) {
    std::size_t count = 0;
    while (count < rows && row_ < last_) {
        ++row_;
        for (Part& part : parts_) {
            const int code = part.statement.step();
            if (code == SQLITE_DONE) return damaged();
            if (code != SQLITE_ROW) {
                // Names the table where SQLite itself finds the damage, and the lock or the disk where it is that.
                Error error = database_->error();
                if (error.code == "project_damaged") return damaged();
                return tl::unexpected<Error>(std::move(error));
            }
            if (!read_row(part, into)) return damaged();
        }
        ++count;
    }
    if (row_ == info_->rows && count < rows) {
        for (Part& part : parts_) {
            if (part.statement.step() != SQLITE_DONE) return damaged();
        }
    }
    return count;
}

}  // namespace twinfirm::store
