// SPDX-License-Identifier: GPL-3.0-or-later
#include "effect_rows.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "suppression.h"
#include "twinfirm/breakdowns/heterogeneity.h"
#include "twinfirm/breakdowns/multiplicity.h"
#include "twinfirm/breakdowns/traps.h"
#include "twinfirm/effects/before_after.h"

namespace twinfirm::evaluation {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// A window of years since adoption; none = the mean over 0 .. lags.
struct Window {
    std::optional<int> event_time;
    effects::EventWindow years;
};

std::vector<Window> windows(const design::Specification& specification, bool with_leads) {
    std::vector<Window> list;
    for (int k = with_leads ? -specification.leads : 0; k <= specification.lags; ++k) {
        if (k != -1) list.push_back({k, {k, k}});
    }
    list.push_back({std::nullopt, {0, specification.lags}});
    return list;
}

effects::DidOutcome did_outcome(const design::Outcome& outcome) {
    return {outcome.variable, outcome.metric == design::ChangeMetric::per_hundred ? outcome.denominator : "",
            outcome.metric == design::ChangeMetric::percent};
}

/// The adopters and sets of one group. `breakdown` is null for all adopters.
struct Members {
    const design::Breakdown* breakdown = nullptr;
    Group group;
    std::vector<Adopter> adopters;
    std::vector<effects::MatchedSet> sets;
};

EffectRow effect_row(const design::Outcome& outcome, const Group& group, const Window& window,
                     const effects::DidResult& did) {
    EffectRow row;
    row.outcome = outcome.key;
    row.group = group;
    row.event_time = window.event_time;
    row.estimator = "did";
    row.effect = did.effect;
    row.percent = did.percent.percent;
    row.percent_low = did.percent.low;
    row.percent_high = did.percent.high;
    row.treated_base = did.treated_base;
    row.treated_after = did.treated_after;
    row.control_base = did.control_base;
    row.control_after = did.control_after;
    return row;
}

/// Values before and after of one outcome for some adopters. For several years: the mean of those observed; of a rate
/// the sums of count and base over the years in which both were.
struct Changes {
    std::vector<double> before;
    std::vector<double> after;
    std::vector<double> base_before;  ///< of a rate only
    std::vector<double> base_after;
};

Changes changes_of(const stats::Panel& panel, const design::Outcome& outcome, const std::vector<Adopter>& adopters,
                   effects::EventWindow years) {
    const bool rate = outcome.metric == design::ChangeMetric::per_hundred;
    Changes changes;
    for (const Adopter& adopter : adopters) {
        const auto value = [&](const std::string& variable, int year) {
            return panel.value(variable, adopter.firm, year);
        };
        double sum = 0;
        double base = 0;
        int count = 0;
        for (int year = adopter.year + years.first; year <= adopter.year + years.last; ++year) {
            const double observed = value(outcome.variable, year);
            const double observed_base = rate ? value(outcome.denominator, year) : 0;
            if (std::isnan(observed) || std::isnan(observed_base)) continue;
            sum += observed;
            base += observed_base;
            ++count;
        }
        changes.before.push_back(value(outcome.variable, adopter.year - 1));
        changes.after.push_back(count == 0 ? missing : rate ? sum : sum / count);
        if (!rate) continue;
        changes.base_before.push_back(value(outcome.denominator, adopter.year - 1));
        changes.base_after.push_back(count == 0 ? missing : base);
    }
    return changes;
}

/// What keeps the naive number of these firms from meaning what it seems to mean. `bases`: the variables or survey
/// columns that the base value is read from.
Traps naive_traps(const Members& members, const effects::BeforeAfter& change, std::span<const double> before,
                  const std::vector<std::string_view>& bases) {
    Messages found = breakdowns::trap_tiny_denominator(change, before);
    const auto add = [&](Messages more) { found.insert(found.end(), more.begin(), more.end()); };
    if (members.breakdown != nullptr) {
        add(breakdowns::trap_regression_to_mean(*members.breakdown, bases, change.n));
    }
    add(breakdowns::trap_small_cell(change.n));
    add(breakdowns::trap_zero_base(change));
    Traps traps;
    for (const Message& message : found) traps.push_back(message.code);
    return traps;
}

Result<BeforeAfterRow> before_after_row(const design::Specification& specification, const design::Outcome& outcome,
                                        const stats::Panel& panel, const Members& members, const Window& window) {
    BeforeAfterRow row;
    row.outcome = outcome.key;
    row.group = members.group;
    row.event_time = window.event_time;
    const Changes changes = changes_of(panel, outcome, members.adopters, window.years);
    auto change = outcome.metric == design::ChangeMetric::per_hundred
                      ? effects::before_after_rate(changes.before, changes.base_before, changes.after,
                                                   changes.base_after, specification.confidence_level)
                      : effects::before_after(changes.before, changes.after, specification.confidence_level);
    if (!change) return tl::unexpected(change.error());
    row.change = std::move(*change);
    row.traps = naive_traps(members, row.change, changes.before, {outcome.variable});
    return row;
}

Status add_process_kpis(const design::Specification& specification, const StudyData& data, const Members& members,
                        Evaluation& result) {
    for (const design::ProcessKpi& kpi : specification.process_kpis) {
        const auto before = data.survey.find(kpi.before);
        const auto after = data.survey.find(kpi.after);
        if (before == data.survey.end() || after == data.survey.end()) continue;
        Changes changes;
        for (const Adopter& adopter : members.adopters) {
            changes.before.push_back(before->second[adopter.firm]);
            changes.after.push_back(after->second[adopter.firm]);
        }
        auto change = effects::before_after(changes.before, changes.after, specification.confidence_level);
        if (!change) return tl::unexpected(change.error());
        Traps traps = naive_traps(members, *change, changes.before, {kpi.before});
        BeforeAfterRow row{kpi.key, members.group, std::nullopt, std::move(*change), std::move(traps)};
        result.before_after.push_back(std::move(row));
    }
    return {};
}

/// What makes the matched number itself doubtful.
Traps effect_traps(const effects::Estimate& effect) {
    Traps traps;
    for (const Message& message : breakdowns::trap_small_cell(effect.n_treated)) traps.push_back(message.code);
    if (!effects::estimate_warnings(effect).empty()) traps.emplace_back("trap_few_clusters");
    return traps;
}

Status add_outcome(const design::Specification& specification, const design::Outcome& outcome,
                   const stats::Panel& panel, const Members& members, Evaluation& result) {
    const bool everyone = members.group.breakdown.empty();
    for (const Window& window : windows(specification, everyone)) {
        if (!window.event_time || *window.event_time >= 0) {
            auto naive = before_after_row(specification, outcome, panel, members, window);
            if (!naive) return tl::unexpected(naive.error());
            result.before_after.push_back(std::move(*naive));
        }
        const auto did = effects::matched_did(panel, members.sets, did_outcome(outcome), window.years,
                                              effects::SeKind::two_way, specification.confidence_level);
        if (!did) return tl::unexpected(did.error());
        EffectRow row = effect_row(outcome, members.group, window, *did);
        row.traps = effect_traps(row.effect);
        result.effects.push_back(std::move(row));
    }
    return {};
}

Status add_members(const design::Specification& specification, const StudyData& data, const Members& members,
                   Evaluation& result) {
    TWINFIRM_TRY(add_process_kpis(specification, data, members, result));
    for (const design::Outcome& outcome : specification.outcomes) {
        TWINFIRM_TRY(add_outcome(specification, outcome, data.panel, members, result));
    }
    return {};
}

/// The same effects adjusted by regression for what matching left unlike. A pooled rate has no such adjustment.
Status add_adjusted(const design::Specification& specification, const stats::Panel& panel, const Members& members,
                    const Eigen::MatrixXd& covariates, Evaluation& result) {
    for (const design::Outcome& outcome : specification.outcomes) {
        if (outcome.metric == design::ChangeMetric::per_hundred) continue;
        for (const Window& window : windows(specification, false)) {
            const auto changes = effects::matched_changes(panel, members.sets, did_outcome(outcome), window.years);
            if (!changes) return tl::unexpected(changes.error());
            const auto did = effects::matched_did_adjusted(*changes, covariates, effects::Adjustment::interacted,
                                                           effects::SeKind::two_way, specification.confidence_level);
            if (!did) return tl::unexpected(did.error());
            EffectRow row = effect_row(outcome, members.group, window, *did);
            row.estimator = "did_adjusted";
            row.traps = effect_traps(row.effect);
            result.effects.push_back(std::move(row));
        }
    }
    return {};
}

std::vector<Members> members_of(const design::Breakdown& breakdown, const Grouping& grouping,
                                const std::vector<Adopter>& adopters, const std::vector<effects::MatchedSet>& sets,
                                std::size_t firms) {
    std::vector<Members> members;
    for (const Group& group : grouping.groups) members.push_back({&breakdown, group, {}, {}});
    std::vector<std::int32_t> group_of_firm(firms, -1);
    for (std::size_t i = 0; i < adopters.size(); ++i) {
        if (grouping.of[i] < 0) continue;
        members[static_cast<std::size_t>(grouping.of[i])].adopters.push_back(adopters[i]);
        group_of_firm[adopters[i].firm] = grouping.of[i];
    }
    for (const effects::MatchedSet& set : sets) {
        const std::int32_t group = group_of_firm[set.adopter];
        if (group >= 0) members[static_cast<std::size_t>(group)].sets.push_back(set);
    }
    return members;
}

/// Tests within each breakdown: do the groups differ, and p values adjusted for looking at all of them.
void add_group_tests(const design::Specification& specification, const design::Breakdown& breakdown,
                     Evaluation& result) {
    for (const design::Outcome& outcome : specification.outcomes) {
        std::vector<double> estimates;
        std::vector<double> errors;
        std::vector<double> p_values;
        std::vector<EffectRow*> rows;
        for (EffectRow& row : result.effects) {
            if (row.outcome != outcome.key || row.group.breakdown != breakdown.key || row.event_time) continue;
            if (row.estimator != "did" || !std::isfinite(row.effect.std_error)) continue;
            estimates.push_back(row.effect.estimate);
            errors.push_back(row.effect.std_error);
            p_values.push_back(row.effect.p_value);
            rows.push_back(&row);
        }
        const std::vector<double> adjusted = breakdowns::holm(p_values);
        for (std::size_t i = 0; i < rows.size(); ++i) rows[i]->p_holm = adjusted[i];
        const auto test = breakdowns::cochran_q(estimates, errors);
        result.heterogeneity.push_back({outcome.key, breakdown.key, test.q, test.df, test.p_value});
    }
}

}  // namespace

Status add_effect_rows(const design::Specification& specification, const StudyData& data,
                       const std::vector<Adopter>& adopters, const std::vector<effects::MatchedSet>& sets,
                       const Eigen::MatrixXd& covariates, const CancellationToken& token, const ProgressSink& progress,
                       Evaluation& result) {
    const Members everyone{nullptr, Group{}, adopters, sets};
    TWINFIRM_TRY(add_members(specification, data, everyone, result));
    TWINFIRM_TRY(add_adjusted(specification, data.panel, everyone, covariates, result));
    suppress_small_cells(specification.minimum_cell, "", result);
    double done = 1;
    const auto total = static_cast<double>(specification.breakdowns.size() + 1);
    for (const design::Breakdown& breakdown : specification.breakdowns) {
        report_progress(progress, "effects", done++ / total);
        const auto grouping = group_adopters(breakdown, data.panel, specification, adopters);
        if (!grouping) return tl::unexpected(grouping.error());
        if (grouping->without_group > 0) {
            result.messages.push_back(
                {"adopters_without_group", Severity::info, {{"breakdown", breakdown.key}}, grouping->without_group});
        }
        for (const Members& members : members_of(breakdown, *grouping, adopters, sets, data.panel.firms())) {
            TWINFIRM_TRY(token.check());
            TWINFIRM_TRY(add_members(specification, data, members, result));
        }
        suppress_small_cells(specification.minimum_cell, breakdown.key, result);
        add_group_tests(specification, breakdown, result);
    }
    return {};
}

}  // namespace twinfirm::evaluation
