// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace twinfirm {

inline constexpr int cp949_first_lead = 0x81;
inline constexpr int cp949_last_lead = 0xFE;
inline constexpr int cp949_first_trail = 0x41;
inline constexpr int cp949_last_trail = 0xFE;
inline constexpr int cp949_trails = cp949_last_trail - cp949_first_trail + 1;

/// Code points of the double-byte characters, row by row of the lead byte; 0 = not assigned.
extern const std::uint16_t cp949_table[(cp949_last_lead - cp949_first_lead + 1) * cp949_trails];

/// 0 = not assigned.
[[nodiscard]] inline char32_t cp949_code_point(unsigned char lead, unsigned char trail) {
    if (lead < cp949_first_lead || lead > cp949_last_lead || trail < cp949_first_trail || trail > cp949_last_trail) {
        return 0;
    }
    return cp949_table[(lead - cp949_first_lead) * cp949_trails + (trail - cp949_first_trail)];
}

}  // namespace twinfirm
