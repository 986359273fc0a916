// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "twinfirm/base/result.h"

namespace twinfirm::ingest {

/// What kind of file holds a table. The content decides, never the name.
enum class FileFormat {
    text,             ///< delimited text
    xlsx,             ///< Office Open XML workbook
    xls,              ///< Excel 97-2003 workbook
    html,             ///< tables of a page, as downloads named .xls often are
    xml_spreadsheet,  ///< XML Spreadsheet 2003
};

/// "text", "xlsx", "xls", "html", "xml-spreadsheet".
[[nodiscard]] std::string_view file_format_name(FileFormat format);
[[nodiscard]] std::optional<FileFormat> parse_file_format(std::string_view name);

/// Looks at the beginning of the file. Whatever is none of the others counts as text.
/// Errors: `file_not_found`, `file_not_readable`, `file_is_markup` (XML that is no spreadsheet).
[[nodiscard]] Result<FileFormat> recognize_format(const std::filesystem::path& path);

}  // namespace twinfirm::ingest
