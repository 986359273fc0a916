// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace twinfirm::ingest {

/// Ways in which the stored value differs from the cell's text; each use is counted in the import audit.
enum class ConversionRule : std::uint8_t {
    thousands_separators,
    triangle_minus,
    parentheses_minus,
    trailing_minus,
    other_minus,
    full_width_digits,
    won_sign,
    percent_sign,
    decimal_comma,
    scaled_to_won,
    rounded_to_won,
    year_spelling,
    year_of_date,
    date_spelling,
    boolean_word,
    level_word,
    trimmed,
    missing_code,
    not_applicable_code,
    suppressed_code,
    formula_guard,           ///< the apostrophe that an export put before a text like a formula
    pseudonym,               ///< a keyed hash stands for the text
    resident_number_masked,  ///< ******-*******
    region_name,             ///< 강원도 and 강원특별자치도 are 강원
    industry_code_spelling,  ///< C25 is 25
    first_of_several,        ///< 26410, 26421 -> 26410

    // The rules from here on are used only where the plan names them (ColumnPlan::rules).
    korean_amount,         ///< 3억 5천만, 12천
    unit_in_cell,          ///< 1,234백만원, 35명
    grouped_digits,        ///< 1 234, 1'234, 1_234
    two_digit_year,        ///< '17, 17년
    fiscal_year,           ///< FY2017
    year_and_month,        ///< 17.05 is May 2017
    day_number,            ///< 42795 is 2017-03-01 (spreadsheets, 1900 system)
    year_first,            ///< 17.03.01 is 2017-03-01
    day_first,             ///< 01/03/2017 is 2017-03-01
    month_first,           ///< 01/03/2017 is 2017-01-03
    administrative_codes,  ///< 26 is 부산
    statistical_codes,     ///< 26 is 울산
};
inline constexpr std::size_t conversion_rules = 38;
inline constexpr std::size_t first_confirmed_rule = static_cast<std::size_t>(ConversionRule::korean_amount);

[[nodiscard]] std::string_view conversion_rule_name(ConversionRule rule);
/// Nothing if there is no such rule.
[[nodiscard]] std::optional<ConversionRule> parse_conversion_rule(std::string_view name);
/// True for rules that a plan must name before they are used.
[[nodiscard]] constexpr bool needs_confirmation(ConversionRule rule) {
    return static_cast<std::size_t>(rule) >= first_confirmed_rule;
}

}  // namespace twinfirm::ingest
