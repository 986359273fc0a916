// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/workbook_cell.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

#include "twinfirm/base/number_text.h"
#include "twinfirm/base/text_encoding.h"

namespace twinfirm::ingest {

namespace {

bool digit(char c) {
    return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), digit);
}

/// Digits that a worksheet keeps.
constexpr std::size_t kept_digits = 15;

/// A plain decimal of at most 15 digits without superfluous zeros is its own shortest text.
bool is_shortest(std::string_view text) {
    if (!text.empty() && text.front() == '-') text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    if (!all_digits(whole) || (whole.size() > 1 && whole.front() == '0')) return false;
    if (point == std::string_view::npos) return whole.size() <= kept_digits && text != "0";
    const std::string_view decimals = text.substr(point + 1);
    constexpr std::size_t small = 5;  // 0.00001 stays as it is, smaller numbers get an exponent or not by one rule
    return all_digits(decimals) && decimals.back() != '0' && decimals.size() <= small &&
           whole.size() + decimals.size() <= kept_digits;
}

/// 1.2345E+18 in full.
std::string without_exponent(std::string_view scientific) {
    const bool negative = scientific.front() == '-';
    if (negative) scientific.remove_prefix(1);
    const std::size_t e = scientific.find('e');
    int exponent = 0;
    const char* begin = scientific.data() + e + 1;
    if (*begin == '+') ++begin;
    std::from_chars(begin, scientific.data() + scientific.size(), exponent);
    std::string digits;
    for (const char c : scientific.substr(0, e)) {
        if (digit(c)) digits += c;
    }
    std::string out = negative ? "-" : "";
    if (exponent < 0) return out + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole) return out + digits + std::string(whole - digits.size(), '0');
    return out + digits.substr(0, whole) + "." + digits.substr(whole);
}

std::string decimal_text(double value) {
    constexpr double largest = 1e21;
    constexpr double smallest = 1e-7;
    if (value == 0) return "0";
    if (std::abs(value) >= largest || std::abs(value) < smallest) return shortest_text(value);
    std::array<char, 40> buffer{};
    const auto [end, status] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
    return without_exponent({buffer.data(), static_cast<std::size_t>(end - buffer.data())});
}

}  // namespace

std::optional<CellPlace> parse_cell_name(std::string_view name) {
    CellPlace place;
    std::size_t at = 0;
    for (; at < name.size() && name[at] >= 'A' && name[at] <= 'Z'; ++at) {
        place.column = place.column * 26 + (name[at] - 'A' + 1);
        if (place.column > worksheet_columns) return std::nullopt;
    }
    if (at == 0 || at == name.size() || name[at] == '0') return std::nullopt;
    for (; at < name.size(); ++at) {
        if (!digit(name[at])) return std::nullopt;
        place.row = place.row * 10 + (name[at] - '0');
        if (place.row > worksheet_rows) return std::nullopt;
    }
    return place;
}

std::string column_letters(std::int64_t column) {
    std::string letters;
    for (; column > 0; column = (column - 1) / 26) letters += static_cast<char>('A' + (column - 1) % 26);
    std::reverse(letters.begin(), letters.end());
    return letters;
}

std::string cell_name(const CellPlace& place) {
    return column_letters(place.column) + std::to_string(place.row);
}

NumberFormat builtin_number_format(int id) {
    if (id == 9 || id == 10) return NumberFormat::percent;
    if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47) || (id >= 32 && id <= 35)) return NumberFormat::time;
    if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return NumberFormat::date;
    return NumberFormat::number;
}

NumberFormat custom_number_format(std::string_view code) {
    bool day = false;
    bool hour = false;
    bool month_or_minute = false;
    bool percent = false;
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        switch (code[i]) {
            case '"':
                i = std::min(code.find('"', i + 1), code.size());
                break;
            case '\\':
            case '_':
            case '*':
                ++i;
                break;
            case '[': {
                const std::size_t end = std::min(code.find(']', i), code.size());
                const std::string_view inside = code.substr(i + 1, end - std::min(i + 1, end));
                if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos) hour = true;
                i = end;
                break;
            }
            case 'y':
            case 'Y':
            case 'd':
            case 'D':
                day = true;
                break;
            case 'h':
            case 'H':
            case 's':
            case 'S':
                hour = true;
                break;
            case 'm':
            case 'M':
                month_or_minute = true;
                break;
            case '%':
                percent = true;
                break;
            default:
                break;
        }
    }
    if (day || (month_or_minute && !hour)) return NumberFormat::date;
    if (hour) return NumberFormat::time;
    return percent ? NumberFormat::percent : NumberFormat::number;
}

NumberText number_text(std::string_view stored) {
    while (!stored.empty() && (stored.front() == ' ' || stored.front() == '\n')) stored.remove_prefix(1);
    while (!stored.empty() && (stored.back() == ' ' || stored.back() == '\n')) stored.remove_suffix(1);
    if (is_shortest(stored)) return {std::string(stored)};
    const std::string_view unsigned_text = stored.substr(stored.starts_with('-') ? 1 : 0);
    if (all_digits(unsigned_text) && unsigned_text.front() != '0') {
        return {std::string(stored), true, unsigned_text.size() > kept_digits};
    }
    double value = 0;
    const char* begin = stored.data() + (stored.starts_with('+') ? 1 : 0);
    const char* const end = stored.data() + stored.size();
    const auto [stop, status] = std::from_chars(begin, end, value);
    // An underflow is zero to every reader of worksheets.
    const bool tiny = status == std::errc::result_out_of_range && stored.find("-", 1) != std::string_view::npos;
    if (tiny) return {"0"};
    if (status != std::errc{} || stop != end || !std::isfinite(value)) return {std::string(stored), false};
    NumberText out{decimal_text(value)};
    constexpr double first_too_long = 1e15;
    out.too_long = std::abs(value) >= first_too_long && value == std::floor(value);
    return out;
}

std::optional<std::string> serial_date_text(double serial, NumberFormat format, bool from_1904) {
    constexpr double milliseconds_in_day = 86'400'000;
    constexpr double last_serial = 2'958'466;
    if (!(serial >= 0) || serial >= last_serial) return std::nullopt;
    auto day = static_cast<std::int64_t>(std::floor(serial));
    auto milliseconds =
        static_cast<std::int64_t>(std::round((serial - static_cast<double>(day)) * milliseconds_in_day));
    // Worksheets keep about a hundredth of a second on days of our time.
    constexpr std::int64_t second = 1000;
    if (const std::int64_t beside = milliseconds % second; beside < 10 || beside > second - 10) {
        milliseconds = (milliseconds + second / 2) / second * second;
    }
    if (milliseconds >= static_cast<std::int64_t>(milliseconds_in_day)) {
        milliseconds = 0;
        ++day;
    }
    std::string clock;
    if (milliseconds > 0 || (format == NumberFormat::time && day == 0)) {
        const std::int64_t seconds = milliseconds / second;
        clock = fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        if (milliseconds % second != 0) clock += fmt::format(".{:03}", milliseconds % second);
    }
    if (day == 0 && !from_1904) {
        if (format != NumberFormat::time) return std::nullopt;
        return clock;
    }
    if (day == 0 && format == NumberFormat::time) return clock;
    std::string date;
    constexpr std::int64_t leap_day_of_1900 = 60;
    if (!from_1904 && day == leap_day_of_1900) {
        date = "1900-02-29";
    } else {
        using namespace std::chrono;
        const sys_days origin = from_1904 ? sys_days(year{1904} / January / 1)
                                          : sys_days(year{1899} / December / (day < leap_day_of_1900 ? 31 : 30));
        const year_month_day place{origin + days(day)};
        if (static_cast<int>(place.year()) > 9999) return std::nullopt;
        date = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(place.year()), static_cast<unsigned>(place.month()),
                           static_cast<unsigned>(place.day()));
    }
    return clock.empty() ? date : date + "T" + clock;
}

void unescape_cell_text(std::string& text) {
    std::size_t at = text.find("_x");
    if (at == std::string::npos) return;
    constexpr std::size_t escape_size = 7;
    const auto code_at = [&](std::size_t place) -> std::optional<std::uint32_t> {
        if (place + escape_size > text.size() || text[place] != '_' || text[place + 1] != 'x' ||
            text[place + 6] != '_') {
            return std::nullopt;
        }
        std::uint32_t code = 0;
        const char* const end = text.data() + place + 6;
        if (std::from_chars(text.data() + place + 2, end, code, 16).ptr != end) return std::nullopt;
        return code;
    };
    std::string out = text.substr(0, at);
    while (at < text.size()) {
        const auto code = code_at(at);
        const bool high = code && *code >= 0xD800 && *code < 0xDC00;
        const auto low = high ? code_at(at + escape_size) : std::nullopt;
        if (high && low && *low >= 0xDC00 && *low < 0xE000) {
            append_utf8(out, 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00));
            at += 2 * escape_size;
        } else if (code && (*code < 0xD800 || *code >= 0xE000)) {
            append_utf8(out, *code);
            at += escape_size;
        } else {
            out += text[at++];
        }
    }
    text = std::move(out);
}

}  // namespace twinfirm::ingest
