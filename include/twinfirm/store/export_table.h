// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/store/project.h"

namespace twinfirm::store {

/// Texts for cells without a value; empty texts are written as an empty cell.
struct AbsentTexts {
    std::string not_applicable;
    std::string suppressed;
};

struct ExportOptions {
    bool raw = false;  ///< text exactly as stored, also where a spreadsheet would run it as a formula
    /// What stood in the file for cells that do not apply or are suppressed, by column name (해당없음, X).
    std::map<std::string, AbsentTexts> absent{};
};

/// Writes a table as CSV: UTF-8 with byte order mark, `\n`, one line of column names, numbers as the shortest text that
/// reads back the same, a missing cell empty, one that does not apply or is suppressed as `absent` says. The name of a
/// column in won says so: `매출액(백만원)`, which the store holds in won, is written as `매출액(원)`. Unless `raw`,
/// text (names too) is guarded by guard_formula. Memory does not grow with the table; the file appears whole or not at
/// all (mode 0600). Errors: `table_not_found`, `table_damaged`, `file_not_writable`, `disk_full`, `cancelled`.
[[nodiscard]] Status export_table_csv(const Project& project, const std::string& table,
                                      const std::filesystem::path& path, const ExportOptions& options = {},
                                      const CancellationToken& token = {});

}  // namespace twinfirm::store
