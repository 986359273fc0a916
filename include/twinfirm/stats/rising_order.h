// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace twinfirm::stats {

/// Places of the values in rising order; places of NaN are left out; equal values keep their order.
/// Radix sort of the leading bits, then a comparison sort of what agrees in them: O(n) where few numbers do, at worst
/// O(n log n).
[[nodiscard]] std::vector<std::uint32_t> rising_order(std::span<const double> values);

}  // namespace twinfirm::stats
