// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/workbook_cell.h"

#include <gtest/gtest.h>

namespace twinfirm::ingest {
namespace {

TEST(CellNames, AreReadWithinAWorksheetOnly) {
    EXPECT_EQ(parse_cell_name("A1"), (CellPlace{1, 1}));
    EXPECT_EQ(parse_cell_name("AB12"), (CellPlace{12, 28}));
    EXPECT_EQ(parse_cell_name("XFD1048576"), (CellPlace{1'048'576, 16'384}));
    for (const char* wrong : {"", "A", "1", "1A", "A0", "A01", "a1", "XFE1", "A1048577", "ZZZZZZ1", "A1B", "A-1",
                              "AAAAAAAAAAAAAAAAAAAAAAAA1", "A99999999999999999999"}) {
        EXPECT_FALSE(parse_cell_name(wrong)) << wrong;
    }
    for (const CellPlace place : {CellPlace{1, 1}, CellPlace{7, 26}, CellPlace{7, 27}, CellPlace{9, 702},
                                  CellPlace{9, 703}, CellPlace{1'048'576, 16'384}}) {
        EXPECT_EQ(parse_cell_name(cell_name(place)), place);
    }
}

TEST(NumberTexts, AreTheShortestThatReadBack) {
    const auto text = [](std::string_view stored) { return number_text(stored).text; };
    EXPECT_EQ(text("0"), "0");
    EXPECT_EQ(text("-0"), "0");
    EXPECT_EQ(text("1234.5"), "1234.5");
    EXPECT_EQ(text("0.10000000000000001"), "0.1");
    EXPECT_EQ(text("1.2500"), "1.25");
    EXPECT_EQ(text("1.2345678901E10"), "12345678901");
    EXPECT_EQ(text("1E-3"), "0.001");
    EXPECT_EQ(text("-1.5e2"), "-150");
    EXPECT_EQ(text("1.5E+300"), "1.5e+300");
    EXPECT_EQ(text("123456789012345"), "123456789012345");
    EXPECT_EQ(text("4.9406564584124654E-330"), "0");
    EXPECT_EQ(text("00012"), "12");
}

TEST(NumberTexts, KeepTheDigitsOfIdentifiersAndSayWhereAWorksheetLostSome) {
    EXPECT_EQ(number_text("1234567890123456789").text, "1234567890123456789");
    EXPECT_TRUE(number_text("1234567890123456789").too_long);
    EXPECT_EQ(number_text("1.23456789012346E+18").text, "1234567890123460000");
    EXPECT_TRUE(number_text("1.23456789012346E+18").too_long);
    EXPECT_FALSE(number_text("123456789012345").too_long);
    EXPECT_FALSE(number_text("1248100998").too_long);
    for (const char* wrong : {"abc", "1E+400", "NaN", "inf", "1,234", "12a", "0x10"}) {
        EXPECT_FALSE(number_text(wrong).number) << wrong;
        EXPECT_EQ(number_text(wrong).text, wrong);
    }
}

TEST(NumberFormats, TellDatesFromNumbers) {
    for (const char* date : {"yyyy-mm-dd", "yyyy\"년\" m\"월\" d\"일\"", "[$-412]yyyy. m. d.", "mmm-yy", "m/d/yy h:mm",
                             "[Red]yy/mm", "yyyy;@"}) {
        EXPECT_EQ(custom_number_format(date), NumberFormat::date) << date;
    }
    for (const char* time : {"h:mm:ss", "[h]:mm", "[mm]:ss", "AM/PM h:mm"}) {
        EXPECT_EQ(custom_number_format(time), NumberFormat::time) << time;
    }
    for (const char* number : {"General", "0.00", "#,##0 \"days\"", "#,##0\\d", "[Red]#,##0", "_-* #,##0_-", "0;yyyy",
                               "G/표준", "\"unfinished", "[", ""}) {
        EXPECT_EQ(custom_number_format(number), NumberFormat::number) << number;
    }
    EXPECT_EQ(custom_number_format("0.0%"), NumberFormat::percent);
    EXPECT_EQ(builtin_number_format(14), NumberFormat::date);
    EXPECT_EQ(builtin_number_format(20), NumberFormat::time);
    EXPECT_EQ(builtin_number_format(22), NumberFormat::date);
    EXPECT_EQ(builtin_number_format(31), NumberFormat::date);
    EXPECT_EQ(builtin_number_format(9), NumberFormat::percent);
    EXPECT_EQ(builtin_number_format(4), NumberFormat::number);
}

TEST(SerialDates, AreWrittenInIsoForm) {
    const auto date = [](double serial, bool from_1904 = false) {
        return serial_date_text(serial, NumberFormat::date, from_1904);
    };
    EXPECT_EQ(date(1), "1900-01-01");
    EXPECT_EQ(date(59), "1900-02-28");
    EXPECT_EQ(date(60), "1900-02-29");  // the day that never was, as the worksheet shows it
    EXPECT_EQ(date(61), "1900-03-01");
    EXPECT_EQ(date(42795), "2017-03-01");
    EXPECT_EQ(date(42795.5), "2017-03-01T12:00:00");
    EXPECT_EQ(date(42795.000011574), "2017-03-01T00:00:01");
    EXPECT_EQ(date(2958465), "9999-12-31");
    EXPECT_EQ(date(0, true), "1904-01-01");
    EXPECT_EQ(date(41333, true), "2017-03-01");
    EXPECT_FALSE(date(0));
    EXPECT_FALSE(date(-1));
    EXPECT_FALSE(date(2958466));
    EXPECT_FALSE(date(1e300));
    EXPECT_EQ(serial_date_text(0.75, NumberFormat::time, false), "18:00:00");
    EXPECT_EQ(serial_date_text(42795.75, NumberFormat::time, false), "2017-03-01T18:00:00");
}

TEST(CellTexts, LoseTheirEscapes) {
    const auto plain = [](std::string text) {
        unescape_cell_text(text);
        return text;
    };
    EXPECT_EQ(plain("a_x000D_b"), "a\rb");
    EXPECT_EQ(plain("_x005F_x000D_"), "_x000D_");
    EXPECT_EQ(plain("_xAC00_"), "가");
    EXPECT_EQ(plain("_xD83D__xDE00_"), "😀");
    EXPECT_EQ(plain("_xD83D_"), "_xD83D_");
    EXPECT_EQ(plain("_x12_ _xZZZZ_ _x"), "_x12_ _xZZZZ_ _x");
}

}  // namespace
}  // namespace twinfirm::ingest
