// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace twinfirm::stats {

/// Places of the values in rising order; places of NaN are left out; equal values keep their order.
/// As RisingOrder sorts, and with its limit.
[[nodiscard]] std::vector<std::uint32_t> rising_order(std::span<const double> values);

/// Sorts one list of numbers after the other in the same memory, and tells which are equal. Each value may carry a mark
/// that travels with it: whoever walks through the sorted values need not look up what belongs to their places.
/// Radix sort of the leading bits, then a comparison sort of what agrees in them: O(n) where few numbers do, at worst
/// O(n log n).
class RisingOrder {
  public:
    static constexpr std::size_t most_values = std::size_t{1} << 29U;

    /// Replaces what was sorted before. `marks` are 0 to 3, one a value, or none at all (0 then). Throws
    /// std::length_error beyond most_values, std::invalid_argument if there are marks for some values only.
    void sort(std::span<const double> values, std::span<const std::uint8_t> marks = {});

    [[nodiscard]] std::size_t size() const { return items_.size(); }  ///< values without NaN
    [[nodiscard]] std::uint32_t place(std::size_t i) const { return (low(i) >> place_shift) & (most_values - 1); }
    [[nodiscard]] std::uint8_t mark(std::size_t i) const { return static_cast<std::uint8_t>(low(i) & mark_bits); }
    /// Whether the value is the same as the one before it.
    [[nodiscard]] bool repeats(std::size_t i) const { return (low(i) & repeat_bit) != 0; }

  private:
    static constexpr std::uint32_t mark_bits = 3;
    static constexpr std::uint32_t repeat_bit = 4;
    static constexpr std::uint32_t place_shift = 3;

    [[nodiscard]] std::uint32_t low(std::size_t i) const { return static_cast<std::uint32_t>(items_[i]); }
    /// How often each digit of 11 bits occurs in the leading halves.
    using DigitCounts = std::array<std::array<std::uint32_t, 2048>, 3>;
    void collect(std::span<const double> values, std::span<const std::uint8_t> marks, DigitCounts& counts);
    void sort_by_leading_half(DigitCounts& counts);
    void sort_runs(std::span<const double> values);

    /// The leading half of a value's key above place, repeat and mark.
    std::vector<std::uint64_t> items_;
    std::vector<std::uint64_t> spare_;
};

}  // namespace twinfirm::stats
