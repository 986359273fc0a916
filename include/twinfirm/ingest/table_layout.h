// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/ingest/csv_reader.h"

namespace twinfirm::ingest {

/// Where the table stands in a delimited text, judged by its beginning.
struct TableLayout {
    CsvDialect dialect;
    bool unusual_delimiter = false;  ///< none of , tab ; | divides the lines evenly; the analyst should confirm
    std::int64_t preamble_lines = 0;
    std::vector<std::string> preamble;  ///< their texts
    std::string unit;                   ///< unit that a preamble line states
    bool header = true;
    bool header_doubtful = false;  ///< the first row of the table may be data
    bool two_header_rows = false;  ///< a row of group titles stands above the header row
    std::vector<std::string> header_cells;
    std::size_t columns = 0;
    std::int64_t unclosed_quote_line = 0;
};

/// Reads up to 200 records of `sample` (UTF-8, the beginning of the file) under each delimiter and takes the one that
/// divides most lines into the same number of at least two fields. A line `sep=X` decides at once.
/// The header row is the first row that fills at least half of the columns with texts that are no numbers; what stands
/// above it is the preamble.
/// @param quote  0 = quotes have no meaning
[[nodiscard]] TableLayout detect_layout(std::string_view sample, char quote = '"');

/// A row that annotates the table: a first cell like `주) ...`, `자료: ...`, `※ ...` and nothing else.
[[nodiscard]] bool is_footnote(const std::vector<std::string_view>& fields);
/// A row of sums: its first text is 합계, 소계, 총계 or the like.
[[nodiscard]] bool is_total_row(const std::vector<std::string_view>& fields);

}  // namespace twinfirm::ingest
