// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/ingest/csv_conversion.h"
#include "twinfirm/ingest/file_format.h"

namespace twinfirm::ingest {

/// What convert_csv does, for a workbook: of the sheet named, or the first visible one with data; others are named in
/// the messages. Cells as texts of workbook.h, merged cells of the header rows filled, several header rows merged into
/// one. Errors: those of Workbook, `workbook_sheet_unknown`, `file_no_data`, those of AtomicFileWriter, `cancelled`.
/// Stage: `ingest_load`.
[[nodiscard]] Result<CsvConversion> convert_sheet(const std::filesystem::path& path, FileFormat format,
                                                  const std::string& sheet, const std::filesystem::path& out,
                                                  const CancellationToken& token = {},
                                                  const ProgressSink& progress = {});

}  // namespace twinfirm::ingest
