// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "twinfirm/report/table.h"

namespace twinfirm::report {

/// A page of A4 holds so many columns of numbers with intervals.
inline constexpr std::size_t number_columns_on_a_page = 5;

/// The table in parts of at most `most` columns beside its `fixed` first ones, as even as can be, each with those first
/// columns, its notes below the last: the caption of each says which part it is. A table that fits, or whose header
/// has cells over several columns, comes back whole. The first part keeps the table's name, the next are NAME_2, ...
[[nodiscard]] std::vector<Table> split_wide(Table table, std::size_t fixed,
                                            std::size_t most = number_columns_on_a_page);

}  // namespace twinfirm::report
