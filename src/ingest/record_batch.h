// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/ingest/record_source.h"

namespace twinfirm::ingest {

/// Records with their text, to be handed from the thread that reads them to another one.
class RecordBatch {
  public:
    void add(const Record& record) {
        for (const std::string_view field : record.fields) {
            text_ += field;
            ends_.push_back(text_.size());
        }
        rows_.push_back({record.line, record.fields.size()});
    }

    /// Of bounded size, whatever the number and length of fields.
    [[nodiscard]] bool full() const { return ends_.size() >= most_cells || text_.size() >= most_bytes; }

    /// Calls `take(record)` for each, in order; the record is valid during the call.
    template <class Take>
    void for_each(const Take& take) const {
        const std::string_view text = text_;
        Record record;
        std::size_t begin = 0;
        std::size_t cell = 0;
        for (const Row& row : rows_) {
            record.line = row.line;
            record.fields.clear();
            for (std::size_t i = 0; i < row.fields; ++i) {
                const std::size_t end = ends_[cell++];
                record.fields.push_back(text.substr(begin, end - begin));
                begin = end;
            }
            take(record);
        }
    }

    void clear() { text_.clear(), ends_.clear(), rows_.clear(); }

  private:
    static constexpr std::size_t most_cells = 16'384;
    static constexpr std::size_t most_bytes = std::size_t{512} * 1024;

    struct Row {
        std::int64_t line = 0;
        std::size_t fields = 0;
    };

    std::string text_;
    std::vector<std::size_t> ends_;
    std::vector<Row> rows_;
};

}  // namespace twinfirm::ingest
