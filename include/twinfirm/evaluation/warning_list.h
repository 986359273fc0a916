// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace twinfirm::evaluation {

/// What a warning is about, item by item. Units are named by their keys alone.
struct WarningList {
    std::string code;                            ///< of the message
    std::vector<std::string> columns;            ///< of the rows
    std::vector<std::vector<std::string>> rows;  ///< cells as text; empty = missing
    /// Short names of the items, one a row: covariates, strata, groups. Empty where the items are units, whose keys are
    /// no reading for a page.
    std::vector<std::string> names;
};

using WarningLists = std::vector<WarningList>;

/// The list with this message's code, or null.
[[nodiscard]] const WarningList* find_list(const WarningLists& lists, const std::string& code);

/// The list as CSV (UTF-8 with byte order mark).
[[nodiscard]] std::string warning_list_csv(const WarningList& list);

}  // namespace twinfirm::evaluation
