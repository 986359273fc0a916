// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/value_type.h"

#include <array>
#include <cstddef>

namespace twinfirm::ingest {

namespace {

constexpr std::array<std::string_view, 11> names = {"text", "integer", "number", "money",  "percent", "year",
                                                    "date", "boolean", "level",  "region", "ksic"};

}  // namespace

std::string_view value_type_name(ValueType type) {
    return names[static_cast<std::size_t>(type)];
}

std::optional<ValueType> parse_value_type(std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) return static_cast<ValueType>(i);
    }
    return std::nullopt;
}

store::ColumnType stored_type(ValueType type) {
    switch (type) {
        case ValueType::text:
        case ValueType::date:
        case ValueType::region:
        case ValueType::ksic:
            return store::ColumnType::text;
        case ValueType::number:
        case ValueType::percent:
            return store::ColumnType::real;
        default:
            return store::ColumnType::integer;
    }
}

}  // namespace twinfirm::ingest
