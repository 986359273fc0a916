// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace twinfirm {

/// A day, a month (day 0) or a year (month 0) of the Gregorian calendar.
struct CalendarDate {
    int year = 0;
    int month = 0;
    int day = 0;

    friend bool operator==(const CalendarDate&, const CalendarDate&) = default;
};

enum class DateForm {
    day,
    month,
    year,
    ambiguous,  ///< 17.03.01, 01/03/2017, 42795: could be several days
    invalid,    ///< has the form of a date but is none (2017-02-29)
    none,       ///< not a date
};

struct DateText {
    DateForm form = DateForm::none;
    CalendarDate date;
};

/// Days 1..31 of the month, leap years regarded; years 1 to 9999.
[[nodiscard]] bool is_valid_day(int year, int month, int day);

/// Reads 2017-03-01, 2017.3.1, 2017. 3. 1., 2017/03/01, 20170301, 2017년 3월 1일, '17.3.1 (each also with a time of
/// day, which is passed over), months (2017-03, 201703, 2017년 3월) and years (see parse_year, FY excepted). Full-width
/// digits are read. Two-digit years count as 1970 to 2069.
[[nodiscard]] DateText parse_date(std::string_view text);

/// Reads 2017, 2017.0, 2017년, 2017년도, 17년, '17, FY2017; nothing outside 1800 .. 2199.
[[nodiscard]] std::optional<int> parse_year(std::string_view text);

/// YYYY-MM-DD, YYYY-MM or YYYY.
[[nodiscard]] std::string iso_text(const CalendarDate& date);

}  // namespace twinfirm
