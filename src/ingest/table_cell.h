// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "twinfirm/store/project.h"

namespace twinfirm::ingest {

/// NaN if the cell has no value or is a text.
[[nodiscard]] double cell_number(const store::ColumnChunk& column, std::size_t row);
/// Empty if the cell has no value.
[[nodiscard]] std::string cell_text(const store::ColumnChunk& column, std::size_t row);
/// Of a year or of a date's beginning; 0 = none.
[[nodiscard]] int cell_year(const store::ColumnChunk& column, std::size_t row);
/// Below, equal to or above 0; cells without a value by their reason.
[[nodiscard]] int compare_cells(const store::ColumnChunk& column, std::size_t a, std::size_t b);
/// Appends a cell to a chunk of the same type.
void append_cell(const store::ColumnChunk& from, std::size_t row, store::ColumnChunk& to);

/// The column of a canonical field; null if there is none.
[[nodiscard]] const store::ColumnChunk* field_column(const store::TableData& table, std::string_view field);
/// The column that says which firm a row is of: firm_id, else brn, crn, firm_name; null if there is none.
[[nodiscard]] const store::ColumnChunk* firm_column(const store::TableData& table);

}  // namespace twinfirm::ingest
