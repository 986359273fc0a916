// SPDX-License-Identifier: GPL-3.0-or-later
#include "study_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "twinfirm/base/number_text.h"
#include "twinfirm/ingest/canonical_field.h"

namespace twinfirm::app {

namespace {

/// Values outside are no years but codes or mistakes; within, they are safe to count with.
constexpr int earliest_year = 1800;
constexpr int latest_year = 2200;
/// Levels are 1-5; a number beyond this is no level at all.
constexpr double largest_level = 1000;

}  // namespace

std::size_t find_column(const store::TableData& table, const std::string& field) {
    if (field.empty()) return no_column;  // columns without a canonical field are many
    for (std::size_t i = 0; i < table.definitions.size(); ++i) {
        if (table.definitions[i].field == field) return i;
    }
    for (std::size_t i = 0; i < table.definitions.size(); ++i) {
        if (table.definitions[i].name == field) return i;
    }
    return no_column;
}

std::string column_key(const store::ColumnDefinition& definition) {
    return definition.field.empty() ? definition.name : definition.field;
}

double number_at(const store::ColumnChunk& column, std::size_t row) {
    if (!column.has_value(row)) return missing;
    switch (column.type()) {
        case store::ColumnType::integer:
            return static_cast<double>(column.integer(row));
        case store::ColumnType::real:
            return column.real(row);
        case store::ColumnType::text:
            break;
    }
    return missing;
}

std::string text_at(const store::ColumnChunk& column, std::size_t row) {
    if (!column.has_value(row)) return {};
    if (column.type() == store::ColumnType::integer) return std::to_string(column.integer(row));
    if (column.type() == store::ColumnType::text) return std::string(column.text(row));
    return {};
}

bool plausible_year(double year) {
    return year >= earliest_year && year <= latest_year && year == std::floor(year);
}

double year_at(const store::ColumnChunk& column, std::size_t row) {
    if (!column.has_value(row) || column.type() != store::ColumnType::text) return number_at(column, row);
    const std::string_view text = column.text(row);
    int year = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + std::min<std::size_t>(4, text.size()), year);
    return error == std::errc{} && end == text.data() + 4 ? year : missing;
}

std::string shown_at(const store::ColumnChunk& column, std::size_t row) {
    if (!column.has_value(row) || column.type() != store::ColumnType::real) return text_at(column, row);
    return shortest_text(column.real(row));
}

tl::unexpected<Error> no_year(const std::string& table, const std::string& field, const store::ColumnChunk& column,
                              std::size_t row) {
    return fail(
        ErrorKind::input, "role_column_type",
        {{"table", table}, {"field", field}, {"row", std::to_string(row + 1)}, {"value", shown_at(column, row)}});
}

std::optional<int> level_at(const store::ColumnChunk& column, std::size_t row) {
    if (column.type() == store::ColumnType::text) return ingest::level_of_word(column.text(row));
    const double level = number_at(column, row);
    if (!(level >= 0 && level <= largest_level) || level != std::floor(level)) return std::nullopt;
    return static_cast<int>(level);
}

Status require_numbers(const store::TableData& table, const std::string& name, const std::string& field) {
    const std::size_t column = find_column(table, field);
    if (column == no_column || table.definitions[column].type != store::ColumnType::text) return {};
    return fail(ErrorKind::input, "variable_is_text", {{"table", name}, {"field", field}});
}

tl::unexpected<Error> role_missing(const std::string& table, const std::string& field) {
    return fail(ErrorKind::input, "role_column_missing", {{"table", table}, {"field", field}});
}

bool rows_equal(const store::TableData& table, std::size_t a, std::size_t b) {
    return std::all_of(table.columns.begin(), table.columns.end(), [&](const store::ColumnChunk& column) {
        if (column.status(a) != column.status(b)) return false;
        if (!column.has_value(a)) return true;
        switch (column.type()) {
            case store::ColumnType::integer:
                return column.integer(a) == column.integer(b);
            case store::ColumnType::real:
                return column.real(a) == column.real(b);
            case store::ColumnType::text:
                return column.text(a) == column.text(b);
        }
        return false;
    });
}

tl::unexpected<Error> rows_differ(const std::string& table, std::string_view firm, const std::string& year,
                                  std::size_t first, std::size_t second) {
    return fail(ErrorKind::input, "duplicate_rows_differ",
                {{"table", table},
                 {"firm", std::string(firm)},
                 {"year", year},
                 {"first", std::to_string(first + 1)},
                 {"second", std::to_string(second + 1)}});
}

void note_counts(const std::string& table, const RowCounts& counts, Messages& messages) {
    const auto note = [&](const char* code, std::int64_t count) {
        if (count > 0) messages.push_back({code, Severity::warning, {{"table", table}}, count});
    };
    note("duplicate_rows_equal", counts.equal_rows);
    note("rows_without_firm", counts.rows_without_firm);
    note("rows_without_year", counts.rows_without_year);
}

}  // namespace twinfirm::app
