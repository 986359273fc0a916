// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "twinfirm/ingest/workbook.h"

namespace twinfirm::ingest {

/// Counts remarks by code, with the place of the first of each, in the order in which they came up.
class SheetRemarks {
  public:
    void note(std::string_view code, Severity severity, const CellPlace& place, std::int64_t count = 1) {
        const auto found =
            std::find_if(list_.begin(), list_.end(), [&](const SheetRemark& remark) { return remark.code == code; });
        if (found == list_.end()) {
            list_.push_back({std::string(code), severity, count, place});
        } else {
            found->count += count;
        }
    }
    [[nodiscard]] const std::vector<SheetRemark>& list() const { return list_; }

  private:
    std::vector<SheetRemark> list_;
};

}  // namespace twinfirm::ingest
