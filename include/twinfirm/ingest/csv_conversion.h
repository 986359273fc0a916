// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/base/text_encoding.h"
#include "twinfirm/ingest/csv_dialect.h"

namespace twinfirm::ingest {

/// How a file was read when nobody was asked.
struct CsvConversion {
    TextEncoding encoding = TextEncoding::utf8;
    CsvDialect dialect;
    std::int64_t header_rows = 0;  ///< 0 = the first row may be data
    std::int64_t preamble_lines = 0;
    std::int64_t rows = 0;     ///< written below the header
    std::int64_t columns = 0;  ///< of the header
    Messages messages;         ///< what was left out or read otherwise than it stands
};

/// Reads a delimited text file in the likeliest way and writes its first table as CSV: RFC 4180 with CR LF, UTF-8
/// without a byte order mark, header first, values as they were read. Preamble, blank lines, repeated header rows,
/// footnotes below the table and further tables are left out and named in the messages; several header rows are merged
/// into one. Rows with too few or too many fields keep their number of fields. A file without a byte gives one without
/// a byte.
///
/// Memory is bounded by the longest record (16 MiB). The file at `out` appears when it is whole.
/// Errors: those of EncodingDetector and CsvReader, `file_no_data`, `file_is_markup`, `file_not_found`,
/// `file_not_readable`, those of AtomicFileWriter, `cancelled`. Stages: `ingest_read`, `ingest_load`.
[[nodiscard]] Result<CsvConversion> convert_csv(const std::filesystem::path& path, const std::filesystem::path& out,
                                                const CancellationToken& token = {}, const ProgressSink& progress = {});

}  // namespace twinfirm::ingest
