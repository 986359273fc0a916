// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/decimal.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <tuple>
#include <utility>

#include "twinfirm/base/random.h"

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

TEST(ParseDecimal, ReadsFurtherSpellings) {
    const std::pair<const char*, double> cases[] = {{"1e+5", 1e5},
                                                    {"1e1", 10},
                                                    {"25e1", 250},
                                                    {"1E+05", 1e5},
                                                    {"1.5e-3", 0.0015},
                                                    {"0.5e1", 5},
                                                    {"1e22", 1e22},
                                                    {"1e23", 1e23},
                                                    {"12345678901234567890.5", 12345678901234567890.5},
                                                    {"0.12345678901234567890", 0.12345678901234568},
                                                    {"9007199254740993.5", 9007199254740993.5},
                                                    {"-0.000001", -0.000001},
                                                    {"1,234.5", 1234.5},
                                                    {"-1,234,567.25", -1234567.25},
                                                    {"△1.5e3", -1500},
                                                    {"\t7\t", 7},
                                                    {"　7　", 7},
                                                    {"+7", 7},
                                                    {"₩ -5", -5},
                                                    {"- 5", -5},
                                                    {"( 5 )", -5},
                                                    {"5 원", 5},
                                                    {"5 %", 5},
                                                    {"5％", 5},
                                                    {"5%P", 5},
                                                    {"12,345", 12345},
                                                    {"123,456", 123456},
                                                    {"0.0", 0},
                                                    {"-0", 0},
                                                    {"1234567890123456", 1234567890123456},
                                                    {"12345678901234567", 12345678901234567},
                                                    {"0.000000000000001", 1e-15},
                                                    {"1.7976931348623157e308", 1.7976931348623157e308}};
    for (const auto& [text, value] : cases) {
        const auto decimal = parse_decimal(text);
        ASSERT_TRUE(decimal) << text;
        EXPECT_EQ(decimal->value, value) << text;
    }
    for (const char* text :
         {"1,23.5",  ",5.5",     "1,2345", "1234,56", "12,3456", "1,234,56", "1,,234", "1,234,",   "1e",    "1e++5",
          "1e10000", "1e-10000", "e5",     "-.",      "5-원",    "원5원",    "%5",     "5%%",      "5p",    "()",
          "(5",      "5)",       "-5-",    "△5-",     "01",      "-01",      "0,123",  "00",       "1.2.3", "5W",
          "W5",      "T5",       "5\n",    "１２a",   "1e5%%",   "\xE2\x88", "\xC2",   "5\xC2\xA1"}) {
        EXPECT_FALSE(parse_decimal(text)) << text;
    }
    EXPECT_TRUE(parse_decimal("1." + std::string(300, '3')));
    EXPECT_FALSE(parse_decimal("1." + std::string(400, '3')));
}

TEST(ParseDecimal, SaysNothingThatWasNotWritten) {
    const auto said = [](const char* text) {
        const Decimal decimal = parse_decimal(text).value();
        std::string out;
        if (decimal.whole) out += 'w';
        if (decimal.percent) out += '%';
        if (decimal.separators) out += ',';
        if (decimal.triangle) out += 'T';
        if (decimal.parentheses) out += '(';
        if (decimal.trailing_minus) out += '-';
        if (decimal.other_minus) out += 'm';
        if (decimal.full_width) out += 'f';
        if (decimal.won_sign) out += 'W';
        if (!decimal.exact) out += '~';
        return out;
    };
    const std::pair<const char*, const char*> cases[] = {{"5", "w"},
                                                         {"-5", "w"},
                                                         {"5.0", ""},
                                                         {"1e3", ""},
                                                         {"1,234", "w,"},
                                                         {"1,234.5", ","},
                                                         {"△5", "wT"},
                                                         {"▲5", "wT"},
                                                         {"(5)", "w("},
                                                         {"5-", "w-"},
                                                         {"−5", "wm"},
                                                         {"–5", "wm"},
                                                         {"５", "wf"},
                                                         {"5원", "wW"},
                                                         {"₩5", "wW"},
                                                         {"￦5", "wW"},
                                                         {"5%", "w%"},
                                                         {"5%p", "w%"},
                                                         {" 5", "w"},
                                                         {"+5", "w"},
                                                         {"(1,234)", "w,("},
                                                         {"△1,234원", "w,TW"},
                                                         {"0.12345678901234567890", "~"}};
    for (const auto& [text, flags] : cases) EXPECT_EQ(said(text), flags) << text;
}

TEST(ParseDecimal, CoefficientAndExponentAreTheNumber) {
    const std::tuple<const char*, std::int64_t, int> cases[] = {
        {"0.10", 10, -2},     {"-1.5", -15, -1},
        {"1e3", 1, 3},        {"1.5e3", 15, 2},
        {"1.50e-3", 150, -5}, {"1,234.5", 12345, -1},
        {"(0.5)", -5, -1},    {"12", 12, 0},
        {"-12%", -12, 0},     {"123456789012345678.9", 1234567890123456789, -1}};
    for (const auto& [text, coefficient, exponent] : cases) {
        const Decimal decimal = parse_decimal(text).value();
        EXPECT_EQ(decimal.coefficient, coefficient) << text;
        EXPECT_EQ(decimal.exponent, exponent) << text;
        EXPECT_TRUE(decimal.exact) << text;
    }
    EXPECT_EQ(parse_decimal("0.12345678901234567890")->coefficient, 0);
}

TEST(ParseDecimal, AgreesWithItsOtherWayOfReading) {
    // A plus sign keeps a text from being read the short way.
    Random random(5);
    for (int round = 0; round < 3000; ++round) {
        std::string digits = std::to_string(random.below(std::uint64_t{1} << random.below(60)));
        if (random.below(2) == 0) digits.insert(random.below(digits.size()) + 1, 1, '.');
        if (digits.size() > 1 && digits[0] == '0' && digits[1] != '.') continue;
        if (digits.back() == '.') digits += '0';
        const auto plain = parse_decimal(digits);
        const auto other = parse_decimal("+" + digits);
        ASSERT_TRUE(plain && other) << digits;
        EXPECT_EQ(plain->value, other->value) << digits;
        EXPECT_EQ(plain->value, std::strtod(digits.c_str(), nullptr)) << digits;
        EXPECT_EQ(plain->coefficient, other->coefficient) << digits;
        EXPECT_EQ(plain->exponent, other->exponent) << digits;
        EXPECT_EQ(plain->whole, other->whole) << digits;
        EXPECT_EQ(parse_decimal("-" + digits)->value, -plain->value) << digits;
        EXPECT_EQ(parse_decimal("-" + digits)->coefficient, -plain->coefficient) << digits;
    }
}

TEST(ScaledInteger, RoundsHalfAwayFromZeroAtEveryPower) {
    const auto scaled = [](const char* text, int power) { return scaled_integer(*parse_decimal(text), power); };
    const std::tuple<const char*, int, std::int64_t, bool> cases[] = {
        {"0.4", 0, 0, true},
        {"0.5", 0, 1, true},
        {"-0.4", 0, 0, true},
        {"-0.5", 0, -1, true},
        {"0.49", 0, 0, true},
        {"0.049", 0, 0, true},
        {"0.0049", 0, 0, true},
        {"1.45", 0, 1, true},
        {"1.54", 0, 2, true},
        {"15", -1, 2, true},
        {"14", -1, 1, true},
        {"-15", -1, -2, true},
        {"150", -2, 2, true},
        {"100", -2, 1, false},
        {"1049", -2, 10, true},
        {"5", -3, 0, true},
        {"1e-30", 0, 0, true},
        {"1e18", 0, 1000000000000000000, false},
        {"0", -5, 0, false},
        {"1.10", 1, 11, false},
        {"922337203685477580", 1, 9223372036854775800, false},
        {"-922337203685477580", 1, -9223372036854775800, false}};
    for (const auto& [text, power, value, rounded] : cases) {
        const auto result = scaled(text, power);
        ASSERT_TRUE(result) << text;
        EXPECT_EQ(result->value, value) << text << ' ' << power;
        EXPECT_EQ(result->rounded, rounded) << text << ' ' << power;
    }
    EXPECT_FALSE(scaled("922337203685477581", 1));
    EXPECT_FALSE(scaled("-922337203685477581", 1));
    EXPECT_FALSE(scaled("1e19", 0));
    EXPECT_FALSE(scaled_integer(*parse_decimal("0.12345678901234567890"), 3));
}

}  // namespace
}  // namespace twinfirm
