// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/rising_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "twinfirm/base/random.h"

namespace twinfirm::stats {

TEST(RisingOrder, EqualsAStableSort) {
    Random random(9);
    RisingOrder order;
    for (int round = 0; round < 50; ++round) {
        std::vector<double> values;
        for (std::size_t i = 0; i < random.below(400); ++i) {
            values.push_back(random.below(3) == 0 ? std::round(3 * random.normal()) : 1e6 * random.normal());
        }
        std::vector<std::uint32_t> expected(values.size());
        std::iota(expected.begin(), expected.end(), 0U);
        std::stable_sort(expected.begin(), expected.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return values[a] < values[b]; });
        EXPECT_EQ(rising_order(values), expected);
        std::vector<std::uint8_t> marks(values.size());
        for (std::uint8_t& mark : marks) mark = static_cast<std::uint8_t>(random.below(4));
        order.sort(values, marks);  // in the memory of the round before
        ASSERT_EQ(order.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const bool repeats = i > 0 && values[expected[i]] == values[expected[i - 1]];
            EXPECT_EQ(order.place(i), expected[i]) << i;
            EXPECT_EQ(order.repeats(i), repeats) << i;
            EXPECT_EQ(order.mark(i), marks[expected[i]]) << i;
        }
    }
}

TEST(RisingOrder, NumbersThatDifferInTheLastBitsOnlyAreSorted) {
    const std::vector<double> values{1e9 + 0.5, 1e9, 1e9 + 0.25, 1e9, -1e9, -1e9 - 0.25};
    EXPECT_EQ(rising_order(values), (std::vector<std::uint32_t>{5, 4, 1, 3, 2, 0}));
}

TEST(RisingOrder, BothZerosAreEqualAndInfinitiesAreEnds) {
    const double infinity = std::numeric_limits<double>::infinity();
    const std::vector<double> values{infinity, 0.0, -0.0, -infinity, 1e-308};
    EXPECT_EQ(rising_order(values), (std::vector<std::uint32_t>{3, 1, 2, 4, 0}));
    RisingOrder order;
    order.sort(values);
    for (std::size_t i = 0; i < order.size(); ++i) EXPECT_EQ(order.repeats(i), i == 2) << i;
}

TEST(RisingOrder, MissingValuesAreLeftOut) {
    const std::vector<double> values{2, std::nan(""), 1};
    EXPECT_EQ(rising_order(values), (std::vector<std::uint32_t>{2, 0}));
    EXPECT_TRUE(rising_order(std::vector<double>{}).empty());
}

TEST(RisingOrder, MarksAreOnePerValue) {
    RisingOrder order;
    EXPECT_THROW(order.sort(std::vector<double>{1, 2}, std::vector<std::uint8_t>{1}), std::invalid_argument);
}

}  // namespace twinfirm::stats
