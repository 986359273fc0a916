// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/ingest/csv_dialect.h"
#include "twinfirm/ingest/csv_reader.h"

namespace twinfirm::ingest {

struct SampleRecord {
    std::int64_t line = 0;
    std::vector<std::string> fields;
    std::int64_t merged_to = 0;  ///< last line of cells that are merged over several lines and begin here
};

/// The first records of a text under one dialect, and how well the dialect fits them.
struct SampleReading {
    CsvDialect dialect;
    std::vector<SampleRecord> records;  ///< none blank
    std::size_t width = 0;              ///< the most frequent number of fields
    std::size_t records_of_width = 0;
    double score = 0;                      ///< 0 .. 1
    std::int64_t unclosed_quote_line = 0;  ///< 0 = none
    std::int64_t faulty = 0;               ///< records with text behind a closing quote
};

/// Reads up to 200 records. The score is the squared share of records with the most frequent number of fields (at
/// least two), the more the more fields they have, less where quotes stand elsewhere than beside delimiters and where
/// fields hold characters that are rarely part of a text (tab, |).
[[nodiscard]] SampleReading read_sample(std::string_view text, const CsvDialect& dialect, std::int64_t skipped_lines,
                                        std::size_t expected_fields = 0, QuoteRepair repair = QuoteRepair::none);

/// The delimiter that a first line `sep=X` states; 0 = there is none.
[[nodiscard]] char separator_line(std::string_view text);

/// The dialect that fits a sample best.
/// @param quote  0 = quotes have no meaning
/// @param unusual  set where the delimiter is none of , tab ; |
[[nodiscard]] SampleReading best_reading(std::string_view text, char quote, bool& unusual);

}  // namespace twinfirm::ingest
