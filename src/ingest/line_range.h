// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace twinfirm::ingest {

/// Lines of a file (rows of a sheet), both ends included and counted from 1.
struct LineRange {
    std::int64_t first = 1;
    std::int64_t last = 0;  ///< 0 = to the end
};

/// "6-8", "6-" to the end.
[[nodiscard]] std::string line_range_text(LineRange lines);
[[nodiscard]] std::optional<LineRange> parse_line_range(std::string_view text);

}  // namespace twinfirm::ingest
