// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "twinfirm/store/row_sink.h"

namespace twinfirm::ingest {

/// How the texts of a column are read.
enum class ValueType {
    text,     ///< as it stands
    integer,  ///< whole numbers, int64
    number,   ///< decimals, double
    money,    ///< a won unit is stated (원, 천원, 백만원, 억원 ...): stored in whole won, int64
    percent,  ///< in percent points: "3.5%" and "3.5" are both 3.5
    year,     ///< 2017, 2017.0, 2017년, '17; of a date its year
    date,     ///< stored as YYYY-MM-DD
    boolean,  ///< 0 or 1
    level,    ///< adoption level 0 .. 5
    region,   ///< a 시도 under any of its names or codes: stored by its short name
    ksic,     ///< industry codes: the main one is stored, the others in a further column (ColumnPlan::rest_name)
};

/// "text", "integer", ...
[[nodiscard]] std::string_view value_type_name(ValueType type);
[[nodiscard]] std::optional<ValueType> parse_value_type(std::string_view name);

/// The type of the stored column.
[[nodiscard]] store::ColumnType stored_type(ValueType type);

}  // namespace twinfirm::ingest
