// SPDX-License-Identifier: GPL-3.0-or-later
#include "wide_table.h"

#include <algorithm>
#include <string>
#include <utility>

#include "twinfirm/base/number_text.h"

namespace twinfirm::report {

namespace {

bool spans_columns(const std::vector<std::vector<Cell>>& rows) {
    return std::any_of(rows.begin(), rows.end(), [](const std::vector<Cell>& row) {
        return std::any_of(row.begin(), row.end(), [](const Cell& cell) { return cell.column_span > 1; });
    });
}

template <class Item>
std::vector<Item> part_of(const std::vector<Item>& items, std::size_t fixed, std::size_t first, std::size_t last) {
    std::vector<Item> part(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(fixed));
    part.insert(part.end(), items.begin() + static_cast<std::ptrdiff_t>(first),
                items.begin() + static_cast<std::ptrdiff_t>(last));
    return part;
}

}  // namespace

std::vector<Table> split_wide(Table table, std::size_t fixed, std::size_t most) {
    const std::size_t wide = table.columns.size() - std::min(fixed, table.columns.size());
    if (wide <= most || spans_columns(table.header_rows) || spans_columns(table.rows)) return {std::move(table)};
    const std::size_t parts = (wide + most - 1) / most;
    std::vector<Table> result;
    for (std::size_t p = 0; p < parts; ++p) {
        const std::size_t first = fixed + p * wide / parts;
        const std::size_t last = fixed + (p + 1) * wide / parts;
        Table part;
        const auto number = static_cast<std::int64_t>(p + 1);
        part.name = p == 0 ? table.name : table.name + "_" + integer_text(number);
        part.caption =
            table.caption + " (" + integer_text(number) + "/" + integer_text(static_cast<std::int64_t>(parts)) + ")";
        part.unit = table.unit;
        part.source = table.source;
        if (p + 1 == parts) part.notes = table.notes;
        part.columns = part_of(table.columns, fixed, first, last);
        for (const auto& row : table.header_rows) part.header_rows.push_back(part_of(row, fixed, first, last));
        for (const auto& row : table.rows) part.rows.push_back(part_of(row, fixed, first, last));
        result.push_back(std::move(part));
    }
    return result;
}

}  // namespace twinfirm::report
