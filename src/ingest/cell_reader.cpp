// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/cell_reader.h"

#include <algorithm>
#include <charconv>

#include "twinfirm/base/calendar.h"
#include "twinfirm/base/decimal.h"
#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/ingest/header_name.h"
#include "twinfirm/store/formula_guard.h"

namespace twinfirm::ingest {

namespace {

constexpr std::array<std::string_view, conversion_rules> rule_names = {
    "thousands_separators", "triangle_minus", "parentheses_minus", "trailing_minus",      "other_minus",
    "full_width_digits",    "won_sign",       "percent_sign",      "decimal_comma",       "scaled_to_won",
    "rounded_to_won",       "year_spelling",  "year_of_date",      "date_spelling",       "boolean_word",
    "level_word",           "trimmed",        "missing_code",      "not_applicable_code", "suppressed_code",
    "formula_guard"};

/// One to eighteen digits without a leading zero: the usual cell, read without detours.
bool read_plain_integer(std::string_view text, std::int64_t& value) {
    if (text.empty() || text.size() > 18 || (text[0] == '0' && text.size() > 1)) return false;
    std::int64_t out = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
        out = out * 10 + (c - '0');
    }
    value = out;
    return true;
}

void note_spelling(const Decimal& decimal, CellValue& value) {
    if (decimal.separators) value.use(ConversionRule::thousands_separators);
    if (decimal.triangle) value.use(ConversionRule::triangle_minus);
    if (decimal.parentheses) value.use(ConversionRule::parentheses_minus);
    if (decimal.trailing_minus) value.use(ConversionRule::trailing_minus);
    if (decimal.other_minus) value.use(ConversionRule::other_minus);
    if (decimal.full_width) value.use(ConversionRule::full_width_digits);
    if (decimal.won_sign) value.use(ConversionRule::won_sign);
    if (decimal.percent) value.use(ConversionRule::percent_sign);
}

std::string with_points_and_commas_swapped(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c == ',' ? '.' : c == '.' ? ',' : c;
    return out;
}

}  // namespace

std::string_view conversion_rule_name(ConversionRule rule) {
    return rule_names[static_cast<std::size_t>(rule)];
}

CellReader::CellReader(const ColumnPlan& plan) : plan_(plan), won_power_(won_power(plan.unit)) {}

void CellReader::read_number(std::string_view text, CellValue& value) const {
    std::int64_t plain = 0;
    std::optional<Decimal> decimal;
    if (!plan_.decimal_comma && read_plain_integer(text, plain)) {
        decimal.emplace();
        decimal->coefficient = plain;
        decimal->value = static_cast<double>(plain);
        decimal->whole = true;
    } else if (plan_.decimal_comma) {
        decimal = parse_decimal(with_points_and_commas_swapped(text));
        if (decimal && text.find(',') != std::string_view::npos) value.use(ConversionRule::decimal_comma);
    } else {
        decimal = parse_decimal(text);
    }
    value.bad = !decimal || (decimal->percent && plan_.type != ValueType::percent);
    if (value.bad) return;
    note_spelling(*decimal, value);
    if (plan_.type == ValueType::number || plan_.type == ValueType::percent) {
        value.real = decimal->value;
        return;
    }
    const int power = plan_.type == ValueType::money ? std::max(won_power_, 0) : 0;
    const auto scaled = scaled_integer(*decimal, power);
    value.bad = !scaled || (scaled->rounded && plan_.type != ValueType::money);
    if (value.bad) return;
    value.integer = scaled->value;
    if (power > 0) value.use(ConversionRule::scaled_to_won);
    if (scaled->rounded) value.use(ConversionRule::rounded_to_won);
}

void CellReader::read_day(std::string_view text, CellValue& value) const {
    const DateText date = parse_date(text);
    value.bad = date.form != DateForm::day;
    if (value.bad) return;
    const std::string iso = iso_text(date.date);
    std::copy_n(iso.begin(), value.iso.size(), value.iso.begin());
    value.is_iso = true;
    if (iso != text) value.use(ConversionRule::date_spelling);
}

void CellReader::read_year(std::string_view text, CellValue& value) const {
    if (const auto year = parse_year(text)) {
        value.integer = *year;
        if (text.size() != 4) value.use(ConversionRule::year_spelling);
        return;
    }
    const DateText date = parse_date(text);
    value.bad = date.form != DateForm::day && date.form != DateForm::month;
    if (value.bad) return;
    value.integer = date.date.year;
    value.use(ConversionRule::year_of_date);
}

void CellReader::read_word(std::string_view text, CellValue& value) const {
    const bool boolean = plan_.type == ValueType::boolean;
    const auto label = plan_.labels.find(std::string(text));
    if (label != plan_.labels.end()) {
        value.integer = label->second;
    } else if (boolean) {
        const auto words = boolean_words({std::string(text)});
        value.bad = words.empty();
        if (value.bad) return;
        value.integer = words.begin()->second;
    } else {
        const auto level = level_of_word(text);
        value.bad = !level;
        if (value.bad) return;
        value.integer = *level;
    }
    if (text.size() != 1 || text[0] - '0' != value.integer) {
        value.use(boolean ? ConversionRule::boolean_word : ConversionRule::level_word);
    }
}

bool CellReader::read_missing(std::string_view text, CellValue& value) const {
    const bool declared = std::find(plan_.missing.begin(), plan_.missing.end(), text) != plan_.missing.end();
    if (!declared && (plan_.type == ValueType::text || plan_.labels.contains(std::string(text)))) return false;
    const auto status = missing_status(text);
    if (!declared && !status) return false;
    value.status = status.value_or(store::ValueStatus::missing);
    value.use(value.status == store::ValueStatus::not_applicable ? ConversionRule::not_applicable_code
              : value.status == store::ValueStatus::suppressed   ? ConversionRule::suppressed_code
                                                                 : ConversionRule::missing_code);
    return true;
}

void CellReader::read(std::string_view cell, CellValue& value) const {
    value.status = store::ValueStatus::value;
    value.bad = false;
    value.is_iso = false;
    value.rules = 0;
    if (plan_.type == ValueType::text) {
        const std::string_view text = plan_.field.empty() ? cell : trim(cell);
        if (text.size() != cell.size()) value.use(ConversionRule::trimmed);
        value.text = store::unguard_formula(text);
        if (value.text.size() != text.size()) value.use(ConversionRule::formula_guard);
        if (text.empty()) {
            value.status = store::ValueStatus::missing;
        } else if (!plan_.missing.empty()) {
            static_cast<void>(read_missing(text, value));
        }
        return;
    }
    const std::string_view text = trim(cell);
    value.text = text;
    if (text.empty()) {
        value.status = store::ValueStatus::missing;
        return;
    }
    const bool word = plan_.type == ValueType::boolean || plan_.type == ValueType::level;
    // Declared codes (9, 999) come before the value that they look like; for O/X columns the X is no code.
    const bool digits_only = text[0] >= '0' && text[0] <= '9';
    if ((!digits_only || !plan_.missing.empty()) && read_missing(text, value)) return;
    if (word) {
        read_word(text, value);
    } else if (plan_.type == ValueType::date) {
        read_day(text, value);
    } else if (plan_.type == ValueType::year) {
        read_year(text, value);
    } else {
        read_number(text, value);
    }
}

void append(const CellValue& value, store::ColumnChunk& chunk) {
    if (value.status != store::ValueStatus::value) {
        chunk.append_absent(value.status);
    } else if (chunk.type() == store::ColumnType::text) {
        chunk.append_text(value.is_iso ? std::string_view(value.iso.data(), value.iso.size()) : value.text);
    } else if (chunk.type() == store::ColumnType::integer) {
        chunk.append_integer(value.integer);
    } else {
        chunk.append_real(value.real);
    }
}

}  // namespace twinfirm::ingest
