// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/decimal.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

namespace twinfirm {
namespace {

TEST(ParseDecimal, ReadsTheUsualSpellings) {
    const std::pair<const char*, double> cases[] = {{"0", 0},
                                                    {"1234", 1234},
                                                    {"-1234", -1234},
                                                    {"+5", 5},
                                                    {"1,234,567", 1234567},
                                                    {"(1,234)", -1234},
                                                    {"▲1234", -1234},
                                                    {"△1,234", -1234},
                                                    {"−12", -12},
                                                    {"–12", -12},
                                                    {"1234-", -1234},
                                                    {"１，２３４", 1234},
                                                    {"1.5e3", 1500},
                                                    {"1E-3", 0.001},
                                                    {".5", 0.5},
                                                    {"5.", 5},
                                                    {"12%", 12},
                                                    {"3.5%p", 3.5},
                                                    {"1,234원", 1234},
                                                    {"₩1,234", 1234},
                                                    {"￦ 1,234", 1234},
                                                    {"-₩5", -5},
                                                    {" 7 ", 7},
                                                    {"\xC2\xA0"
                                                     "7",
                                                     7},
                                                    {"4.9e-324", 5e-324},
                                                    {"0.1", 0.1},
                                                    {"123456.789", 123456.789},
                                                    {"△0.5%", -0.5}};
    for (const auto& [text, value] : cases) {
        const auto decimal = parse_decimal(text);
        ASSERT_TRUE(decimal) << text;
        EXPECT_EQ(decimal->value, value) << text;
    }
}

TEST(ParseDecimal, GuessesNothing) {
    for (const char* text : {"",
                             " ",
                             "-",
                             "+",
                             ".",
                             "00123",
                             "1 234",
                             "1'234",
                             "1_234",
                             "0x10",
                             "NaN",
                             "inf",
                             "-inf",
                             "∞",
                             "1,23",
                             "12,34,567",
                             "1.234.567",
                             "12천",
                             "3억",
                             "$1,234",
                             "1,234백만원",
                             "약 100",
                             "100+",
                             ">100",
                             "50~99",
                             "50-99",
                             "3월 5일",
                             "--5",
                             "(-5)",
                             "-(5)",
                             "-5-",
                             "1e",
                             "1e5.5",
                             ",123",
                             "1234,567",
                             "%",
                             "원",
                             "T5",
                             "5W",
                             "123456789012345678901234567890",
                             "1.7976931348623157e309",
                             "-△5"}) {
        EXPECT_FALSE(parse_decimal(text)) << text;
    }
}

TEST(ParseDecimal, TellsHowTheNumberWasWritten) {
    EXPECT_TRUE(parse_decimal("1,234")->separators);
    EXPECT_TRUE(parse_decimal("△5")->triangle);
    EXPECT_TRUE(parse_decimal("(5)")->parentheses);
    EXPECT_TRUE(parse_decimal("5-")->trailing_minus);
    EXPECT_TRUE(parse_decimal("−5")->other_minus);
    EXPECT_TRUE(parse_decimal("５")->full_width);
    EXPECT_TRUE(parse_decimal("5원")->won_sign);
    EXPECT_TRUE(parse_decimal("5%")->percent);
    EXPECT_TRUE(parse_decimal("5")->whole);
    EXPECT_FALSE(parse_decimal("5.0")->whole);
}

TEST(ParseDecimal, KeepsWholeNumbersBeyondTheDoubles) {
    EXPECT_EQ(parse_decimal("9007199254740993")->coefficient, 9007199254740993);
    EXPECT_EQ(parse_decimal("-9223372036854775807")->coefficient, -9223372036854775807);
    EXPECT_FALSE(parse_decimal("9223372036854775808"));
}

TEST(ScaledInteger, IsExactAndSaysWhenItRounds) {
    const auto scaled = [](const char* text, int power) { return scaled_integer(*parse_decimal(text), power); };
    EXPECT_EQ(scaled("1234.5", 6)->value, 1234500000);
    EXPECT_FALSE(scaled("1234.5", 6)->rounded);
    EXPECT_EQ(scaled("0.1", 8)->value, 10000000);
    EXPECT_EQ(scaled("2.5", 0)->value, 3);
    EXPECT_TRUE(scaled("2.5", 0)->rounded);
    EXPECT_EQ(scaled("-2.5", 0)->value, -3);
    EXPECT_EQ(scaled("2.49", 0)->value, 2);
    EXPECT_EQ(scaled("0.0004", 3)->value, 0);
    EXPECT_TRUE(scaled("0.0004", 3)->rounded);
    EXPECT_EQ(scaled("1e3", 0)->value, 1000);
    EXPECT_FALSE(scaled("5.0", 0)->rounded);
    EXPECT_EQ(scaled("9223372036854", 6)->value, 9223372036854000000);
    EXPECT_FALSE(scaled("9223372036855", 6));
    EXPECT_FALSE(scaled("1e30", 0));
    EXPECT_EQ(scaled("0", 18)->value, 0);
}

}  // namespace
}  // namespace twinfirm
