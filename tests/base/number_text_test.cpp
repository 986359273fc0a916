// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/number_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <tuple>

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

TEST(NumberText, FixedAgreesWithTheDecimalText) {
    const std::tuple<double, int, const char*> cases[] = {
        {0.05, 1, "0.1"},   {0.04, 1, "0.0"},       {-0.05, 1, "-0.1"}, {9.95, 1, "10.0"},
        {99.5, 0, "100"},   {0.999, 2, "1.00"},     {1.005, 2, "1.01"}, {1234.5, 0, "1235"},
        {0, 0, "0"},        {0, 3, "0.000"},        {-7, 0, "-7"},      {19.994, 2, "19.99"},
        {8.995, 2, "9.00"}, {1e-7, 7, "0.0000001"}, {100, 1, "100.0"}};
    for (const auto& [value, decimals, text] : cases) EXPECT_EQ(fixed_text(value, decimals), text) << value;
    EXPECT_EQ(fixed_text(std::numeric_limits<double>::quiet_NaN(), 2), "");
    EXPECT_EQ(fixed_text(std::numeric_limits<double>::infinity(), 2), "inf");
    EXPECT_EQ(fixed_text(-std::numeric_limits<double>::infinity(), 2), "-inf");
    EXPECT_EQ(shortest_text(-std::numeric_limits<double>::infinity()), "-inf");
    EXPECT_EQ(integer_text(-42), "-42");
}

}  // namespace twinfirm
