// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/conversion_rule.h"

#include <array>

namespace twinfirm::ingest {

namespace {

constexpr std::array<std::string_view, conversion_rules> names = {"thousands_separators",
                                                                  "triangle_minus",
                                                                  "parentheses_minus",
                                                                  "trailing_minus",
                                                                  "other_minus",
                                                                  "full_width_digits",
                                                                  "won_sign",
                                                                  "percent_sign",
                                                                  "decimal_comma",
                                                                  "scaled_to_won",
                                                                  "rounded_to_won",
                                                                  "year_spelling",
                                                                  "year_of_date",
                                                                  "date_spelling",
                                                                  "boolean_word",
                                                                  "level_word",
                                                                  "trimmed",
                                                                  "missing_code",
                                                                  "not_applicable_code",
                                                                  "suppressed_code",
                                                                  "formula_guard",
                                                                  "pseudonym",
                                                                  "resident_number_masked",
                                                                  "region_name",
                                                                  "industry_code_spelling",
                                                                  "first_of_several",
                                                                  "korean_amount",
                                                                  "unit_in_cell",
                                                                  "grouped_digits",
                                                                  "two_digit_year",
                                                                  "fiscal_year",
                                                                  "year_and_month",
                                                                  "day_number",
                                                                  "year_first",
                                                                  "day_first",
                                                                  "month_first",
                                                                  "administrative_codes",
                                                                  "statistical_codes"};

}  // namespace

std::string_view conversion_rule_name(ConversionRule rule) {
    return names[static_cast<std::size_t>(rule)];
}

std::optional<ConversionRule> parse_conversion_rule(std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) return static_cast<ConversionRule>(i);
    }
    return std::nullopt;
}

}  // namespace twinfirm::ingest
