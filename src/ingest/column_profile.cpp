// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/column_profile.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "twinfirm/base/calendar.h"
#include "twinfirm/base/decimal.h"
#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/ingest/cell_reading.h"
#include "twinfirm/ingest/header_name.h"
#include "twinfirm/ingest/industry_code.h"
#include "twinfirm/ingest/personal_data.h"

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

void note_proposal(std::array<RuleUse, conversion_rules>& proposals, ConversionRule rule, std::string_view text,
                   std::int64_t line, std::int64_t times) {
    RuleUse& use = proposals[static_cast<std::size_t>(rule)];
    use.count += times;
    note(use.first, text, line);
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
    const std::size_t last = static_cast<unsigned char>(text.back());
    const std::size_t first = static_cast<unsigned char>(text.front());
    const std::size_t hash = text.size() + 7 * last + 3 * first;
    Word*& recent = recent_words_[hash % recent_words_.size()];
    if (recent != nullptr && recent->first == text) {
        recent->second += weight_;
        return;
    }
    const auto found = words.find(text);
    if (found != words.end()) {
        found->second += weight_;
        recent = &*found;
    } else if (words.size() == words_kept || text.size() > longest_word) {
        words_complete = false;
    } else {
        words.emplace(text, weight_);
    }
}

void ColumnProfile::add_digits(std::string_view text, std::int64_t line) {
    digits_only += weight_;
    least_digits = least_digits == 0 ? text.size() : std::min(least_digits, text.size());
    most_digits = std::max(most_digits, text.size());
    if (text[0] == '0' && text.size() > 1) {
        leading_zeros += weight_;
        add_other(text, line);
        return;
    }
    if (text.size() > 18) {
        add_other(text, line);
        return;
    }
    numbers += weight_;
    whole += weight_;
    if (text.size() == 4 && parse_year(text)) {
        years += weight_;
    } else if (text.size() == 6 || text.size() == 8) {
        const DateForm form = parse_date(text).form;
        if (form == DateForm::day) days += weight_;
        if (form == DateForm::month) months += weight_;
        if (form == DateForm::ambiguous) note_proposal(proposals, ConversionRule::year_first, text, line, weight_);
        if (form != DateForm::day && form != DateForm::month) note(first_not_date, text, line);
    } else {
        if (text.size() == 5 && text[0] >= '2' && text[0] <= '7') {
            note_proposal(proposals, ConversionRule::day_number, text, line, weight_);
        }
        note(first_not_date, text, line);
    }
}

void ColumnProfile::add_other(std::string_view text, std::int64_t line) {
    bool number = false;
    if (const auto decimal = may_be_number(text) ? parse_decimal(text) : std::nullopt) {
        number = true;
        if (decimal->percent) {
            percents += weight_;
        } else {
            numbers += weight_;
            const auto integer = scaled_integer(*decimal, 0);
            if (integer && !integer->rounded) whole += weight_;
        }
        if (text.find_first_of("eE") != std::string_view::npos) {
            scientific += weight_;
            note(first_scientific, text, line);
        }
    } else {
        note(first_not_number, text, line);
        if (text.size() <= longest_word && text.find(',') != std::string_view::npos && parse_decimal(swapped(text))) {
            decimal_commas += weight_;
        }
    }
    // A number is a year or month only if four digits and a point begin it.
    const bool may_be_date = number ? text.size() > 5 && text[4] == '.' : may_be_number(text);
    DateText date = may_be_date ? parse_date(text) : DateText{};
    if (may_be_date && !number) {
        // '17 and 17년 say a year only by the analyst's word; 2017년도 says one by itself.
        const auto year = plain_year(text);
        if (date.form == DateForm::year && !year) date = {};
        if (year) date = {DateForm::year, {*year, 0, 0}};
    }
    switch (date.form) {
        case DateForm::day:
            days += weight_;
            break;
        case DateForm::month:
            months += weight_;
            break;
        case DateForm::year:
            years += weight_;
            break;
        case DateForm::ambiguous:
        case DateForm::invalid:
            if (!number) doubtful_dates += weight_;
            note(first_not_date, text, line);
            break;
        case DateForm::none:
            note(first_not_date, text, line);
            break;
    }
    const bool plain_date = date.form == DateForm::day || date.form == DateForm::month || date.form == DateForm::year;
    // Of numbers only 17.05 may be meant otherwise.
    const bool may_be_month = text.size() == 5 && text.find(',') == std::string_view::npos;
    if (!plain_date && (!number || may_be_month)) add_proposals(text, line);
    if (!plain_date && !number) add_odd_cell(text, line);
}

void ColumnProfile::add_proposals(std::string_view text, std::int64_t line) {
    if (content_ == Content::business_number || content_ == Content::corporate_number) return;
    if (!may_be_number(text) && !text.starts_with("△")) return;
    for (const ProposedReading& reading : proposed_readings(text)) {
        note_proposal(proposals, reading.rule, text, line, weight_);
    }
}

/// A column of names has nothing but such cells, and a few of them say as much as all.
void ColumnProfile::add_odd_cell(std::string_view text, std::int64_t line) {
    constexpr std::size_t of_a_text_column = 8;
    // Repetitions are known from the first time.
    if (repeating_) return;
    const bool some_plain = numbers + percents + days + months + years > 0;
    if (odd_cells.size() < (some_plain ? odd_cells_kept : of_a_text_column)) {
        odd_cells.push_back({line, std::string(cut(text))});
    }
}

ColumnProfile::Content ColumnProfile::content_of(std::string_view field) {
    return field == "brn"    ? Content::business_number
           : field == "crn"  ? Content::corporate_number
           : field == "ksic" ? Content::industry_code
                             : Content::other;
}

/// What kind of text it is, by its form.
void ColumnProfile::add_content(std::string_view text, std::int64_t line) {
    if (content_ == Content::unknown) content_ = content_of(field);
    if (content_ == Content::business_number || content_ == Content::corporate_number) {
        if (is_pseudonym(text)) return;
        const RegistrationNumber number =
            content_ == Content::business_number ? read_business_number(text) : read_corporate_number(text);
        const auto kind = static_cast<std::size_t>(number.kind);
        registrations[kind] += weight_;
        note(first_registrations[kind], text, line);
        return;
    }
    if (content_ == Content::industry_code) {
        const auto codes = parse_industry_codes(text);
        if (codes) industry_codes += weight_;
        if (codes && codes->codes.size() > 1) several_codes += weight_;
        return;
    }
    const auto first = static_cast<unsigned char>(text[0]);
    const bool begins_number = (first >= '0' && first <= '9') || first == '(' || first == '+';
    if (begins_number && text.size() >= 9 && text.size() <= 20) {
        if (is_phone_number(text)) phones += weight_;
        if (text.size() == 10 || text.size() == 12) {
            business_numbers += read_business_number(text).kind == RegistrationClass::valid ? weight_ : 0;
        } else if (text.size() == 13 || text.size() == 14) {
            corporate_numbers += read_corporate_number(text).kind == RegistrationClass::valid ? weight_ : 0;
        }
    }
    if (const auto place = text.size() >= 13 ? find_resident_number(text) : std::nullopt) {
        resident_numbers += weight_;
        if (place->size == text.size()) resident_cells += weight_;
    }
    if (first < 0x80 && is_email(text)) emails += weight_;
}

void ColumnProfile::add(std::string_view cell, std::int64_t line) {
    ++cells;
    if (cell.empty()) {
        ++empty;
        return;
    }
    if (cell.size() > longest_word) {
        look_at(cell, line);
        return;
    }
    if (recent_cells_.empty()) recent_cells_.resize(recent_cells_kept);
    RecentCell& recent = recent_cells_[std::hash<std::string_view>()(cell) % recent_cells_kept];
    if (recent.text == cell) {
        ++recent.repeated;
        return;
    }
    settle(recent);
    recent.text = cell;
    look_at(cell, line);
}

void ColumnProfile::finish() {
    for (RecentCell& recent : recent_cells_) settle(recent);
}

/// Counts what was put off: a cell that comes again says the same again.
void ColumnProfile::settle(RecentCell& recent) {
    if (recent.repeated == 0) return;
    weight_ = std::exchange(recent.repeated, 0);
    repeating_ = true;
    constexpr std::int64_t seen_before = 1;  // the first case of everything is noted already
    look_at(recent.text, seen_before);
    weight_ = 1;
    repeating_ = false;
}

void ColumnProfile::look_at(std::string_view cell, std::int64_t line) {
    const std::string_view text = trim(cell);
    if (text.empty()) {
        empty += weight_;
        return;
    }
    if (!ascii_without_nul(cell)) {
        if (cell.find('\0') != std::string_view::npos) nul_bytes += weight_;
        if (has_invisible_characters(cell)) {
            invisible += weight_;
            note(first_invisible, text, line);
        }
    }
    add_word(text);
    add_content(text, line);
    if (all_digits(text)) {
        add_digits(text, line);
        return;
    }
    if (missing_status(text)) {
        coded_missing += weight_;
        return;
    }
    add_other(text, line);
}

}  // namespace twinfirm::ingest
