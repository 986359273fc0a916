// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/cell_reading.h"

#include <algorithm>
#include <array>

#include "field_catalogue.h"
#include "twinfirm/base/decimal.h"
#include "twinfirm/ingest/header_name.h"
#include "twinfirm/ingest/korean_amount.h"

namespace twinfirm::ingest {

namespace {

using Kind = ProposedReading::Kind;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

int full_year(int two_digits) {
    return two_digits < 70 ? 2000 + two_digits : 1900 + two_digits;
}

int small_number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

std::optional<ProposedReading> number_reading(ConversionRule rule, Kind kind, std::int64_t value) {
    ProposedReading reading;
    reading.rule = rule;
    reading.kind = kind;
    reading.number = value;
    return reading;
}

std::optional<ProposedReading> day_reading(ConversionRule rule, int year, int month, int day) {
    if (!is_valid_day(year, month, day)) return std::nullopt;
    ProposedReading reading;
    reading.rule = rule;
    reading.kind = Kind::day;
    reading.day = {year, month, day};
    return reading;
}

std::optional<ProposedReading> amount(std::string_view text, ConversionRule rule) {
    const auto found = parse_korean_amount(text);
    if (!found || (rule == ConversionRule::unit_in_cell) != (found->won && found->single)) return std::nullopt;
    auto reading = number_reading(rule, found->won ? Kind::won : Kind::number, found->value);
    reading->counts_unit = !found->won && found->thousands_only;
    return reading;
}

/// 35명, 3개사: a whole number and a unit that is no money.
std::optional<ProposedReading> number_with_unit(std::string_view text) {
    for (const std::string& unit : field_catalogue().other_units) {
        if (unit.front() == '%' || !text.ends_with(unit)) continue;
        const std::string_view number = trim(text.substr(0, text.size() - unit.size()));
        const auto decimal = parse_decimal(number);
        if (!decimal || decimal->won_sign || decimal->percent) continue;
        const auto value = scaled_integer(*decimal, 0);
        if (!value || value->rounded || plain_year(text)) return std::nullopt;
        return number_reading(ConversionRule::unit_in_cell, Kind::number, value->value);
    }
    return std::nullopt;
}

/// Groups of three digits behind one to three, parted by one kind of mark.
std::optional<ProposedReading> grouped(std::string_view text) {
    const std::size_t at = text.find_first_of(" '_");
    if (at == std::string_view::npos || at == 0 || at > 3 || text.front() == '0') return std::nullopt;
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool mark_place = i >= at && (i - at) % 4 == 0;
        if (mark_place ? text[i] != text[at] : !is_digit(text[i])) return std::nullopt;
        if (!mark_place) digits += text[i];
    }
    if ((text.size() - at) % 4 != 0 || digits.size() > 18) return std::nullopt;
    std::int64_t value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return number_reading(ConversionRule::grouped_digits, Kind::number, value);
}

/// 17.05
std::optional<ProposedReading> year_and_month(std::string_view text) {
    if (text.size() != 5 || text[2] != '.' || !all_digits(text.substr(0, 2)) || !all_digits(text.substr(3))) {
        return std::nullopt;
    }
    const int month = small_number(text.substr(3));
    if (month < 1 || month > 12) return std::nullopt;
    return number_reading(ConversionRule::year_and_month, Kind::year, full_year(small_number(text.substr(0, 2))));
}

/// Days since 1899-12-30, as spreadsheets count from 1900-03-01 on.
std::optional<ProposedReading> day_number(std::string_view text) {
    if (text.size() != 5 || !all_digits(text)) return std::nullopt;
    const int serial = small_number(text);
    if (serial < 20'000 || serial > 80'000) return std::nullopt;
    // Civil calendar from a day count: Howard Hinnant, "chrono-compatible low-level date algorithms" (civil_from_days).
    const int shifted = serial - 25'569 + 719'468;
    const int era = shifted / 146'097;
    const int day_of_era = shifted - era * 146'097;
    const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int month = (5 * day_of_year + 2) / 153;
    const int civil_month = month < 10 ? month + 3 : month - 9;
    return day_reading(ConversionRule::day_number, year_of_era + era * 400 + (civil_month <= 2 ? 1 : 0), civil_month,
                       day_of_year - (153 * month + 2) / 5 + 1);
}

/// Three groups of digits between equal marks, or six digits.
struct ThreeGroups {
    std::array<std::string_view, 3> parts;
};

std::optional<ThreeGroups> three_groups(std::string_view text) {
    if (text.size() == 6 && all_digits(text))
        return ThreeGroups{{text.substr(0, 2), text.substr(2, 2), text.substr(4)}};
    if (text.ends_with('.')) text.remove_suffix(1);
    const std::size_t first = text.find_first_of("./-");
    if (first == std::string_view::npos) return std::nullopt;
    const std::size_t second = text.find(text[first], first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const ThreeGroups groups{
        {trim(text.substr(0, first)), trim(text.substr(first + 1, second - first - 1)), trim(text.substr(second + 1))}};
    for (const std::string_view part : groups.parts) {
        if (!all_digits(part) || part.size() > 4) return std::nullopt;
    }
    return groups;
}

std::optional<ProposedReading> ordered_day(std::string_view text, ConversionRule rule) {
    const auto groups = three_groups(text);
    if (!groups || parse_date(text).form != DateForm::ambiguous) return std::nullopt;
    const auto& [a, b, c] = groups->parts;
    const auto year = [](std::string_view part) {
        return part.size() == 2 ? full_year(small_number(part)) : small_number(part);
    };
    if (rule == ConversionRule::year_first) {
        if (a.size() != 2 || c.size() > 2) return std::nullopt;
        return day_reading(rule, year(a), small_number(b), small_number(c));
    }
    if (c.size() != 2 && c.size() != 4) return std::nullopt;
    if (rule == ConversionRule::day_first) return day_reading(rule, year(c), small_number(b), small_number(a));
    return day_reading(rule, year(c), small_number(a), small_number(b));
}

}  // namespace

std::string ProposedReading::text() const {
    return kind == Kind::day ? iso_text(day) : std::to_string(number);
}

std::optional<int> plain_year(std::string_view text) {
    text = trim(text);
    std::size_t digits = 0;
    std::size_t bytes = 0;
    while (bytes < text.size()) {
        if (is_digit(text[bytes])) {
            bytes += 1;
        } else if (text.substr(bytes, 2) == "\xEF\xBC" && bytes + 2 < text.size()) {
            bytes += 3;
        } else {
            break;
        }
        ++digits;
    }
    return digits == 4 ? parse_year(text) : std::nullopt;
}

std::optional<ProposedReading> read_by_rule(std::string_view text, ConversionRule rule) {
    text = trim(text);
    switch (rule) {
        case ConversionRule::korean_amount:
            return amount(text, rule);
        case ConversionRule::unit_in_cell: {
            const auto money = amount(text, rule);
            return money ? money : number_with_unit(text);
        }
        case ConversionRule::grouped_digits:
            return grouped(text);
        case ConversionRule::two_digit_year:
        case ConversionRule::fiscal_year: {
            const bool fiscal = text.starts_with("FY") || text.starts_with("fy");
            const auto year = parse_year(text);
            if (!year || plain_year(text) || fiscal != (rule == ConversionRule::fiscal_year)) return std::nullopt;
            return number_reading(rule, Kind::year, *year);
        }
        case ConversionRule::year_and_month:
            return year_and_month(text);
        case ConversionRule::day_number:
            return day_number(text);
        case ConversionRule::year_first:
        case ConversionRule::day_first:
        case ConversionRule::month_first:
            return ordered_day(text, rule);
        default:
            return std::nullopt;
    }
}

std::vector<ProposedReading> proposed_readings(std::string_view text) {
    std::vector<ProposedReading> readings;
    for (std::size_t rule = first_confirmed_rule; rule < conversion_rules; ++rule) {
        if (auto reading = read_by_rule(text, static_cast<ConversionRule>(rule))) readings.push_back(*reading);
    }
    return readings;
}

}  // namespace twinfirm::ingest
