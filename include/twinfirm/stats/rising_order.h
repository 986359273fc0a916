// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace twinfirm::stats {

/// Places of the values in rising order; places of NaN are left out; equal values keep their order.
/// Radix sort of the numbers' bits: O(n).
[[nodiscard]] std::vector<std::uint32_t> rising_order(std::span<const double> values);

}  // namespace twinfirm::stats
