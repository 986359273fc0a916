// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace twinfirm::ingest {

/// A number written with Korean numeral units.
struct KoreanAmount {
    std::int64_t value = 0;       ///< with all units multiplied out
    bool won = false;             ///< 원 ends it
    bool single = false;          ///< one number and one unit (1,234백만원), not a sum of several (3억 5천만)
    bool thousands_only = false;  ///< no unit from 만 upwards (12천), so that it may count a column's own unit
};

/// Reads 3억, 3억 5천만, 12억 3천만원, 1조 2,000억원, 1,234백만원, 1.5억, 12천; digits may be full-width, a minus
/// (- or △) may stand before. Units must fall (억 before 만). Nothing if a part is no number, if the value is not whole
/// or beyond an int64, if no unit stands in the text, and for bare digits behind a unit without 원 (3억 5 is said for
/// 3억 5천만, but not by everybody). Cost: O(length).
[[nodiscard]] std::optional<KoreanAmount> parse_korean_amount(std::string_view text);

}  // namespace twinfirm::ingest
