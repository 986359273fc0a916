// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/effect_rows.h"

#include "twinfirm/design/specification_lookup.h"

namespace twinfirm::charts {

using evaluation::BeforeAfterRow;
using evaluation::EffectRow;
using evaluation::Evaluation;
using evaluation::Heterogeneity;

const design::Outcome* find_outcome(const Evaluation& evaluation, std::string_view key) {
    return design::find_outcome(evaluation.specification, key);
}

const design::ProcessKpi* find_process_kpi(const Evaluation& evaluation, std::string_view key) {
    return design::find_process_kpi(evaluation.specification, key);
}

const design::Breakdown* find_breakdown(const Evaluation& evaluation, std::string_view key) {
    return design::find_breakdown(evaluation.specification, key);
}

Result<const design::Outcome*> require_outcome(const Evaluation& evaluation, std::string_view key) {
    if (const design::Outcome* found = find_outcome(evaluation, key)) return found;
    return fail(ErrorKind::usage, "chart_outcome_unknown", {{"outcome", std::string(key)}});
}

Result<const design::Breakdown*> require_breakdown(const Evaluation& evaluation, std::string_view key) {
    if (const design::Breakdown* found = find_breakdown(evaluation, key)) return found;
    return fail(ErrorKind::usage, "chart_breakdown_unknown", {{"breakdown", std::string(key)}});
}

const EffectRow* total_effect(const Evaluation& evaluation, std::string_view outcome, std::optional<int> event_time) {
    for (const EffectRow& row : evaluation.effects) {
        if (row.outcome == outcome && row.group.breakdown.empty() && row.event_time == event_time &&
            row.estimator == charted_estimator) {
            return &row;
        }
    }
    return nullptr;
}

std::vector<const EffectRow*> group_effects(const Evaluation& evaluation, std::string_view outcome,
                                            std::string_view breakdown) {
    std::vector<const EffectRow*> rows;
    for (const EffectRow& row : evaluation.effects) {
        if (row.outcome == outcome && row.group.breakdown == breakdown && !row.event_time &&
            row.estimator == charted_estimator) {
            rows.push_back(&row);
        }
    }
    return rows;
}

const BeforeAfterRow* before_after_of(const Evaluation& evaluation, std::string_view outcome,
                                      std::string_view breakdown, std::string_view group) {
    const BeforeAfterRow* latest = nullptr;
    for (const BeforeAfterRow& row : evaluation.before_after) {
        if (row.outcome != outcome || row.group.breakdown != breakdown || row.group.key != group) continue;
        if (!row.event_time) return &row;
        if (*row.event_time >= 0 && (latest == nullptr || *row.event_time > *latest->event_time)) latest = &row;
    }
    return latest;
}

std::vector<const BeforeAfterRow*> group_changes(const Evaluation& evaluation, std::string_view outcome,
                                                 std::string_view breakdown) {
    std::vector<const BeforeAfterRow*> rows;
    for (const BeforeAfterRow& row : evaluation.before_after) {
        if (row.outcome == outcome && row.group.breakdown == breakdown && !row.event_time) rows.push_back(&row);
    }
    return rows;
}

const Heterogeneity* heterogeneity_of(const Evaluation& evaluation, std::string_view outcome,
                                      std::string_view breakdown) {
    for (const Heterogeneity& row : evaluation.heterogeneity) {
        if (row.outcome == outcome && row.breakdown == breakdown) return &row;
    }
    return nullptr;
}

}  // namespace twinfirm::charts
