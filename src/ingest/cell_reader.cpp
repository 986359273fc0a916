// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/cell_reader.h"

#include <algorithm>
#include <charconv>

#include "twinfirm/base/calendar.h"
#include "twinfirm/base/decimal.h"
#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/ingest/cell_reading.h"
#include "twinfirm/ingest/header_name.h"
#include "twinfirm/ingest/industry_code.h"
#include "twinfirm/store/formula_guard.h"

namespace twinfirm::ingest {

namespace {

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

std::string set_day(const CalendarDate& day, CellValue& value) {
    std::string iso = iso_text(day);
    std::copy_n(iso.begin(), value.iso.size(), value.iso.begin());
    value.is_iso = true;
    return iso;
}

std::string with_points_and_commas_swapped(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c == ',' ? '.' : c == '.' ? ',' : c;
    return out;
}

}  // namespace

std::string_view cell_fault_name(CellFault fault) {
    return fault == CellFault::out_of_range ? "value_too_large" : "unreadable_cell";
}

CellReader::CellReader(const ColumnPlan& plan) : plan_(plan), won_power_(won_power(plan.unit)) {
    for (const ConversionRule rule : plan.rules) {
        if (rule == ConversionRule::administrative_codes) region_codes_ = RegionCodes::administrative;
        if (rule == ConversionRule::statistical_codes) region_codes_ = RegionCodes::statistical;
    }
}

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
    if (!decimal || (decimal->percent && plan_.type != ValueType::percent)) {
        if (!read_confirmed(text, value)) value.fault = CellFault::unreadable;
        return;
    }
    note_spelling(*decimal, value);
    if (plan_.type == ValueType::number || plan_.type == ValueType::percent) {
        value.real = decimal->value;
        return;
    }
    const int power = plan_.type == ValueType::money ? std::max(won_power_, 0) : 0;
    const auto scaled = scaled_integer(*decimal, power);
    if (!scaled) value.fault = CellFault::out_of_range;
    if (scaled && scaled->rounded && plan_.type != ValueType::money) value.fault = CellFault::unreadable;
    if (value.bad()) return;
    value.integer = scaled->value;
    if (power > 0) value.use(ConversionRule::scaled_to_won);
    if (scaled->rounded) value.use(ConversionRule::rounded_to_won);
}

void CellReader::read_day(std::string_view text, CellValue& value) const {
    const DateText date = parse_date(text);
    if (date.form != DateForm::day) {
        if (!read_confirmed(text, value)) value.fault = CellFault::unreadable;
        return;
    }
    if (set_day(date.date, value) != text) value.use(ConversionRule::date_spelling);
}

void CellReader::read_region(std::string_view text, CellValue& value) const {
    auto name = region_of_name(text);
    if (!name && region_codes_) {
        name = region_of_code(text, *region_codes_);
        if (name) {
            value.use(*region_codes_ == RegionCodes::administrative ? ConversionRule::administrative_codes
                                                                    : ConversionRule::statistical_codes);
        }
    } else if (name && *name != text) {
        value.use(ConversionRule::region_name);
    }
    if (!name) {
        value.fault = CellFault::unreadable;
        return;
    }
    value.made = std::move(*name);
    value.text = value.made;
}

void CellReader::read_industry(std::string_view text, CellValue& value) const {
    const auto found = parse_industry_codes(text);
    if (!found) {
        value.fault = CellFault::unreadable;
        return;
    }
    if (found->codes.size() > 1) {
        value.use(ConversionRule::first_of_several);
        value.rest = found->rest();
    } else if (found->codes.front() != text) {
        value.use(ConversionRule::industry_code_spelling);
    }
    value.made = found->codes.front();
    value.text = value.made;
}

void CellReader::read_year(std::string_view text, CellValue& value) const {
    if (const auto year = plain_year(text)) {
        value.integer = *year;
        if (text.size() != 4) value.use(ConversionRule::year_spelling);
        return;
    }
    const DateText date = parse_date(text);
    if (date.form == DateForm::day || date.form == DateForm::month) {
        value.integer = date.date.year;
        value.use(ConversionRule::year_of_date);
    } else if (!read_confirmed(text, value)) {
        value.fault = CellFault::unreadable;
    }
}

/// Tries the rules that the plan names, in their order.
bool CellReader::read_confirmed(std::string_view text, CellValue& value) const {
    for (const ConversionRule rule : plan_.rules) {
        const auto reading = read_by_rule(text, rule);
        if (!reading) continue;
        take(*reading, value);
        if (value.fault == CellFault::unreadable) {
            value.fault = CellFault::none;
            continue;
        }
        value.use(rule);
        return true;
    }
    return false;
}

/// A reading fits only the types that hold its kind: an amount in won is no count of people.
void CellReader::take(const ProposedReading& reading, CellValue& value) const {
    using Kind = ProposedReading::Kind;
    const bool amount = reading.kind == Kind::number || reading.kind == Kind::won;
    switch (plan_.type) {
        case ValueType::money: {
            if (!amount) break;
            Decimal decimal;
            decimal.coefficient = reading.number;
            const auto scaled = scaled_integer(decimal, reading.counts_unit ? std::max(won_power_, 0) : 0);
            if (!scaled) {
                value.fault = CellFault::out_of_range;
                return;
            }
            value.integer = scaled->value;
            return;
        }
        case ValueType::integer:
        case ValueType::number:
            if (reading.kind != Kind::number) break;
            value.integer = reading.number;
            value.real = static_cast<double>(reading.number);
            return;
        case ValueType::year:
            if (amount) break;
            value.integer = reading.kind == Kind::year ? reading.number : reading.day.year;
            return;
        case ValueType::date:
            if (reading.kind != Kind::day) break;
            set_day(reading.day, value);
            return;
        default:
            break;
    }
    value.fault = CellFault::unreadable;
}

void CellReader::read_word(std::string_view text, CellValue& value) const {
    const bool boolean = plan_.type == ValueType::boolean;
    const auto label = plan_.labels.find(std::string(text));
    if (label != plan_.labels.end()) {
        value.integer = label->second;
    } else if (boolean) {
        const auto words = boolean_words({std::string(text)});
        if (words.empty()) value.fault = CellFault::unreadable;
        if (value.bad()) return;
        value.integer = words.begin()->second;
    } else {
        const auto level = level_of_word(text);
        if (!level) value.fault = CellFault::unreadable;
        if (value.bad()) return;
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
    value.fault = CellFault::none;
    value.is_iso = false;
    value.rules = 0;
    value.rest.clear();
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
    const bool may_be_code = !plan_.missing.empty() || plan_.type == ValueType::date || text[0] < '0' || text[0] > '9';
    if (may_be_code && read_missing(text, value)) return;
    if (word) {
        read_word(text, value);
    } else if (plan_.type == ValueType::date) {
        read_day(text, value);
    } else if (plan_.type == ValueType::year) {
        read_year(text, value);
    } else if (plan_.type == ValueType::region) {
        read_region(text, value);
    } else if (plan_.type == ValueType::ksic) {
        read_industry(text, value);
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
