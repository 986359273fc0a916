// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/disclosure/aggregate_table.h"

#include <algorithm>
#include <cmath>

#include "twinfirm/base/number_text.h"

namespace twinfirm::disclosure {

std::vector<bool> AggregateTable::totals() const {
    std::vector<bool> result(cells.size(), false);
    for (const Relation& relation : relations) result[relation.total] = true;
    return result;
}

bool AggregateTable::non_negative() const {
    return std::all_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.value >= 0; });
}

Status check_table(const AggregateTable& table) {
    for (const Cell& cell : table.cells) {
        const bool whole = cell.value >= 0 && cell.value == std::floor(cell.value);
        if (!std::isfinite(cell.value) || (table.content == Content::counts && !whole)) {
            return fail(ErrorKind::input, "disclosure_cell_number", {{"cell", cell.name}});
        }
    }
    for (const Relation& relation : table.relations) {
        if (relation.total >= table.cells.size()) return fail(ErrorKind::input, "disclosure_cell_unknown");
        const Cell& total = table.cells[relation.total];
        double sum = 0;
        double size = std::abs(total.value);
        for (const std::size_t part : relation.parts) {
            if (part >= table.cells.size()) return fail(ErrorKind::input, "disclosure_cell_unknown");
            sum += table.cells[part].value;
            size = std::max(size, std::abs(table.cells[part].value));
        }
        if (!(std::abs(sum - total.value) <= 1e-9 * size)) {
            return fail(ErrorKind::input, "disclosure_sum_differs",
                        {{"cell", total.name}, {"value", shortest_text(total.value)}, {"sum", shortest_text(sum)}});
        }
    }
    return {};
}

}  // namespace twinfirm::disclosure
