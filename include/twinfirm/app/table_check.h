// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/language.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/ingest/quality.h"

namespace twinfirm::app {

/// Where a stored table has no values: columns by years.
struct MissingMap {
    std::vector<int> years;          ///< empty: the table has no column of years, and each list one entry
    std::vector<std::int64_t> rows;  ///< of each year
    struct Column {
        std::string name;
        std::vector<std::int64_t> missing;  ///< of each year
    };
    std::vector<Column> columns;
};

/// The values of a column of codes, and which of them a code list knows.
struct CodeList {
    enum class Known { yes, no, without_list };
    struct Code {
        std::string value;
        std::int64_t rows = 0;
        Known known = Known::without_list;
        LocalizedText meaning;  ///< empty where the list has none
    };
    std::string column;
    std::string field;
    std::vector<Code> codes;  ///< unknown ones first, then by value
};

/// What an analyst should look at before a table is used.
struct TableCheck {
    std::vector<ingest::QualityIssue> issues;  ///< doubtful values, duplicates, firms that do not join the register
    MissingMap missing;
    std::vector<CodeList> codes;
};

/// Looks a stored table over, by a connection of its own. Code lists: divisions of manufacturing for industry codes,
/// the provinces, levels 0-5; other columns of few (up to 40) texts are listed without one. Nothing is changed.
/// @param register_table  of the firms; empty, or the table itself: nothing is joined
/// Errors: those of the project, `table_not_found`. Memory: the table. Cost: O(n log n).
[[nodiscard]] Result<TableCheck> check_table(const std::filesystem::path& project, const std::string& table,
                                             const std::string& register_table, const CancellationToken& token = {},
                                             const ProgressSink& progress = {});

}  // namespace twinfirm::app
