// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "merged_areas.h"
#include "sheet_remarks.h"
#include "twinfirm/ingest/workbook.h"

namespace twinfirm::ingest {

/// The cells of one sheet in memory, filled row by row.
class SheetGrid {
  public:
    void begin_row(std::int64_t number) { rows_.push_back({number, cells_.size()}); }
    /// At a column behind the last one of the row. Empty texts are left out.
    void add(std::int64_t column, std::string_view text) {
        if (text.empty()) return;
        cells_.push_back({column, text_.size(), text.size()});
        text_ += text;
    }
    [[nodiscard]] std::size_t rows() const { return rows_.size(); }
    [[nodiscard]] std::size_t cells() const { return cells_.size(); }
    [[nodiscard]] std::size_t bytes() const { return text_.size() + cells_.size() * sizeof(Cell); }
    [[nodiscard]] std::int64_t number_of(std::size_t row) const { return rows_[row].number; }
    /// Puts the row's texts at their places.
    void copy_row(std::size_t row, std::vector<std::string_view>& fields) const;

    SheetRemarks remarks;
    std::vector<MergedCells> merged;

  private:
    struct Cell {
        std::int64_t column;
        std::size_t begin;
        std::size_t size;
    };
    struct Row {
        std::int64_t number;
        std::size_t first_cell;
    };
    std::vector<Row> rows_;
    std::vector<Cell> cells_;
    std::string text_;
};

/// What one grid may hold in memory.
inline constexpr std::size_t grid_bytes_limit = std::size_t{512} * 1024 * 1024;
[[nodiscard]] tl::unexpected<Error> too_much_text();

/// A workbook whose sheets were all read at once.
[[nodiscard]] std::shared_ptr<Workbook> make_grid_workbook(std::filesystem::path path, std::vector<SheetInfo> sheets,
                                                           std::vector<std::shared_ptr<const SheetGrid>> grids);

}  // namespace twinfirm::ingest
