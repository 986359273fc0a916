// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace twinfirm::ingest {

/// Whether a row below a table begins another one.
class TableEnd {
  public:
    TableEnd(const std::vector<std::string>& header, std::size_t columns);

    /// A row of names, most of them those of this table's header; the header itself included.
    [[nodiscard]] bool resembles_header(const std::vector<std::string_view>& fields) const;
    /// The header, cell by cell.
    [[nodiscard]] bool is_header(const std::vector<std::string_view>& fields) const;
    /// Rows behind a blank line that have another form than this table: a title and names, or names and values.
    [[nodiscard]] bool is_other_table(const std::vector<std::vector<std::string>>& rows) const;
    /// The first of the rows that is no title.
    [[nodiscard]] static const std::vector<std::string>& header_among(
        const std::vector<std::vector<std::string>>& rows);

  private:
    std::vector<std::string> names_;  ///< trimmed, in the header's order
    std::vector<std::string> sorted_;
    std::size_t columns_;
};

}  // namespace twinfirm::ingest
