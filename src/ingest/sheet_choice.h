// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "line_range.h"
#include "twinfirm/ingest/inspection.h"
#include "twinfirm/ingest/table_layout.h"
#include "twinfirm/ingest/workbook.h"

namespace twinfirm::ingest {

/// Which sheet is read, and what the analyst should know of the others.
struct SheetChoice {
    std::size_t sheet = 0;
    std::vector<Problem> problems;
    std::optional<Question> question;  ///< several sheets hold data, or the answer named one
};

/// The sheet that `answers` name (`workbook_sheet`), or the first visible one with data. Errors:
/// `workbook_sheet_unknown` (sheet, sheets).
[[nodiscard]] Result<SheetChoice> choose_sheet(const std::vector<SheetInfo>& sheets,
                                               const std::map<std::string, std::string>& answers);
[[nodiscard]] tl::unexpected<Error> unknown_sheet(const std::vector<SheetInfo>& sheets, const std::string& name);

/// Where the table stands in a sheet, judged by the first 200 of these rows.
[[nodiscard]] Result<TableLayout> detect_sheet_layout(Workbook& workbook, std::size_t sheet, LineRange rows,
                                                      const CancellationToken& token);

/// A remark if the name's ending tells of another kind of file.
[[nodiscard]] std::optional<Problem> misleading_name(const std::filesystem::path& path, FileFormat format);

}  // namespace twinfirm::ingest
