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
    bool unusual_delimiter = false;     ///< none of , tab ; | divides the lines evenly; the analyst should confirm
    std::size_t usual_fields = 0;       ///< number of fields that several records have; 0 = there are too few records
    std::int64_t preamble_lines = 0;    ///< above the first header row
    std::vector<std::string> preamble;  ///< their texts
    std::string unit;                   ///< unit that a preamble line states
    bool header = true;
    bool header_doubtful = false;           ///< the first row of the table may be data
    std::size_t header_rows = 1;            ///< more where a row of group titles stands above, or units stand below
    bool header_rows_stated = false;        ///< merged cells say so; no question
    std::vector<std::string> header_cells;  ///< of the lowest header row
    std::vector<std::vector<std::string>> header_row_cells;
    std::vector<std::int64_t> header_row_lines;
    std::size_t columns = 0;
    std::int64_t unclosed_quote_line = 0;
};

/// Reads up to 200 records of `sample` (UTF-8, the beginning of the file) under each delimiter and takes the one that
/// divides most lines into the same number of at least two fields. A line `sep=X` decides at once.
/// The header row is the first row that fills at least half of the columns with texts that are no numbers; what stands
/// above it is the preamble. Up to three header rows are known: group titles above, the same names or texts over all
/// columns of numbers below.
/// @param quote  0 = quotes have no meaning
[[nodiscard]] TableLayout detect_layout(std::string_view sample, char quote = '"',
                                        QuoteRepair repair = QuoteRepair::by_width);

/// One name for each column from several header rows: the texts from top to bottom with spaces between them; the titles
/// above the lowest row reach to the right over empty cells. Asks for at least one row.
[[nodiscard]] std::vector<std::string> merged_header(const std::vector<std::vector<std::string>>& rows);

/// Reads `rows` header rows and merges them; blank lines between them are passed over. Empty at the end of the file.
[[nodiscard]] Result<std::vector<std::string>> read_header(RecordSource& source, std::int64_t rows);

/// A row that annotates the table: a first cell like `주) ...`, `자료: ...`, `※ ...` and nothing else.
[[nodiscard]] bool is_footnote(const std::vector<std::string_view>& fields);
/// A row of sums: its first text is 합계, 소계, 총계 or the like.
[[nodiscard]] bool is_total_row(const std::vector<std::string_view>& fields);

}  // namespace twinfirm::ingest
