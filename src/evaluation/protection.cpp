// SPDX-License-Identifier: GPL-3.0-or-later
#include "protection.h"

#include "protection_parts.h"

namespace twinfirm::evaluation {

namespace {

void hide_few(std::int64_t minimum, Messages& messages) {
    for (Message& message : messages) {
        const bool of_rows = message.code.rfind("rows_", 0) == 0;  // of a table, not firms
        if (!of_rows && message.count > 0 && message.count < minimum) message.count = hidden_count;
    }
}

}  // namespace

Status protect(const CancellationToken& token, Evaluation& result) {
    result.disclosure.enabled = result.specification.disclosure.enabled;
    if (!result.disclosure.enabled) result.disclosure.reason = result.specification.disclosure.reason;
    TWINFIRM_TRY(protect_rows(token, result));
    return protect_sample(token, result);
}

void protect_messages(Evaluation& result) {
    if (!result.disclosure.enabled) return;
    const std::int64_t minimum = result.specification.minimum_cell;
    hide_few(minimum, result.messages);
    hide_few(minimum, result.over_time.messages);
    for (StaggeredOutcome& outcome : result.over_time.staggered) hide_few(minimum, outcome.messages);
    for (PlaceboRow& row : result.over_time.placebos) hide_few(minimum, row.messages);
    for (DesignRow& row : result.over_time.designs) hide_few(minimum, row.messages);
    for (AttritionRow& row : result.over_time.attrition) hide_few(minimum, row.messages);
    for (ResponseRow& row : result.over_time.responses) hide_few(minimum, row.messages);
    for (SensitivityRow& row : result.sensitivity) hide_few(minimum, row.messages);
    for (Cohort& cohort : result.cohorts) hide_few(minimum, cohort.messages);
}

}  // namespace twinfirm::evaluation
