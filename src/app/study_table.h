// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"
#include "twinfirm/store/project.h"

namespace twinfirm::app {

/// A stored table by its name.
struct StudyTable {
    std::string name;
    const store::TableData* data = nullptr;
};

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();
inline constexpr std::size_t no_column = static_cast<std::size_t>(-1);

/// The place of a role's column, by canonical field or else by name; no_column if the table has none or the role none.
[[nodiscard]] std::size_t find_column(const store::TableData& table, const std::string& field);
/// What a column is called in the panel.
[[nodiscard]] std::string column_key(const store::ColumnDefinition& definition);

[[nodiscard]] double number_at(const store::ColumnChunk& column, std::size_t row);
[[nodiscard]] std::string text_at(const store::ColumnChunk& column, std::size_t row);
/// The value as the table holds it, for a message.
[[nodiscard]] std::string shown_at(const store::ColumnChunk& column, std::size_t row);
/// The year of a date text or a year number; NaN if there is none.
[[nodiscard]] double year_at(const store::ColumnChunk& column, std::size_t row);
/// A level as a number or in words ("Lv2", "기초2"); none if it is neither.
[[nodiscard]] std::optional<int> level_at(const store::ColumnChunk& column, std::size_t row);
/// Values outside are no years but codes or mistakes; within, they are safe to count with.
[[nodiscard]] bool plausible_year(double year);

[[nodiscard]] bool rows_equal(const store::TableData& table, std::size_t a, std::size_t b);

[[nodiscard]] tl::unexpected<Error> role_missing(const std::string& table, const std::string& field);
/// A text column cannot be an outcome: the analyst must hear of it before the values are merely "missing".
[[nodiscard]] Status require_numbers(const store::TableData& table, const std::string& name, const std::string& field);
[[nodiscard]] tl::unexpected<Error> no_year(const std::string& table, const std::string& field,
                                            const store::ColumnChunk& column, std::size_t row);
[[nodiscard]] tl::unexpected<Error> rows_differ(const std::string& table, std::string_view firm,
                                                const std::string& year, std::size_t first, std::size_t second);

/// Rows of a table that were not used.
struct RowCounts {
    std::int64_t equal_rows = 0;
    std::int64_t rows_without_firm = 0;
    std::int64_t rows_without_year = 0;
};
void note_counts(const std::string& table, const RowCounts& counts, Messages& messages);

}  // namespace twinfirm::app
