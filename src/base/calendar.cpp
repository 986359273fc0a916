// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/calendar.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "twinfirm/base/text_encoding.h"

namespace twinfirm {

namespace {

constexpr int first_year = 1800;
constexpr int last_year = 2199;

/// A date's text as runs of digits and what stands between them.
struct Groups {
    static constexpr std::size_t most = 8;
    std::array<int, most> values{};
    std::array<int, most> widths{};
    std::array<char, most> marks{};  ///< behind the group: - . / T : or 'y' 'm' 'd' for 년 월 일, 0 = end, ' '
    std::size_t count = 0;
    bool apostrophe = false;
};

char fold_mark(char32_t code_point) {
    switch (code_point) {
        case U'년':
            return 'y';
        case U'월':
            return 'm';
        case U'일':
            return 'd';
        case 0xA0:
        case 0x3000:
        case U' ':
            return ' ';
        case U'’':
        case U'‘':
        case U'\'':
            return '\'';
        case U'-':
        case U'.':
        case U'/':
        case U':':
        case U'T':
        case U'+':
        case U'Z':
            return static_cast<char>(code_point);
        default:
            if (code_point >= U'0' && code_point <= U'9') return static_cast<char>(code_point);
            if (code_point >= 0xFF10 && code_point <= 0xFF19) return static_cast<char>('0' + (code_point - 0xFF10));
            return '\0';
    }
}

/// False: there is something in the text that no date has.
bool split(std::string_view text, Groups& groups) {
    if (text.size() > 60) return false;
    bool in_digits = false;
    for (std::size_t i = 0; i < text.size();) {
        const char c = fold_mark(next_code_point(text, i));
        if (c == '\0') return false;
        if (c >= '0' && c <= '9') {
            if (!in_digits) {
                if (groups.count == Groups::most) return false;
                ++groups.count;
                in_digits = true;
            }
            const std::size_t g = groups.count - 1;
            if (++groups.widths[g] > 9) return false;
            groups.values[g] = groups.values[g] * 10 + (c - '0');
            continue;
        }
        in_digits = false;
        if (c == ' ') continue;
        if (groups.count == 0) {
            if (c != '\'' || groups.apostrophe) return false;
            groups.apostrophe = true;
            continue;
        }
        char& mark = groups.marks[groups.count - 1];
        if (mark != '\0') return false;
        mark = c;
    }
    return groups.count > 0;
}

int full_year(int two_digits) {
    return two_digits < 70 ? 2000 + two_digits : 1900 + two_digits;
}

bool is_date_mark(char mark) {
    return mark == '-' || mark == '.' || mark == '/';
}

DateText day_of(int year, int month, int day) {
    if (!is_valid_day(year, month, day)) return {DateForm::invalid, {}};
    return {DateForm::day, {year, month, day}};
}

DateText month_of(int year, int month) {
    if (year < first_year || year > last_year || month < 1 || month > 12) return {DateForm::invalid, {}};
    return {DateForm::month, {year, month, 0}};
}

DateText year_of(int year) {
    if (year < first_year || year > last_year) return {};
    return {DateForm::year, {year, 0, 0}};
}

/// One run of digits, perhaps with 년 behind it.
DateText single_group(const Groups& groups) {
    const int value = groups.values[0];
    const int width = groups.widths[0];
    if (groups.marks[0] == 'y' || (groups.apostrophe && groups.marks[0] == '\0')) {
        if (width == 2) return year_of(full_year(value));
        return width == 4 ? year_of(value) : DateText{};
    }
    if (groups.marks[0] != '\0' || groups.apostrophe) return {};
    switch (width) {
        case 8:
            return day_of(value / 10000, value / 100 % 100, value % 100);
        case 6:
            if (value / 100 >= 1900 && value / 100 <= 2099 && value % 100 >= 1 && value % 100 <= 12) {
                return month_of(value / 100, value % 100);
            }
            return is_valid_day(full_year(value / 10000), value / 100 % 100, value % 100)
                       ? DateText{DateForm::ambiguous, {}}
                       : DateText{};
        case 5:
            // Day numbers of spreadsheets: 20000 is a day of 1954, 80000 one of 2119.
            return value >= 20000 && value <= 80000 ? DateText{DateForm::ambiguous, {}} : DateText{};
        case 4:
            return year_of(value);
        default:
            return {};
    }
}

/// The groups behind the day are a time of day: h:m, h:m:s(.fraction), an offset.
bool rest_is_time(const Groups& groups) {
    if (groups.count == 3) return true;
    if (groups.count == 4 || groups.marks[3] != ':' || groups.values[3] > 24 || groups.values[4] > 59) return false;
    return groups.count < 6 || groups.values[5] <= 60;
}

DateText several_groups(const Groups& groups) {
    const auto& marks = groups.marks;
    const auto& widths = groups.widths;
    const bool words = marks[0] == 'y' && marks[1] == 'm';
    if (words) {
        if (widths[0] != 4 && widths[0] != 2) return {};
        const int year = widths[0] == 2 ? full_year(groups.values[0]) : groups.values[0];
        if (groups.count == 2) return month_of(year, groups.values[1]);
        const bool closed = marks[2] == 'd' || marks[2] == '\0';
        return closed && rest_is_time(groups) ? day_of(year, groups.values[1], groups.values[2]) : DateText{};
    }
    if (!is_date_mark(marks[0])) return {};
    if (groups.count == 2) {
        if (widths[0] != 4 || widths[1] > 2 || marks[1] != '\0' || groups.apostrophe) return {};
        // 2017.0 is what a spreadsheet makes of a year; 2017.3 may be a decimal.
        if (marks[0] == '.' && groups.values[1] == 0) return year_of(groups.values[0]);
        if (marks[0] == '.' && widths[1] == 1) return {};
        return month_of(groups.values[0], groups.values[1]);
    }
    if (marks[1] != marks[0] || widths[1] > 2) return {};
    const bool closed = marks[2] == '\0' || marks[2] == '.' || marks[2] == 'T';
    if (!closed || !rest_is_time(groups)) return {};
    if (widths[0] == 4 && widths[2] <= 2 && !groups.apostrophe) {
        return day_of(groups.values[0], groups.values[1], groups.values[2]);
    }
    if (widths[0] == 2 && widths[2] <= 2 && groups.apostrophe) {
        return day_of(full_year(groups.values[0]), groups.values[1], groups.values[2]);
    }
    const bool year_last = widths[0] <= 2 && (widths[2] == 4 || widths[2] == 2);
    const bool year_first = widths[0] == 2 && widths[2] <= 2;
    if ((year_first || year_last) && !groups.apostrophe) return {DateForm::ambiguous, {}};
    return {};
}

void append_padded(std::string& out, int value, int width) {
    const std::string digits = std::to_string(value);
    out.append(static_cast<std::size_t>(width) > digits.size() ? static_cast<std::size_t>(width) - digits.size() : 0,
               '0');
    out += digits;
}

}  // namespace

bool is_valid_day(int year, int month, int day) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
    constexpr std::array<int, 12> lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= lengths[static_cast<std::size_t>(month - 1)] + (leap && month == 2 ? 1 : 0);
}

DateText parse_date(std::string_view text) {
    Groups groups;
    if (!split(text, groups)) return {};
    return groups.count == 1 ? single_group(groups) : several_groups(groups);
}

std::optional<int> parse_year(std::string_view text) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() == 4 && digit(0) && digit(1) && digit(2) && digit(3)) {
        const int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
        return year >= first_year && year <= last_year ? std::optional<int>(year) : std::nullopt;
    }
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    if (text.starts_with("FY") || text.starts_with("fy")) {
        text.remove_prefix(2);
    } else if (text.ends_with("년도")) {
        text.remove_suffix(std::string_view("도").size());
    }
    const DateText date = parse_date(text);
    if (date.form != DateForm::year) return std::nullopt;
    return date.date.year;
}

std::string iso_text(const CalendarDate& date) {
    std::string out;
    append_padded(out, date.year, 4);
    if (date.month > 0) {
        out += '-';
        append_padded(out, date.month, 2);
    }
    if (date.month > 0 && date.day > 0) {
        out += '-';
        append_padded(out, date.day, 2);
    }
    return out;
}

}  // namespace twinfirm
