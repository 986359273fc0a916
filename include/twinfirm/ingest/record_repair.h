// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "twinfirm/ingest/csv_dialect.h"

namespace twinfirm::ingest {

/// Where a field stands in its line. A quoted field's text lies between `begin` and `close`, the places of its quotes.
struct FieldSpan {
    static constexpr std::size_t unquoted = static_cast<std::size_t>(-1);
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t close = unquoted;
};

/// What may have gone wrong in a line.
enum class LineFaults {
    quotes,                 ///< not doubled, or where none should stand
    delimiters,             ///< forgotten beside a field in quotes
    quotes_and_delimiters,  ///< both
};

/// The likeliest way to divide a faulty line into `width` fields: the one that must take the fewest quotes for plain
/// characters and presume the fewest forgotten delimiters.
/// Nothing if no way with few faults gives that many fields, or if the line is too long to try (64 KiB).
/// Time: O(quotes x delimiters x width), at most some milliseconds.
[[nodiscard]] std::optional<std::vector<FieldSpan>> split_faulty_line(std::string_view line, const CsvDialect& dialect,
                                                                      std::size_t width, LineFaults faults);

}  // namespace twinfirm::ingest
