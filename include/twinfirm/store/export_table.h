// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/store/project.h"

namespace twinfirm::store {

struct ExportOptions {
    bool raw = false;  ///< text exactly as stored, also where a spreadsheet would run it as a formula
};

/// Writes a table as CSV: UTF-8 with byte order mark, `\n`, one line of column names, numbers as the shortest text that
/// reads back the same, a cell without a value empty (whatever its status). The name of a column in won says so:
/// `매출액(백만원)`, which the store holds in won, is written as `매출액(원)`. Unless `raw`, text (names too) is
/// guarded by guard_formula. Memory does not grow with the table; the file appears whole or not at all (mode 0600).
/// Errors: `table_not_found`, `table_damaged`, `file_not_writable`, `disk_full`, `cancelled`.
[[nodiscard]] Status export_table_csv(const Project& project, const std::string& table,
                                      const std::filesystem::path& path, const ExportOptions& options = {},
                                      const CancellationToken& token = {});

}  // namespace twinfirm::store
