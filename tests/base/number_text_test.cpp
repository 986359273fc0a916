// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/number_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace twinfirm {

TEST(NumberText, ShortestReadsBackTheSame) {
    EXPECT_EQ(shortest_text(0.1), "0.1");
    EXPECT_EQ(shortest_text(1.0 / 3.0), "0.3333333333333333");
    EXPECT_EQ(shortest_text(-2.0), "-2");
    EXPECT_EQ(std::stod(shortest_text(1.2345678901234567e-300)), 1.2345678901234567e-300);
    EXPECT_EQ(shortest_text(std::numeric_limits<double>::quiet_NaN()), "");
}

TEST(NumberText, FixedRoundsHalfAwayFromZeroOnTheDecimalValue) {
    EXPECT_EQ(fixed_text(2.675, 2), "2.68");
    EXPECT_EQ(fixed_text(-2.675, 2), "-2.68");
    EXPECT_EQ(fixed_text(0.5, 0), "1");
    EXPECT_EQ(fixed_text(1.5, 0), "2");
    EXPECT_EQ(fixed_text(2.5, 0), "3");
    EXPECT_EQ(fixed_text(9.995, 2), "10.00");
    EXPECT_EQ(fixed_text(999.95, 1), "1000.0");
    EXPECT_EQ(fixed_text(0.04999, 1), "0.0");
    EXPECT_EQ(fixed_text(3, 2), "3.00");
}

TEST(NumberText, FixedHasNoNegativeZero) {
    EXPECT_EQ(fixed_text(-0.04, 1), "0.0");
}

TEST(NumberText, FixedWritesLargeAndSmallValuesInFull) {
    EXPECT_EQ(fixed_text(1e22, 1), "10000000000000000000000.0");
    EXPECT_EQ(fixed_text(1e-20, 3), "0.000");
}

}  // namespace twinfirm
