// SPDX-License-Identifier: GPL-3.0-or-later
#include "table_end.h"

#include <algorithm>

#include "twinfirm/base/calendar.h"
#include "twinfirm/base/decimal.h"
#include "twinfirm/ingest/header_name.h"
#include "twinfirm/ingest/table_layout.h"

namespace twinfirm::ingest {

namespace {

bool is_value(std::string_view cell) {
    return parse_decimal(cell).has_value() && !parse_year(cell);
}

std::size_t filled(const std::vector<std::string>& fields) {
    return static_cast<std::size_t>(
        std::count_if(fields.begin(), fields.end(), [](const std::string& cell) { return !trim(cell).empty(); }));
}

/// Index of the first row that is no title over others.
std::size_t names_among(const std::vector<std::vector<std::string>>& rows) {
    std::size_t names = 0;
    while (names + 1 < rows.size() && filled(rows[names]) == 1 && rows[names + 1].size() >= 2) ++names;
    return names;
}

bool any_value(const std::vector<std::string>& fields) {
    return std::any_of(fields.begin(), fields.end(), [](const std::string& cell) { return is_value(cell); });
}

}  // namespace

TableEnd::TableEnd(const std::vector<std::string>& header, std::size_t columns) : columns_(columns) {
    for (const std::string& cell : header) names_.emplace_back(trim(cell));
    for (const std::string& name : names_) {
        if (!name.empty() && !is_value(name)) sorted_.push_back(name);
    }
    std::sort(sorted_.begin(), sorted_.end());
}

bool TableEnd::is_header(const std::vector<std::string_view>& fields) const {
    return std::equal(fields.begin(), fields.end(), names_.begin(), names_.end(),
                      [](std::string_view cell, const std::string& name) { return trim(cell) == name; });
}

bool TableEnd::resembles_header(const std::vector<std::string_view>& fields) const {
    if (sorted_.size() < 2 || fields.size() < 2) return false;
    // Nearly every row of data shows in its first cells that it is none.
    std::size_t known = 0;
    std::size_t texts = 0;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::string_view cell = trim(fields[i]);
        if (cell.empty()) continue;
        ++texts;
        if (std::binary_search(sorted_.begin(), sorted_.end(), cell, std::less<>())) {
            ++known;
        } else if (is_value(cell)) {
            return false;
        }
        if (texts >= 4 && known == 0) return false;
    }
    return known >= 2 && known * 5 >= sorted_.size() * 3 && known * 5 >= texts * 3;
}

bool TableEnd::is_other_table(const std::vector<std::vector<std::string>>& rows) const {
    if (rows.size() < 2) return false;
    const std::size_t names = names_among(rows);
    const auto& header = rows[names];
    if (filled(header) < 2 || any_value(header) || is_footnote({header.begin(), header.end()})) return false;
    if (names + 1 >= rows.size()) return false;
    const auto& below = rows[names + 1];
    if (below.size() != header.size() || filled(below) < 2) return false;
    const bool other_width = header.size() != columns_;
    return other_width || names > 0 || any_value(below);
}

const std::vector<std::string>& TableEnd::header_among(const std::vector<std::vector<std::string>>& rows) {
    return rows[names_among(rows)];
}

}  // namespace twinfirm::ingest
