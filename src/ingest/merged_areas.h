// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sheet_remarks.h"
#include "twinfirm/ingest/record_source.h"

namespace twinfirm::ingest {

struct MergedCells {
    CellPlace first;
    CellPlace last;
};

/// The merged cells of a sheet while its rows go by in order.
class MergedAreas {
  public:
    MergedAreas() = default;
    explicit MergedAreas(const std::vector<MergedCells>& cells) {
        for (const MergedCells& area : cells) areas_.push_back({area, {}});
    }

    /// Gives all cells of an area the text of the first, but not in a row that holds only one text: a title.
    void spread(Record& record) {
        const auto filled = std::count_if(record.fields.begin(), record.fields.end(),
                                          [](std::string_view field) { return !field.empty(); });
        for (Area& area : areas_) {
            const auto& [first, last] = area.cells;
            if (record.line < first.row || record.line > last.row) continue;
            const auto column = static_cast<std::size_t>(first.column) - 1;
            if (record.line == first.row && column < record.fields.size()) area.text = record.fields[column];
            if (filled < 2 || area.text.empty()) continue;
            // Areas beyond the record's last cell make the row as wide as they are, within reason.
            const auto end =
                std::min(static_cast<std::size_t>(last.column), std::max(record.fields.size(), column) + 64);
            if (record.fields.size() < end) record.fields.resize(end);
            for (std::size_t i = column; i < end; ++i) {
                if (record.fields[i].empty()) record.fields[i] = area.text;
            }
        }
    }

    /// Areas below `row` are remarked.
    void remark(std::int64_t row, SheetRemarks& remarks) const {
        for (const Area& area : areas_) {
            if (area.cells.first.row > row) remarks.note("workbook_merged_cells", Severity::warning, area.cells.first);
        }
    }

    /// The last row of the areas that begin in `row` and reach further down.
    [[nodiscard]] std::int64_t reach_of(std::int64_t row) const {
        std::int64_t reach = row;
        for (const Area& area : areas_) {
            if (area.cells.first.row == row) reach = std::max(reach, area.cells.last.row);
        }
        return reach;
    }

  private:
    struct Area {
        MergedCells cells;
        std::string text;
    };
    std::vector<Area> areas_;
};

}  // namespace twinfirm::ingest
