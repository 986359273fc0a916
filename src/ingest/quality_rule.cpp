// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/quality_rule.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace twinfirm::ingest {

namespace {

constexpr std::array<std::string_view, 7> names = {"keep",     "drop_row",  "keep_first", "keep_last",
                                                   "drop_all", "drop_firm", "set_missing"};

constexpr std::array<std::string_view, 3> repeated_keys = {"duplicate_firm_year", "duplicate_firm",
                                                           "duplicate_adoption"};
/// Of rows, years and adoptions: no cell can be set missing.
constexpr std::array<std::string_view, 5> of_rows = {"year_gap", "year_out_of_range", "no_year_before_adoption",
                                                     "adopted_before_founded", "treatment_reversed"};
constexpr std::array<std::string_view, 8> of_values = {
    "unit_jump",  "employment_jump",           "outlier",    "negative_sales",
    "zero_sales", "accidents_above_employees", "level_fell", "level_out_of_range"};

bool among(const auto& codes, std::string_view code) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace

std::string_view quality_rule_name(QualityRule rule) {
    return names[static_cast<std::size_t>(rule)];
}

Result<QualityRule> parse_quality_rule(std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) return static_cast<QualityRule>(i);
    }
    return fail(ErrorKind::usage, "plan_bad_value", {{"key", "quality"}, {"value", std::string(name)}});
}

bool quality_rule_fits(std::string_view code, QualityRule rule) {
    const bool equal_rows = code == "equal_rows";
    const bool repeated = among(repeated_keys, code);
    const bool values = among(of_values, code);
    if (!equal_rows && !repeated && !values && !among(of_rows, code)) return false;
    switch (rule) {
        case QualityRule::keep:
        case QualityRule::drop_row:
            return true;
        case QualityRule::keep_first:
            return equal_rows || repeated;
        case QualityRule::keep_last:
        case QualityRule::drop_all:
            return repeated;
        case QualityRule::drop_firm:
            return !equal_rows;
        case QualityRule::set_missing:
            return values;
    }
    return false;
}

}  // namespace twinfirm::ingest
