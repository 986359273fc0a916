// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/calendar.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

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
    for (const char* text : {"17.03.01", "17-3-1", "17. 3. 1.", "01/03/2017", "3/1/2017", "42795", "170301"}) {
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
    EXPECT_EQ(parse_date("2017년").date.month, 0);
    EXPECT_EQ(parse_date("2017년").date.day, 0);
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

TEST(IsValidDay, EachMonthHasItsDays) {
    constexpr std::array<int, 12> lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (const int year : {1, 4, 100, 400, 1600, 1900, 2016, 2017, 2100, 9999}) {
        const bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
        for (int month = 0; month <= 13; ++month) {
            const bool real = month >= 1 && month <= 12;
            const int length = real ? lengths[static_cast<std::size_t>(month - 1)] + (leap && month == 2 ? 1 : 0) : 0;
            for (int day = -1; day <= 32; ++day) {
                EXPECT_EQ(is_valid_day(year, month, day), real && day >= 1 && day <= length)
                    << year << ' ' << month << ' ' << day;
            }
        }
    }
    EXPECT_FALSE(is_valid_day(10000, 1, 1));
}

TEST(ParseDate, EverySpellingSaysTheSameDay) {
    for (const int year : {1900, 1969, 1970, 1999, 2000, 2069, 2099}) {
        for (int month = 1; month <= 12; ++month) {
            for (const int day : {1, 9, 10, 28}) {
                const CalendarDate date{year, month, day};
                const std::string y = std::to_string(year);
                const std::string m = std::to_string(month);
                const std::string d = std::to_string(day);
                const std::string iso = iso_text(date);
                const std::string digits = iso.substr(0, 4) + iso.substr(5, 2) + iso.substr(8);
                std::string dotted = y;
                dotted.append(". ").append(m).append(". ").append(d).append(".");
                std::string words = y;
                words.append("년 ").append(m).append("월 ").append(d).append("일");
                std::vector<std::string> texts = {iso, digits, dotted, words, iso + "T09:30", iso + " 23:59:60"};
                if (year >= 1970 && year <= 2069) {
                    std::string apostrophe(1, '\'');
                    apostrophe.append(iso.substr(2));
                    texts.push_back(apostrophe);
                    texts.push_back(iso.substr(2, 2) + "년 " + m + "월 " + d + "일");
                }
                for (const std::string& text : texts) {
                    const DateText read = parse_date(text);
                    EXPECT_EQ(read.form, DateForm::day) << text;
                    EXPECT_EQ(read.date, date) << text;
                }
                const DateText read_month = parse_date(iso.substr(0, 7));
                EXPECT_EQ(read_month.form, DateForm::month);
                EXPECT_EQ(read_month.date, (CalendarDate{year, month, 0}));
            }
        }
    }
}

TEST(ParseDate, FormsOfEachText) {
    const std::pair<const char*, DateForm> cases[] = {
        // six digits: a month of 1900 to 2099, else perhaps a day
        {"190001", DateForm::month},
        {"209912", DateForm::month},
        {"201700", DateForm::none},
        {"201713", DateForm::none},
        {"189912", DateForm::none},
        {"210001", DateForm::none},
        {"991231", DateForm::ambiguous},
        {"170229", DateForm::none},
        {"170228", DateForm::ambiguous},
        // five digits: day numbers
        {"20000", DateForm::ambiguous},
        {"80000", DateForm::ambiguous},
        {"19999", DateForm::none},
        {"80001", DateForm::none},
        // years
        {"1800", DateForm::year},
        {"2199", DateForm::year},
        {"1799", DateForm::none},
        {"2200", DateForm::none},
        {"17", DateForm::none},
        {"017", DateForm::none},
        {"1234567", DateForm::none},
        {"'17", DateForm::year},
        {"'017", DateForm::none},
        {"17년", DateForm::year},
        {"217년", DateForm::none},
        {"'17년", DateForm::year},
        {"2017월", DateForm::none},
        {"'17월", DateForm::none},
        {"''17", DateForm::none},
        // months
        {"2017년 12월", DateForm::month},
        {"2017년 13월", DateForm::invalid},
        {"2017-12", DateForm::month},
        {"2017-13", DateForm::invalid},
        {"2017-00", DateForm::invalid},
        {"1799-12", DateForm::invalid},
        {"2200-12", DateForm::invalid},
        {"2017.0", DateForm::year},
        {"2017.00", DateForm::year},
        {"2017.1", DateForm::none},
        {"2017.10", DateForm::month},
        {"2017-3-", DateForm::none},
        {"2017-123", DateForm::none},
        {"'2017-03", DateForm::none},
        {"17-03", DateForm::none},
        {"7년 3월", DateForm::none},
        {"117년 3월", DateForm::none},
        {"'17년 3월", DateForm::month},
        // days
        {"2017-3-1-", DateForm::none},
        {"2017-3/1", DateForm::none},
        {"2017-123-1", DateForm::none},
        {"2017-3-123", DateForm::none},
        {"'2017-3-1", DateForm::none},
        {"2017년 3월 1-", DateForm::none},
        {"2017:3:1", DateForm::none},
        {"117-3-1", DateForm::none},
        {"1-3-117", DateForm::none},
        {"'117-3-1", DateForm::none},
        {"'17-3-117", DateForm::none},
        {"1-3-17", DateForm::ambiguous},
        {"-2017-03-01", DateForm::none},
        {"2017--03-01", DateForm::none},
        // times
        {"2017-03-01 24:59", DateForm::day},
        {"2017-03-01 25:00", DateForm::none},
        {"2017-03-01 24:60", DateForm::none},
        {"2017-03-01 10", DateForm::none},
        {"2017-03-01 10-30", DateForm::none},
        {"2017-03-01 10:30:60", DateForm::day},
        {"2017-03-01 10:30:61", DateForm::none},
        {"2017년 3월 1일 10:30", DateForm::day},
        {"2017년 3월 1일 25:30", DateForm::none},
        // too much
        {"2017-03-01T10:30:00+09:00", DateForm::day},
        {"2017-03-01T10:30:00.1+09:00", DateForm::none},
        {"1234567890", DateForm::none},
        {"1 2 3 4 5 6 7 8 9", DateForm::none},
        {"                                                        2017", DateForm::year},
        {"                                                         2017", DateForm::none}};
    for (const auto& [text, form] : cases) EXPECT_EQ(parse_date(text).form, form) << text;
}

TEST(ParseYear, EveryYearOfItsRange) {
    for (int year = 1700; year < 2300; ++year) {
        const std::string text = std::to_string(year);
        const auto expected = year >= 1800 && year <= 2199 ? std::optional<int>(year) : std::nullopt;
        for (const std::string& spelling :
             {text, text + "년", text + "년도", "FY" + text, "fy" + text, " " + text + " "}) {
            EXPECT_EQ(parse_year(spelling), expected) << spelling;
        }
    }
    for (int year = 0; year < 100; ++year) {
        const std::string text = (year < 10 ? "'0" : "'") + std::to_string(year);
        EXPECT_EQ(parse_year(text), year < 70 ? 2000 + year : 1900 + year) << text;
    }
    for (const char* text : {"20a7", "2b17", "c017", "201d", "2017도", "FY", "년", "2017년도도"}) {
        EXPECT_EQ(parse_year(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace twinfirm
