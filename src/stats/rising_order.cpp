// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/rising_order.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>

namespace twinfirm::stats {
namespace {

// An item is the leading half of a value's key above the value's place. The halves are sorted by digits; few values
// agree in them, and those runs are sorted by comparison.
constexpr unsigned digits = 3;
constexpr std::array<unsigned, digits> digit_begin{32, 43, 54};
constexpr std::size_t buckets = std::size_t{1} << 11U;

/// Unsigned numbers in the same order as the doubles (IEEE 754 is sign and magnitude); -0 counts as 0.
std::uint64_t sortable(double value) {
    constexpr std::uint64_t sign = std::uint64_t{1} << 63;
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);
    return (bits & sign) != 0 ? ~bits : bits | sign;
}

std::uint64_t leading(std::uint64_t item) {
    return item >> 32U;
}

std::uint32_t place(std::uint64_t item) {
    return static_cast<std::uint32_t>(item);
}

std::size_t digit(std::uint64_t item, unsigned number) {
    return (item >> digit_begin[number]) & (buckets - 1);
}

/// The items by their leading halves, equal ones by place.
std::vector<std::uint64_t> sorted_items(std::span<const double> values) {
    constexpr std::uint64_t half = ~std::uint64_t{0} << 32U;
    std::vector<std::uint64_t> items;
    items.reserve(values.size());
    std::array<std::array<std::uint32_t, buckets>, digits> counts{};
    for (std::uint32_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) continue;
        const std::uint64_t item = (sortable(values[i]) & half) | i;
        items.push_back(item);
        for (unsigned d = 0; d < digits; ++d) ++counts[d][digit(item, d)];
    }
    std::vector<std::uint64_t> sorted(items.size());
    for (unsigned d = 0; d < digits && !items.empty(); ++d) {
        if (counts[d][digit(items.front(), d)] == items.size()) continue;  // all alike in this digit
        std::uint32_t start = 0;
        for (std::uint32_t& count : counts[d]) {
            const std::uint32_t size = count;
            count = start;
            start += size;
        }
        for (const std::uint64_t item : items) sorted[counts[d][digit(item, d)]++] = item;
        items.swap(sorted);
    }
    return items;
}

}  // namespace

RisingOrder rising_order_with_ties(std::span<const double> values) {
    std::vector<std::uint64_t> items = sorted_items(values);
    RisingOrder order;
    order.places.resize(items.size());
    order.repeats.assign(items.size(), 0);
    const auto smaller = [&](std::uint64_t a, std::uint64_t b) { return values[place(a)] < values[place(b)]; };
    for (std::size_t begin = 0; begin < items.size();) {
        std::size_t end = begin + 1;
        while (end < items.size() && leading(items[end]) == leading(items[begin])) ++end;
        if (end - begin > 1) {
            const auto first = items.begin() + static_cast<std::ptrdiff_t>(begin);
            const auto last = items.begin() + static_cast<std::ptrdiff_t>(end);
            if (!std::is_sorted(first, last, smaller)) std::stable_sort(first, last, smaller);
            for (std::size_t i = begin + 1; i < end; ++i) {
                order.repeats[i] = values[place(items[i])] == values[place(items[i - 1])] ? 1 : 0;
            }
        }
        for (; begin < end; ++begin) order.places[begin] = place(items[begin]);
    }
    return order;
}

std::vector<std::uint32_t> rising_order(std::span<const double> values) {
    return rising_order_with_ties(values).places;
}

}  // namespace twinfirm::stats
