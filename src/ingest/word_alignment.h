// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/ingest/csv_dialect.h"

namespace twinfirm::ingest {

/// In a table whose delimiter is a space, a text of several words without quotes fills several fields. Puts such words
/// together again: so many fields as the shortest record has, and each in the column whose other cells look like it.
class WordAlignment {
  public:
    /// @param sample  the beginning of the text
    WordAlignment(std::string_view sample, const CsvDialect& dialect);

    /// Joins words in a row with too many fields; leaves other rows alone.
    void align(std::vector<std::string>& row) const;
    [[nodiscard]] std::size_t columns() const { return shapes_.size(); }

  private:
    [[nodiscard]] double cost(std::size_t column, const std::vector<std::string>& row, std::size_t first,
                              std::size_t count) const;

    std::vector<std::set<std::string>> shapes_;  ///< of each column's cells in records of the right length
    std::size_t records_ = 0;
};

}  // namespace twinfirm::ingest
