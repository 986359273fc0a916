// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace twinfirm {

/// Builds the text of a CSV file: RFC 4180, `\n` line ends, quotes only where needed, doubles as the shortest text that
/// reads back the same, missing values empty. Begins with a UTF-8 byte order mark unless told otherwise, because
/// Excel on Korean Windows reads a file without one as CP949.
class CsvWriter {
  public:
    explicit CsvWriter(bool byte_order_mark = true, std::string_view line_end = "\n");

    CsvWriter& text(std::string_view value);
    CsvWriter& number(double value);
    CsvWriter& integer(std::int64_t value);
    CsvWriter& missing();
    void end_row();
    /// A whole row of names.
    void header(std::initializer_list<std::string_view> names);

    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    /// Forgets the bytes so far, between rows: they were written.
    void clear() { bytes_.clear(); }

  private:
    void separate();
    std::string bytes_;
    std::string line_end_;
    bool row_started_ = false;
};

}  // namespace twinfirm
