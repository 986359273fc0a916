// SPDX-License-Identifier: GPL-3.0-or-later
#include "table_cell.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "twinfirm/base/number_text.h"

namespace twinfirm::ingest {

double cell_number(const store::ColumnChunk& column, std::size_t row) {
    if (!column.has_value(row)) return std::numeric_limits<double>::quiet_NaN();
    if (column.type() == store::ColumnType::integer) return static_cast<double>(column.integer(row));
    return column.type() == store::ColumnType::real ? column.real(row) : std::numeric_limits<double>::quiet_NaN();
}

std::string cell_text(const store::ColumnChunk& column, std::size_t row) {
    if (!column.has_value(row)) return {};
    if (column.type() == store::ColumnType::integer) return std::to_string(column.integer(row));
    if (column.type() == store::ColumnType::real) return shortest_text(column.real(row));
    return std::string(column.text(row));
}

int cell_year(const store::ColumnChunk& column, std::size_t row) {
    if (!column.has_value(row)) return 0;
    if (column.type() == store::ColumnType::text) {
        const std::string_view text = column.text(row).substr(0, 4);
        int year = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
        return error == std::errc() && end == text.data() + 4 ? year : 0;
    }
    const double year = cell_number(column, row);
    return std::abs(year) < 1e6 ? static_cast<int>(year) : 0;
}

int compare_cells(const store::ColumnChunk& column, std::size_t a, std::size_t b) {
    const auto order = [](const auto& x, const auto& y) { return x < y ? -1 : y < x ? 1 : 0; };
    if (column.status(a) != column.status(b)) return order(column.status(a), column.status(b));
    if (!column.has_value(a)) return 0;
    if (column.type() == store::ColumnType::integer) return order(column.integer(a), column.integer(b));
    if (column.type() == store::ColumnType::real) return order(column.real(a), column.real(b));
    return order(column.text(a), column.text(b));
}

void append_cell(const store::ColumnChunk& from, std::size_t row, store::ColumnChunk& to) {
    if (!from.has_value(row)) {
        to.append_absent(from.status(row));
    } else if (from.type() == store::ColumnType::integer) {
        to.append_integer(from.integer(row));
    } else if (from.type() == store::ColumnType::real) {
        to.append_real(from.real(row));
    } else {
        to.append_text(from.text(row));
    }
}

const store::ColumnChunk* field_column(const store::TableData& table, std::string_view field) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.definitions[i].field == field) return &table.columns[i];
    }
    return nullptr;
}

const store::ColumnChunk* firm_column(const store::TableData& table) {
    for (const char* key : {"firm_id", "brn", "crn", "firm_name"}) {
        if (const store::ColumnChunk* column = field_column(table, key)) return column;
    }
    return nullptr;
}

}  // namespace twinfirm::ingest
