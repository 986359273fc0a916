// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/ingest/csv_conversion.h"

namespace twinfirm::app {

/// Reads a file in the likeliest way, without a question, and writes its first table as plain CSV.
/// @param sheet  of a workbook; empty = the first visible one with data
/// Errors: those of ingest::convert_csv and, for workbooks, of ingest::convert_sheet; `sheet_of_text` (usage).
[[nodiscard]] Result<ingest::CsvConversion> convert(const std::filesystem::path& file, const std::filesystem::path& out,
                                                    const std::string& sheet = {}, const CancellationToken& token = {},
                                                    const ProgressSink& progress = {});

}  // namespace twinfirm::app
