// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/grouping.h"

#include <algorithm>
#include <cmath>

#include "twinfirm/base/number_text.h"

namespace twinfirm::survey {

namespace {

Grouping grouping_of_numbers(const stats::Column& column) {
    std::vector<double> levels;
    for (const double value : column.values())
        if (!std::isnan(value)) levels.push_back(value);
    std::sort(levels.begin(), levels.end());
    levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
    Grouping grouping;
    for (const double level : levels) grouping.labels.push_back(shortest_text(level));
    for (const double value : column.values()) {
        const auto place = std::lower_bound(levels.begin(), levels.end(), value);
        grouping.codes.push_back(std::isnan(value) ? -1 : static_cast<std::int32_t>(place - levels.begin()));
    }
    return grouping;
}

}  // namespace

Grouping grouping_of(const stats::Column& column) {
    if (column.kind() == stats::ColumnKind::number) return grouping_of_numbers(column);
    std::vector<char> used(column.levels().size(), 0);
    for (const std::int32_t code : column.codes())
        if (code >= 0) used[static_cast<std::size_t>(code)] = 1;
    std::vector<std::size_t> order;
    for (std::size_t level = 0; level < used.size(); ++level)
        if (used[level] != 0) order.push_back(level);
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return column.levels()[a] < column.levels()[b]; });
    Grouping grouping;
    std::vector<std::int32_t> code_of(used.size(), -1);
    for (const std::size_t level : order) {
        code_of[level] = static_cast<std::int32_t>(grouping.labels.size());
        grouping.labels.push_back(column.levels()[level]);
    }
    for (const std::int32_t code : column.codes())
        grouping.codes.push_back(code < 0 ? -1 : code_of[static_cast<std::size_t>(code)]);
    return grouping;
}

}  // namespace twinfirm::survey
