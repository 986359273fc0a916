// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "database.h"
#include "twinfirm/store/project.h"

namespace twinfirm::store {

constexpr std::uint32_t application_id = 0x5477466d;  ///< 'TwFm'
constexpr int schema_version = 3;
constexpr int page_size = 16384;

/// SQLite takes 2,000 columns in a table: a wider table is kept in parts that share their row numbers.
constexpr std::size_t columns_per_part = 1000;

/// The column names and statements of part `part` of table `id`: t7_1(s, c1, c2, ...), t7_2(s, c1001, ...).
/// `s` says why cells hold no value where one of them is not simply missing (two bits a column of the part, four
/// columns a byte, lowest bits first), else NULL.
[[nodiscard]] std::string part_name(std::int64_t id, std::size_t part);
[[nodiscard]] std::size_t part_count(std::size_t columns);
[[nodiscard]] std::string create_part_sql(std::int64_t id, std::size_t part,
                                          const std::vector<ColumnDefinition>& columns);

/// Refuses by the header alone what is no project, so that nothing is done to a foreign file.
[[nodiscard]] Status check_header(const Database& database);

/// The version of the project in the file, 0 for a file that is only just being made.
[[nodiscard]] Result<int> file_version(const Database& database);

/// Brings an empty file or an older project to the present version, one step after the other, as one transaction.
[[nodiscard]] Status migrate(const Database& database);

/// The text of every object in the file must be the one that this program writes: `project_foreign_schema`.
[[nodiscard]] Status check_schema(const Database& database);

}  // namespace twinfirm::store
