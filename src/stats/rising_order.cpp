// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/rising_order.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>

namespace twinfirm::stats {
namespace {

// The leading 33 bits are sorted by digits; few values agree in them, and those runs are sorted by comparison.
constexpr unsigned digit_bits = 11;
constexpr unsigned digits = 3;
constexpr unsigned trailing_bits = 64 - digits * digit_bits;
constexpr std::size_t buckets = std::size_t{1} << digit_bits;

struct Keyed {
    std::uint64_t key = 0;
    std::uint32_t place = 0;
};

/// Unsigned numbers in the same order as the doubles (IEEE 754 is sign and magnitude); -0 counts as 0.
std::uint64_t sortable(double value) {
    constexpr std::uint64_t sign = std::uint64_t{1} << 63;
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);
    return (bits & sign) != 0 ? ~bits : bits | sign;
}

std::size_t digit(std::uint64_t key, unsigned place) {
    return (key >> (trailing_bits + place * digit_bits)) & (buckets - 1);
}

/// Puts in order what agrees in the leading bits.
void sort_runs(std::vector<Keyed>& items) {
    const auto smaller = [](const Keyed& a, const Keyed& b) { return a.key < b.key; };
    for (auto begin = items.begin(); begin != items.end();) {
        const std::uint64_t leading = begin->key >> trailing_bits;
        bool in_order = true;
        auto end = begin + 1;
        for (; end != items.end() && end->key >> trailing_bits == leading; ++end) {
            in_order &= !smaller(*end, *(end - 1));
        }
        if (!in_order) std::stable_sort(begin, end, smaller);
        begin = end;
    }
}

}  // namespace

std::vector<std::uint32_t> rising_order(std::span<const double> values) {
    std::vector<Keyed> items;
    items.reserve(values.size());
    std::array<std::array<std::uint32_t, buckets>, digits> counts{};
    for (std::uint32_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) continue;
        const std::uint64_t key = sortable(values[i]);
        items.push_back({key, i});
        for (unsigned d = 0; d < digits; ++d) ++counts[d][digit(key, d)];
    }
    std::vector<Keyed> sorted(items.size());
    for (unsigned d = 0; d < digits && !items.empty(); ++d) {
        if (counts[d][digit(items.front().key, d)] == items.size()) continue;  // all alike in this digit
        std::uint32_t start = 0;
        for (std::uint32_t& count : counts[d]) {
            const std::uint32_t size = count;
            count = start;
            start += size;
        }
        for (const Keyed& item : items) sorted[counts[d][digit(item.key, d)]++] = item;
        items.swap(sorted);
    }
    sort_runs(items);
    std::vector<std::uint32_t> order(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) order[i] = items[i].place;
    return order;
}

}  // namespace twinfirm::stats
