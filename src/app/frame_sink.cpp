// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame_sink.h"

#include <limits>

#include "twinfirm/base/number_text.h"

namespace twinfirm::app {

Status FrameSink::begin(const store::TableDefinition& definition) {
    for (const store::ColumnDefinition& column : definition.columns) {
        columns_.push_back({column.name, column.type == store::ColumnType::text, {}, {}});
    }
    return {};
}

Status FrameSink::append(const store::RowChunk& chunk) {
    constexpr double missing = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        const store::ColumnChunk& from = chunk.columns[c];
        Values& to = columns_[c];
        for (std::size_t row = 0; row < chunk.rows; ++row) {
            if (to.text) {
                to.texts.emplace_back(from.has_value(row) ? from.text(row) : "");
            } else if (!from.has_value(row)) {
                to.numbers.push_back(missing);
            } else if (from.type() == store::ColumnType::integer) {
                to.numbers.push_back(static_cast<double>(from.integer(row)));
            } else {
                to.numbers.push_back(from.real(row));
            }
        }
    }
    return {};
}

stats::Frame FrameSink::take_frame() {
    stats::Frame frame;
    for (Values& column : columns_) {
        frame.add(column.text ? stats::Column::from_texts(column.name, column.texts)
                              : stats::Column::numbers(column.name, std::move(column.numbers)));
    }
    columns_.clear();
    return frame;
}

std::vector<std::string> FrameSink::texts(const std::string& name) const {
    for (const Values& column : columns_) {
        if (column.name != name) continue;
        if (column.text) return column.texts;
        std::vector<std::string> texts;
        texts.reserve(column.numbers.size());
        for (const double number : column.numbers) texts.push_back(shortest_text(number));
        return texts;
    }
    return {};
}

}  // namespace twinfirm::app
