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

struct RisingOrder {
    std::vector<std::uint32_t> places;  ///< as rising_order() gives them
    std::vector<std::uint8_t> repeats;  ///< 1 = the same value as at the place before
};

/// The same, and which values are equal, without a look at the values again where their leading bits differ.
[[nodiscard]] RisingOrder rising_order_with_ties(std::span<const double> values);

}  // namespace twinfirm::stats
