// SPDX-License-Identifier: GPL-3.0-or-later
#include "protection.h"

#include <algorithm>

#include "protection_parts.h"

namespace twinfirm::evaluation {

namespace {

void hide_few(std::int64_t minimum, Messages& messages) {
    for (Message& message : messages) {
        if (message.count > 0 && message.count < minimum) message.count = hidden_count;
    }
}

bool is_number(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789.,") == std::string::npos;
}

bool any_hidden(const Cohort& cohort) {
    const auto hidden = [](const auto& row) {
        return row.firms.treated == hidden_count || row.firms.control == hidden_count;
    };
    return std::any_of(cohort.flow.begin(), cohort.flow.end(), hidden) ||
           std::any_of(cohort.reasons.begin(), cohort.reasons.end(), hidden);
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
    for (Cohort& cohort : result.cohorts) {
        hide_few(minimum, cohort.messages);
        if (!any_hidden(cohort)) continue;
        // They tell the same numbers of firms in other words, so that one would follow from another.
        for (Message& message : cohort.messages) {
            if (message.count > 0) message.count = hidden_count;
            for (auto& [name, value] : message.arguments) {
                if (is_number(value)) value = "X";
            }
        }
    }
}

}  // namespace twinfirm::evaluation
