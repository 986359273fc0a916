// SPDX-License-Identifier: GPL-3.0-or-later
// The text of one cell (valid UTF-8, as readers hand it over) under every reading: numbers, amounts, dates, years,
// codes. What is read must agree with itself.
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/calendar.h"
#include "twinfirm/base/decimal.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/base/text_encoding.h"
#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/ingest/cell_reader.h"
#include "twinfirm/ingest/cell_reading.h"
#include "twinfirm/ingest/header_name.h"
#include "twinfirm/ingest/industry_code.h"
#include "twinfirm/ingest/korean_amount.h"
#include "twinfirm/ingest/region_name.h"
#include "twinfirm/ingest/registration_number.h"

namespace {

using namespace twinfirm;
using namespace twinfirm::ingest;

double double_of(const std::string& text) {
    double value = std::nan("");
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void hold(bool so) {
    if (!so) std::abort();
}

void read_numbers(std::string_view text) {
    if (const auto decimal = parse_decimal(text)) {
        hold(std::isfinite(decimal->value));
        hold(double_of(shortest_text(decimal->value)) == decimal->value);
        if (decimal->exact) {
            const std::string exact = std::to_string(decimal->coefficient) + "e" + std::to_string(decimal->exponent);
            hold(decimal->coefficient == 0 ? decimal->value == 0 : double_of(exact) == decimal->value);
        }
        for (const int power : {0, 3, 6, 8, -2}) static_cast<void>(scaled_integer(*decimal, power));
        const auto won = scaled_integer(*decimal, 0);
        if (won && !won->rounded && std::abs(decimal->value) < 9e15) {
            hold(static_cast<double>(won->value) == decimal->value);
        }
        if (std::abs(decimal->value) < 1e9) {
            hold(std::abs(double_of(fixed_text(decimal->value, 2)) - decimal->value) <= 0.00501);
        }
    }
    static_cast<void>(parse_korean_amount(text));
}

void read_dates(std::string_view text) {
    const DateText date = parse_date(text);
    if (date.form == DateForm::day || date.form == DateForm::month || date.form == DateForm::year) {
        const CalendarDate& day = date.date;
        if (date.form == DateForm::day) hold(is_valid_day(day.year, day.month, day.day));
        if (date.form == DateForm::month) hold(day.month >= 1 && day.month <= 12 && day.day == 0);
        if (date.form == DateForm::year) hold(day.month == 0 && day.day == 0);
        const DateText again = parse_date(iso_text(day));
        hold(again.form == date.form && again.date == day);
    }
    const auto year = parse_year(text);
    hold(!year || (*year >= 1800 && *year <= 2199));
    const auto plain = plain_year(text);
    hold(!plain || plain == parse_year(trim(text)));
}

void read_proposals(std::string_view text) {
    for (const ProposedReading& reading : proposed_readings(text)) {
        hold(!reading.text().empty());
        hold(needs_confirmation(reading.rule));
        if (reading.kind != ProposedReading::Kind::day) continue;
        hold(reading.day.day == 0 || is_valid_day(reading.day.year, reading.day.month, reading.day.day));
    }
}

void read_codes(std::string_view text) {
    if (const auto codes = parse_industry_codes(text)) hold(!codes->codes.empty());
    static_cast<void>(region_of_name(text));
    for (const RegistrationNumber& number : {read_business_number(text), read_corporate_number(text)}) {
        for (const char digit : number.digits) hold(digit >= '0' && digit <= '9');
    }
    if (const auto place = find_resident_number(text)) hold(place->begin + place->size <= text.size());
    static_cast<void>(missing_status(text));
}

std::vector<ColumnPlan> column_plans() {
    std::vector<ColumnPlan> plans;
    for (int type = 0; type <= static_cast<int>(ValueType::ksic); ++type) {
        ColumnPlan plan;
        plan.name = "c";
        plan.type = static_cast<ValueType>(type);
        if (plan.type == ValueType::money) plan.unit = "백만원";
        plans.push_back(plan);
        for (std::size_t rule = first_confirmed_rule; rule < conversion_rules; ++rule) {
            plan.rules.push_back(static_cast<ConversionRule>(rule));
        }
        plan.decimal_comma = true;
        plans.push_back(plan);
    }
    return plans;
}

void read_cells(std::string_view text) {
    static const std::vector<ColumnPlan> plans = column_plans();
    static const std::vector<CellReader> readers(plans.begin(), plans.end());
    CellValue value;
    for (std::size_t i = 0; i < readers.size(); ++i) {
        readers[i].read(text, value);
        if (!value.bad() && plans[i].type == ValueType::number && value.status == store::ValueStatus::value) {
            hold(std::isfinite(value.real));
        }
        if (value.bad()) continue;
        store::ColumnChunk chunk(stored_type(plans[i].type));
        append(value, chunk);
        hold(chunk.size() == 1 && chunk.status(0) == value.status);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        if (next_code_point(text, at) == U'\uFFFD' && text.substr(begin, 3) != "\xEF\xBF\xBD") return 0;
    }
    read_numbers(text);
    read_dates(text);
    read_proposals(text);
    read_codes(text);
    read_cells(text);
    return 0;
}
