// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "twinfirm/base/result.h"

namespace twinfirm::ingest {

/// What becomes of the rows or cells of a quality issue; the analyst chooses (ImportPlan::quality).
enum class QualityRule {
    keep,
    drop_row,     ///< of rows that repeat a key: all but the first, as keep_first
    keep_first,   ///< of rows that repeat a key, the first in the file's order
    keep_last,    ///< of rows that repeat a key, the last in the file's order
    drop_all,     ///< of rows that repeat a key, none
    drop_firm,    ///< all rows of the firm
    set_missing,  ///< the cell in question only
};
[[nodiscard]] std::string_view quality_rule_name(QualityRule rule);
/// Errors: `plan_bad_value`.
[[nodiscard]] Result<QualityRule> parse_quality_rule(std::string_view name);

/// Whether a rule can be chosen for an issue; never for a code that no issue has. keep_first, keep_last and drop_all
/// are for repeated keys (equal rows know keep_first only: the others would leave the same or nothing); drop_firm for
/// issues of a firm's row; set_missing for values, but not for years of adoption, whose lack would make an adopter a
/// non-adopter, nor for keys.
[[nodiscard]] bool quality_rule_fits(std::string_view code, QualityRule rule);

}  // namespace twinfirm::ingest
