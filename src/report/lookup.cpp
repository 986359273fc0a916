// SPDX-License-Identifier: GPL-3.0-or-later
#include "lookup.h"

#include <algorithm>

#include "twinfirm/report/number_format.h"

namespace twinfirm::report {

using design::ChangeMetric;
using evaluation::BeforeAfterRow;
using evaluation::EffectRow;
using evaluation::Evaluation;

namespace {

template <class Row>
bool matches(const Row& row, const RowKey& key) {
    return row.outcome == key.outcome && row.event_time == key.event_time && row.group.breakdown == key.breakdown &&
           row.group.key == key.group;
}

Shown difference_shown(double estimate, double low, double high, const design::Outcome& outcome) {
    Shown shown;
    shown.estimate = shown_mean(estimate, outcome);
    shown.low = shown_mean(low, outcome);
    shown.high = shown_mean(high, outcome);
    shown.unit = change_unit(outcome);
    shown.decimals = unit_decimals(outcome);
    return shown;
}

}  // namespace

std::string main_estimator(const Evaluation& evaluation) {
    for (const EffectRow& row : evaluation.effects) {
        if (row.estimator == "did") return row.estimator;
    }
    return evaluation.effects.empty() ? std::string("did") : evaluation.effects.front().estimator;
}

const EffectRow* find_effect(const Evaluation& evaluation, const RowKey& key, std::string_view estimator) {
    for (const EffectRow& row : evaluation.effects) {
        if (row.estimator == estimator && matches(row, key)) return &row;
    }
    return nullptr;
}

const BeforeAfterRow* find_change(const Evaluation& evaluation, const RowKey& key) {
    for (const BeforeAfterRow& row : evaluation.before_after) {
        if (matches(row, key)) return &row;
    }
    return nullptr;
}

std::vector<evaluation::Group> groups_of(const Evaluation& evaluation, std::string_view breakdown) {
    std::vector<evaluation::Group> groups;
    const auto add = [&](const evaluation::Group& group) {
        if (group.breakdown != breakdown) return;
        const auto same = [&](const evaluation::Group& known) { return known.key == group.key; };
        if (std::none_of(groups.begin(), groups.end(), same)) groups.push_back(group);
    };
    for (const EffectRow& row : evaluation.effects) add(row.group);
    for (const BeforeAfterRow& row : evaluation.before_after) add(row.group);
    return groups;
}

std::optional<evaluation::ArmCount> flow_count(const Evaluation& evaluation, std::string_view step) {
    for (const auto& entry : evaluation.flow) {
        if (entry.step == step) return entry.firms;
    }
    return std::nullopt;
}

Shown shown_effect(const EffectRow& row, const design::Outcome& outcome) {
    Shown shown;
    if (outcome.metric == ChangeMetric::percent) {
        shown.estimate = in_percent(row.percent);
        shown.low = in_percent(row.percent_low);
        shown.high = in_percent(row.percent_high);
        shown.unit = change_unit(outcome);
    } else {
        shown = difference_shown(row.effect.estimate, row.effect.ci_low, row.effect.ci_high, outcome);
    }
    shown.p_value = row.effect.p_value;
    return shown;
}

Shown shown_change(const BeforeAfterRow& row, const design::Outcome& outcome) {
    if (outcome.metric == ChangeMetric::percent) return shown_share(row.change.ratio_of_sums);
    const effects::Estimate& difference = row.change.difference;
    Shown shown = difference_shown(difference.estimate, difference.ci_low, difference.ci_high, outcome);
    shown.p_value = difference.p_value;
    return shown;
}

Shown shown_share(const effects::Estimate& share) {
    return {in_percent(share.estimate), in_percent(share.ci_low), in_percent(share.ci_high), share.p_value, "%", 1};
}

std::string change_unit(const design::Outcome& outcome) {
    if (outcome.metric == ChangeMetric::percent) return "%";
    const bool rate_in_percent = outcome.metric == ChangeMetric::per_hundred && outcome.unit == "%";
    return outcome.metric == ChangeMetric::points || rate_in_percent ? "%p" : outcome.unit;
}

double shown_mean(double mean, const design::Outcome& outcome) {
    // Shares are stored as fractions, pooled rates per 100.
    return outcome.metric == ChangeMetric::points ? in_percent(mean) : in_unit(mean, outcome.unit_scale);
}

int unit_decimals(const design::Outcome& outcome) {
    // Accident rates are fractions of a percent.
    return outcome.metric == ChangeMetric::per_hundred ? 2 : 1;
}

}  // namespace twinfirm::report
