// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/convert.h"

#include "twinfirm/ingest/file_format.h"
#include "twinfirm/ingest/sheet_conversion.h"

namespace twinfirm::app {

Result<ingest::CsvConversion> convert(const std::filesystem::path& file, const std::filesystem::path& out,
                                      const std::string& sheet, const CancellationToken& token,
                                      const ProgressSink& progress) {
    const auto format = ingest::recognize_format(file);
    if (!format) return tl::unexpected(format.error());
    if (*format != ingest::FileFormat::text) return ingest::convert_sheet(file, *format, sheet, out, token, progress);
    if (!sheet.empty()) return fail(ErrorKind::usage, "sheet_of_text", {{"sheet", sheet}});
    return ingest::convert_csv(file, out, token, progress);
}

}  // namespace twinfirm::app
