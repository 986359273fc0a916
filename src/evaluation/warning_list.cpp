// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/warning_list.h"

#include <algorithm>

#include "twinfirm/base/csv_writer.h"

namespace twinfirm::evaluation {

const WarningList* find_list(const WarningLists& lists, const std::string& code) {
    const auto found = std::find_if(lists.begin(), lists.end(), [&](const auto& list) { return list.code == code; });
    return found == lists.end() ? nullptr : &*found;
}

std::string warning_list_csv(const WarningList& list) {
    CsvWriter csv;
    for (const std::string& column : list.columns) csv.text(column);
    csv.end_row();
    for (const std::vector<std::string>& row : list.rows) {
        for (const std::string& cell : row) cell.empty() ? csv.missing() : csv.text(cell);
        csv.end_row();
    }
    return csv.bytes();
}

}  // namespace twinfirm::evaluation
