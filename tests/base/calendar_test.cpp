// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/calendar.h"

#include <gtest/gtest.h>

#include <string>

namespace twinfirm {
namespace {

TEST(ParseDate, ReadsDays) {
    for (const char* text : {"2017-03-01", "2017.3.1", "2017. 3. 1.", "2017/03/01", "20170301", "2017년 3월 1일",
                             "2017년3월1일", "'17.3.1", "’17. 3. 1.", "2017-03-01 13:05", "2017-03-01T13:05:00+09:00",
                             "2017-03-01 13:05:59.123", "２０１７-０３-０１", " 2017-03-01 "}) {
        const DateText date = parse_date(text);
        EXPECT_EQ(date.form, DateForm::day) << text;
        EXPECT_EQ(iso_text(date.date), "2017-03-01") << text;
    }
    EXPECT_EQ(iso_text(parse_date("9999-12-31").date), "9999-12-31");
    EXPECT_EQ(iso_text(parse_date("2016-02-29").date), "2016-02-29");
}

TEST(ParseDate, ReadsMonthsAndYears) {
    for (const char* text : {"2017-03", "2017/3", "201703", "2017년 3월", "2017.03"}) {
        const DateText date = parse_date(text);
        EXPECT_EQ(date.form, DateForm::month) << text;
        EXPECT_EQ(iso_text(date.date), "2017-03") << text;
    }
    EXPECT_EQ(iso_text(parse_date("2017").date), "2017");
}

TEST(ParseDate, RefusesDaysThatNeverWere) {
    for (const char* text : {"2017-02-29", "1900-02-29", "2017-13-01", "20170230", "0000-00-00", "2017-00-10"}) {
        EXPECT_EQ(parse_date(text).form, DateForm::invalid) << text;
    }
}

TEST(ParseDate, SaysWhatIsAmbiguous) {
    for (const char* text : {"17.03.01", "01/03/2017", "3/1/2017", "42795", "170301"}) {
        EXPECT_EQ(parse_date(text).form, DateForm::ambiguous) << text;
    }
}

TEST(ParseDate, LeavesOtherTextsAlone) {
    for (const char* text : {"", "-", "2017-1Q", "2017 상반기", "FY2017", "가나", "124-81-00998", "1.5", "2017.5",
                             "12345678901", "3-5", "2017-03-01 25:99"}) {
        EXPECT_EQ(parse_date(text).form, DateForm::none) << text;
    }
}

TEST(ParseYear, ReadsTheSpellingsOfAYear) {
    for (const char* text : {"2017", "2017.0", "2017년", "2017년도", "17년", "'17", "FY2017", " 2017 ", "２０１７"}) {
        EXPECT_EQ(parse_year(text), 2017) << text;
    }
    EXPECT_EQ(parse_year("'98"), 1998);
    for (const char* text : {"", "17", "1234", "2200", "20170301", "2017-03", "2017.5", "매출"}) {
        EXPECT_EQ(parse_year(text), std::nullopt) << text;
    }
}

TEST(IsValidDay, KnowsLeapYears) {
    EXPECT_TRUE(is_valid_day(2000, 2, 29));
    EXPECT_FALSE(is_valid_day(1900, 2, 29));
    EXPECT_FALSE(is_valid_day(2017, 4, 31));
    EXPECT_FALSE(is_valid_day(0, 1, 1));
}

}  // namespace
}  // namespace twinfirm
