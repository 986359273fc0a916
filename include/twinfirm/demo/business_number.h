// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace twinfirm::demo {

/// How many different numbers there are.
inline constexpr std::int64_t business_number_count = 9000000;

/// A business registration number NNN-00-NNNNC with a valid check digit: the middle digits 00 are assigned to no kind
/// of business, so it can be no real firm's. Different for each `serial` in 0 .. business_number_count-1.
///
/// Check digit: the digits 1-9 weighted 1,3,7,1,3,7,1,3,5, plus the tens of digit 9 times 5; C makes the sum a multiple
/// of 10.
[[nodiscard]] std::string business_number(std::int64_t serial);

}  // namespace twinfirm::demo
