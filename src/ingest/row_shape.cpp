// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/row_shape.h"

#include <algorithm>
#include <array>

#include "twinfirm/ingest/header_name.h"
#include "twinfirm/ingest/table_layout.h"

namespace twinfirm::ingest {

std::string_view row_shape_name(RowShape shape) {
    constexpr std::array<std::string_view, 8> names = {
        "row", "blank", "footnote", "total", "repeated_header", "too_few_fields", "too_many_fields", "other_table"};
    return names[static_cast<std::size_t>(shape)];
}

RowShape RowClassifier::classify(Record& record) const {
    auto& fields = record.fields;
    while (fields.size() > columns_ && fields.back().empty()) fields.pop_back();
    if (trim(fields[0]).empty() &&
        std::all_of(fields.begin(), fields.end(), [](std::string_view cell) { return trim(cell).empty(); })) {
        return RowShape::blank;
    }
    if (last_line_ > 0 && record.line > last_line_) return RowShape::other_table;
    if (columns_ > 1) {
        if (is_footnote(fields)) return RowShape::footnote;
        if (fields.size() < columns_) return RowShape::too_few_fields;
        if (fields.size() > columns_) return RowShape::too_many_fields;
        if (reject_totals_ && is_total_row(fields)) return RowShape::total;
        if (!header_.empty() && std::equal(fields.begin(), fields.end(), header_.begin(), header_.end())) {
            return RowShape::repeated_header;
        }
    }
    return RowShape::row;
}

}  // namespace twinfirm::ingest
