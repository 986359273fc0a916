// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/rising_order.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <stdexcept>

namespace twinfirm::stats {
namespace {

// The leading halves of the keys are sorted by digits; few values agree in them, and those runs are sorted by
// comparison.
constexpr unsigned half_begin = 32;
constexpr unsigned digits = 3;
constexpr std::array<unsigned, digits> digit_begin{half_begin, 43, 54};

/// Unsigned numbers in the same order as the doubles (IEEE 754 is sign and magnitude); -0 counts as 0.
std::uint64_t sortable(double value) {
    constexpr std::uint64_t sign = std::uint64_t{1} << 63U;
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);
    return (bits & sign) != 0 ? ~bits : bits | sign;
}

std::uint64_t leading(std::uint64_t item) {
    return item >> half_begin;
}

std::size_t digit(std::uint64_t item, unsigned number) {
    return (item >> digit_begin[number]) & ((std::size_t{1} << 11U) - 1);
}

}  // namespace

void RisingOrder::sort(std::span<const double> values, std::span<const std::uint8_t> marks) {
    if (values.size() > most_values) throw std::length_error("RisingOrder: too many values");
    if (!marks.empty() && marks.size() != values.size()) {
        throw std::invalid_argument("RisingOrder: values and marks differ in length");
    }
    DigitCounts counts{};
    collect(values, marks, counts);
    sort_by_leading_half(counts);
    sort_runs(values);
}

void RisingOrder::collect(std::span<const double> values, std::span<const std::uint8_t> marks, DigitCounts& counts) {
    constexpr std::uint64_t half = ~std::uint64_t{0} << half_begin;
    items_.resize(values.size());
    std::size_t size = 0;
    for (std::uint32_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) continue;
        const std::uint32_t mark = marks.empty() ? 0 : marks[i] & mark_bits;
        const std::uint64_t item = (sortable(values[i]) & half) | (i << place_shift) | mark;
        items_[size++] = item;
        for (unsigned d = 0; d < digits; ++d) ++counts[d][digit(item, d)];
    }
    items_.resize(size);
}

void RisingOrder::sort_by_leading_half(DigitCounts& counts) {
    if (items_.empty()) return;
    spare_.resize(items_.size());
    for (unsigned d = 0; d < digits; ++d) {
        if (counts[d][digit(items_.front(), d)] == items_.size()) continue;  // all alike in this digit
        std::uint32_t start = 0;
        for (std::uint32_t& count : counts[d]) {
            const std::uint32_t size = count;
            count = start;
            start += size;
        }
        for (const std::uint64_t item : items_) spare_[counts[d][digit(item, d)]++] = item;
        items_.swap(spare_);
    }
}

void RisingOrder::sort_runs(std::span<const double> values) {
    const auto value = [&](std::uint64_t item) {
        return values[(static_cast<std::uint32_t>(item) >> place_shift) & (most_values - 1)];
    };
    const auto smaller = [&](std::uint64_t a, std::uint64_t b) { return value(a) < value(b); };
    for (std::size_t begin = 0; begin + 1 < items_.size();) {
        if (leading(items_[begin]) != leading(items_[begin + 1])) {
            ++begin;
            continue;
        }
        std::size_t end = begin + 2;
        while (end < items_.size() && leading(items_[end]) == leading(items_[begin])) ++end;
        const auto first = items_.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto last = items_.begin() + static_cast<std::ptrdiff_t>(end);
        if (!std::is_sorted(first, last, smaller)) std::stable_sort(first, last, smaller);
        for (std::size_t i = begin + 1; i < end; ++i) {
            if (value(items_[i]) == value(items_[i - 1])) items_[i] |= repeat_bit;
        }
        begin = end;
    }
}

std::vector<std::uint32_t> rising_order(std::span<const double> values) {
    RisingOrder order;
    order.sort(values);
    std::vector<std::uint32_t> places(order.size());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = order.place(i);
    return places;
}

}  // namespace twinfirm::stats
