// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/column_profile.h"

#include <algorithm>

#include "twinfirm/base/calendar.h"
#include "twinfirm/base/decimal.h"
#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/ingest/header_name.h"

namespace twinfirm::ingest {

namespace {

constexpr std::size_t longest_word = 60;

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool ascii_without_nul(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
}

std::string_view cut(std::string_view text) {
    if (text.size() <= longest_word) return text;
    std::size_t size = longest_word;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
    return text.substr(0, size);
}

void note(Offender& offender, std::string_view text, std::int64_t line) {
    if (offender.line == 0) offender = {line, std::string(cut(text))};
}

std::string swapped(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c == ',' ? '.' : c == '.' ? ',' : c;
    return out;
}

/// Texts that begin otherwise are neither numbers nor dates, so that long names cost nothing.
bool may_be_number(std::string_view text) {
    if (text.size() > longest_word) return false;
    const auto first = static_cast<unsigned char>(text[0]);
    if (first < 0x80)
        return (first >= '0' && first <= '9') ||
               std::string_view("+-.(\"'FfINin").find(text[0]) != std::string_view::npos;
    return first == 0xE2 || first == 0xEF || first == 0xC2;
}

}  // namespace

std::vector<std::string> ColumnProfile::word_list() const {
    std::vector<std::string> list;
    for (const auto& [word, count] : words) list.push_back(word);
    return list;
}

void ColumnProfile::add_word(std::string_view text) {
    if (!words_complete) return;
    const auto found = words.find(text);
    if (found != words.end()) {
        ++found->second;
    } else if (words.size() == words_kept || text.size() > longest_word) {
        words_complete = false;
    } else {
        words.emplace(text, 1);
    }
}

void ColumnProfile::add_digits(std::string_view text) {
    ++digits_only;
    least_digits = least_digits == 0 ? text.size() : std::min(least_digits, text.size());
    most_digits = std::max(most_digits, text.size());
    if (text[0] == '0' && text.size() > 1) ++leading_zeros;
}

void ColumnProfile::add_other(std::string_view text, std::int64_t line) {
    bool number = false;
    if (const auto decimal = may_be_number(text) ? parse_decimal(text) : std::nullopt) {
        number = true;
        if (decimal->percent) {
            ++percents;
        } else {
            ++numbers;
            const auto integer = scaled_integer(*decimal, 0);
            if (integer && !integer->rounded) ++whole;
        }
        if (text.find_first_of("eE") != std::string_view::npos) {
            ++scientific;
            note(first_scientific, text, line);
        }
    } else {
        note(first_not_number, text, line);
        if (text.size() <= longest_word && text.find(',') != std::string_view::npos && parse_decimal(swapped(text))) {
            ++decimal_commas;
        }
    }
    const DateText date = may_be_number(text) ? parse_date(text) : DateText{};
    switch (date.form) {
        case DateForm::day:
            ++days;
            break;
        case DateForm::month:
            ++months;
            break;
        case DateForm::year:
            ++years;
            break;
        case DateForm::ambiguous:
        case DateForm::invalid:
            if (!number) ++doubtful_dates;
            note(first_not_date, text, line);
            break;
        case DateForm::none:
            if (!number && parse_year(text)) {
                ++years;
            } else {
                note(first_not_date, text, line);
            }
            break;
    }
}

void ColumnProfile::add(std::string_view cell, std::int64_t line) {
    ++cells;
    const std::string_view text = trim(cell);
    if (text.empty()) {
        ++empty;
        return;
    }
    if (!ascii_without_nul(cell)) {
        if (cell.find('\0') != std::string_view::npos) ++nul_bytes;
        if (has_invisible_characters(cell)) {
            ++invisible;
            note(first_invisible, text, line);
        }
    }
    add_word(text);
    const bool digits = all_digits(text);
    if (digits) add_digits(text);
    if (digits && text.size() <= 18 && (text[0] != '0' || text.size() == 1) && text.size() != 8 && text.size() > 0 &&
        (text.size() < 4 || text.size() > 6)) {
        ++numbers;
        ++whole;
        note(first_not_date, text, line);
        return;
    }
    const bool short_text = text.size() <= 20;
    if (short_text && !digits && missing_status(text)) {
        ++coded_missing;
        return;
    }
    add_other(text, line);
}

}  // namespace twinfirm::ingest
