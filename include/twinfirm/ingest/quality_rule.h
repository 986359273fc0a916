// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "twinfirm/base/result.h"

namespace twinfirm::ingest {

/// What becomes of the rows or cells of a quality issue; the analyst chooses (ImportPlan::quality).
enum class QualityRule {
    keep,
    drop_row,     ///< of equal rows and of rows with the same firm and year, all but the first
    set_missing,  ///< the cell in question only
};
[[nodiscard]] std::string_view quality_rule_name(QualityRule rule);
/// Errors: `plan_bad_value`.
[[nodiscard]] Result<QualityRule> parse_quality_rule(std::string_view name);

}  // namespace twinfirm::ingest
