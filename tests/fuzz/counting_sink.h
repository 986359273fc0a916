// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "twinfirm/store/row_sink.h"

namespace twinfirm::fuzz {

/// Counts rows and holds the columns of each chunk to one length.
class CountingSink final : public store::RowSink {
  public:
    Status begin(const store::TableDefinition& table) override {
        columns_ = table.columns.size();
        return {};
    }
    Status append(const store::RowChunk& chunk) override {
        if (chunk.columns.size() != columns_) std::abort();
        for (const store::ColumnChunk& column : chunk.columns) {
            if (column.size() != chunk.rows) std::abort();
        }
        rows += static_cast<std::int64_t>(chunk.rows);
        return {};
    }

    std::int64_t rows = 0;

  private:
    std::size_t columns_ = 0;
};

}  // namespace twinfirm::fuzz
