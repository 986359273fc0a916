// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "table_end.h"
#include "twinfirm/ingest/record_source.h"

namespace twinfirm::ingest {

/// The records below a header without the blank ones, and where a further table begins among them. Reads at most two
/// records ahead, and only behind blank lines.
class TableFollower {
  public:
    /// @param header  names of the table, empty = it has none
    /// @param columns  fewer than two: nothing tells where a further table begins
    /// @param blank_rows_left_out  of a sheet: a gap in the row numbers is a blank row
    TableFollower(RecordSource& source, const std::vector<std::string>& header, std::size_t columns,
                  bool blank_rows_left_out)
        : source_(source), end_(header, columns), columns_(columns), blank_rows_left_out_(blank_rows_left_out) {}

    /// Like RecordSource::next; the record is valid until the next call.
    [[nodiscard]] Result<bool> next(Record& record);

    /// The record just read begins another table: names like those of the header, but others among them or in another
    /// order, or rows of another form behind a blank line. From here on that table is followed.
    [[nodiscard]] bool further_table() const { return further_table_; }

  private:
    struct Row {
        std::int64_t line = 0;
        std::vector<std::string> fields;
    };

    [[nodiscard]] Result<bool> other_table_begins(Record& record);
    void follow(const std::vector<std::string>& header);

    RecordSource& source_;
    TableEnd end_;
    std::size_t columns_;
    bool blank_rows_left_out_;
    std::deque<Row> ahead_;
    Row current_;
    std::int64_t last_line_ = 0;
    std::size_t rows_ = 0;
    bool ended_ = false;  ///< the source is not to be asked again
    bool further_table_ = false;
};

}  // namespace twinfirm::ingest
