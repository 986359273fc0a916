// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/table_csv.h"

#include "twinfirm/base/csv_writer.h"
#include "twinfirm/report/number_format.h"

namespace twinfirm::report {

namespace {

void write_cell(const Cell& cell, const Column& column, CsvWriter& csv) {
    const std::size_t fields = column.csv_names.size();
    if (cell.kind == CellKind::text) {
        if (fields == 1) csv.text(cell.key.empty() ? cell.text : cell.key);
        if (fields == 2) csv.text(cell.key).text(cell.text);
        return;
    }
    for (std::size_t i = 0; i < fields; ++i) {
        if (cell.kind == CellKind::suppressed) {
            csv.text(suppressed_mark);
        } else if (i < cell.values.size()) {
            csv.number(cell.values[i]);
        } else {
            csv.missing();
        }
    }
}

}  // namespace

std::string table_to_csv(const Table& table) {
    CsvWriter csv;
    for (const Column& column : table.columns) {
        for (const std::string& name : column.csv_names) csv.text(name);
    }
    csv.end_row();
    for (const auto& row : table.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) write_cell(row[i], table.columns[i], csv);
        csv.end_row();
    }
    return csv.bytes();
}

}  // namespace twinfirm::report
