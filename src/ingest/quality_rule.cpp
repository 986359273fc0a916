// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/quality_rule.h"

#include <array>
#include <cstddef>
#include <string>

namespace twinfirm::ingest {

namespace {

constexpr std::array<std::string_view, 3> names = {"keep", "drop_row", "set_missing"};

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

}  // namespace twinfirm::ingest
