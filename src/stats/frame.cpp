// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/frame.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace twinfirm::stats {

Column Column::numbers(std::string name, std::vector<double> values) {
    Column column;
    column.name_ = std::move(name);
    column.kind_ = ColumnKind::number;
    column.values_ = std::move(values);
    return column;
}

Column Column::categories(std::string name, std::vector<std::string> levels, std::vector<std::int32_t> codes) {
    const auto count = static_cast<std::int64_t>(levels.size());
    if (std::any_of(codes.begin(), codes.end(), [&](std::int32_t code) { return code < -1 || code >= count; })) {
        throw std::invalid_argument("a code is not one of the levels of column " + name);
    }
    Column column;
    column.name_ = std::move(name);
    column.kind_ = ColumnKind::category;
    column.levels_ = std::move(levels);
    column.codes_ = std::move(codes);
    return column;
}

Column Column::from_texts(std::string name, const std::vector<std::string>& texts) {
    // The bytes of UTF-8 sort as its code points do.
    std::unordered_map<std::string_view, std::int32_t> first_seen;
    std::vector<std::int32_t> codes;
    codes.reserve(texts.size());
    for (const std::string& text : texts) {
        const auto next = static_cast<std::int32_t>(first_seen.size());
        codes.push_back(text.empty() ? -1 : first_seen.try_emplace(text, next).first->second);
    }
    std::vector<std::pair<std::string_view, std::int32_t>> sorted(first_seen.begin(), first_seen.end());
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::string> levels;
    levels.reserve(sorted.size());
    std::vector<std::int32_t> place(sorted.size());
    for (const auto& [text, code] : sorted) {
        place[static_cast<std::size_t>(code)] = static_cast<std::int32_t>(levels.size());
        levels.emplace_back(text);
    }
    for (std::int32_t& code : codes) {
        if (code >= 0) code = place[static_cast<std::size_t>(code)];
    }
    return categories(std::move(name), std::move(levels), std::move(codes));
}

bool Column::missing(std::size_t row) const {
    return kind_ == ColumnKind::number ? std::isnan(values_.at(row)) : codes_.at(row) < 0;
}

Column Column::select(std::span<const std::size_t> rows) const {
    Column column;
    column.name_ = name_;
    column.kind_ = kind_;
    column.levels_ = levels_;
    for (const std::size_t row : rows) {
        if (kind_ == ColumnKind::number) {
            column.values_.push_back(values_.at(row));
        } else {
            column.codes_.push_back(codes_.at(row));
        }
    }
    return column;
}

Column Column::renamed(std::string name) const {
    Column column = *this;
    column.name_ = std::move(name);
    return column;
}

const Column* Frame::find(std::string_view name) const {
    const auto place =
        std::find_if(columns_.begin(), columns_.end(), [&](const Column& column) { return column.name() == name; });
    return place == columns_.end() ? nullptr : &*place;
}

void Frame::add(Column column) {
    if (columns_.empty() && rows_ == 0) rows_ = column.size();
    if (column.size() != rows_) throw std::invalid_argument("column " + column.name() + " has another length");
    const auto place = std::find_if(columns_.begin(), columns_.end(),
                                    [&](const Column& other) { return other.name() == column.name(); });
    if (place == columns_.end()) {
        columns_.push_back(std::move(column));
    } else {
        *place = std::move(column);
    }
}

Frame Frame::select(std::span<const std::size_t> rows) const {
    Frame frame(rows.size());
    for (const Column& column : columns_) frame.columns_.push_back(column.select(rows));
    return frame;
}

}  // namespace twinfirm::stats
