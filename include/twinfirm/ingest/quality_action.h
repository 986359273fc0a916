// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "twinfirm/ingest/quality.h"
#include "twinfirm/ingest/quality_rule.h"
#include "twinfirm/store/project.h"

namespace twinfirm::ingest {

/// What the rule of an issue did.
struct QualityAction {
    std::string code;
    std::string column;
    QualityRule rule = QualityRule::keep;
    std::int64_t count = 0;  ///< rows dropped, or cells set missing
    std::vector<std::int64_t>
        rows{};  ///< 1-based, of the dropped rows; a row that several rules drop is with the first
};

/// Applies the chosen rules (issue code -> rule) to the rows that the issues name. The copies of a dropped row (equal
/// rows) go with it: else the rule would leave what it was to remove.
[[nodiscard]] std::vector<QualityAction> apply_quality_rules(const std::vector<QualityIssue>& issues,
                                                             const std::map<std::string, QualityRule>& rules,
                                                             store::TableData& table);

}  // namespace twinfirm::ingest
