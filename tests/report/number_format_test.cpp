// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/number_format.h"

#include <gtest/gtest.h>

#include <limits>

namespace twinfirm::report {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
const NumberFormat korean(Language::korean);
const NumberFormat english(Language::english);

TEST(NumberFormat, RoundsHalfAwayFromZeroOnTheDecimalValue) {
    EXPECT_EQ(korean.number(2.675, 2), "2.68");
    EXPECT_EQ(korean.number(0.05, 1), "0.1");
    EXPECT_EQ(korean.number(0.25, 1), "0.3");
    EXPECT_EQ(korean.number(-0.25, 1), "△0.3");
    EXPECT_EQ(korean.number(2.5, 0), "3");
    EXPECT_EQ(korean.number(-2.5, 0), "△3");
    EXPECT_EQ(korean.number(999.95, 1), "1,000.0");
}

TEST(NumberFormat, SeparatesThousands) {
    EXPECT_EQ(korean.number(0, 0), "0");
    EXPECT_EQ(korean.number(999, 0), "999");
    EXPECT_EQ(korean.number(1000, 0), "1,000");
    EXPECT_EQ(korean.number(1234567.891, 1), "1,234,567.9");
    EXPECT_EQ(korean.count(163273), "163,273");
    EXPECT_EQ(korean.count(-5003), "△5,003");
}

TEST(NumberFormat, WritesNegativeNumbersInTheWayOfEachLanguage) {
    EXPECT_EQ(korean.percent(-0.159), "△15.9%");
    EXPECT_EQ(english.percent(-0.159), "−15.9%");
    EXPECT_EQ(english.count(-12), "−12");
    EXPECT_EQ(korean.number(-0.04, 1), "0.0") << "a number that rounds to zero has no sign";
}

TEST(NumberFormat, ShiftsPercentInTheDecimalText) {
    EXPECT_EQ(in_percent(0.0765), 7.65);
    EXPECT_EQ(korean.percent(0.0765), "7.7%");
    EXPECT_EQ(korean.percent(0.2985), "29.9%");
    EXPECT_EQ(korean.percent(2.023), "202.3%");
    EXPECT_EQ(in_percent(1e-7), 1e-5);
    EXPECT_EQ(in_percent(1.5e22), 1.5e24);
    EXPECT_EQ(in_percent(0), 0);
}

TEST(NumberFormat, ConvertsToTheUnitShown) {
    EXPECT_EQ(in_unit(11965000000, 1e8), 119.65);
    EXPECT_EQ(korean.quantity(in_unit(11965000000, 1e8), 1, "억원"), "119.7억원");
    EXPECT_EQ(in_unit(36, 12), 3);
    EXPECT_EQ(in_unit(7, 1), 7);
}

TEST(NumberFormat, AddsUnits) {
    EXPECT_EQ(korean.quantity(3, 1, "명"), "3.0명");
    EXPECT_EQ(english.quantity(3, 1, "명"), "3.0 persons");
    EXPECT_EQ(korean.quantity(1.75, 1, "배"), "1.8배");
    EXPECT_EQ(english.quantity(119.65, 1, "억원"), "119.7 KRW 100m");
    EXPECT_EQ(korean.points(0.429), "42.9%p");
    EXPECT_EQ(english.points(0.429), "42.9 pp");
    EXPECT_EQ(english.quantity(12.34, 1, "index"), "12.3 index");
    EXPECT_EQ(korean.quantity(3, 1, ""), "3.0");
}

TEST(NumberFormat, AdaptsDecimalsToTheSize) {
    EXPECT_EQ(korean.adaptive(0.5), "0.500");
    EXPECT_EQ(korean.adaptive(-12.345), "△12.35");
    EXPECT_EQ(korean.adaptive(123.45), "123.5");
    EXPECT_EQ(korean.adaptive(12345.6), "12,346");
}

TEST(NumberFormat, WritesPValuesAndIntervals) {
    EXPECT_EQ(korean.p_value(0.0004), "<0.001");
    EXPECT_EQ(korean.p_value(0.001), "0.001");
    EXPECT_EQ(korean.p_value(0.0495), "0.050");
    EXPECT_EQ(korean.p_value(1), "1.000");
    EXPECT_EQ(korean.interval(1.2, 3.4, 1), "[1.2, 3.4]");
    EXPECT_EQ(korean.interval(-1.25, 3.4, 1), "[△1.3, 3.4]");
    EXPECT_EQ(korean.sample_size(3947), "(n=3,947)");
}

TEST(NumberFormat, ShowsWhatDoesNotExistAsADash) {
    EXPECT_EQ(korean.number(nan, 1), "-");
    EXPECT_EQ(korean.percent(nan), "-");
    EXPECT_EQ(korean.quantity(infinity, 1, "명"), "-");
    EXPECT_EQ(korean.adaptive(nan), "-");
    EXPECT_EQ(korean.p_value(nan), "-");
    EXPECT_EQ(korean.interval(nan, 1, 1), "-");
}

}  // namespace
}  // namespace twinfirm::report
