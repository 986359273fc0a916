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

/// The adopters of one group, and its units in the cohorts. `breakdown` is null for all adopters.
struct Members {
    const design::Breakdown* breakdown = nullptr;
    Group group;
    std::vector<Adopter> adopters;
    GroupUnits units;
};

std::string adjusted_estimator(design::OutcomeAdjustment adjustment) {
    switch (adjustment) {
        case design::OutcomeAdjustment::bias:
            return "did_bias_corrected";
        case design::OutcomeAdjustment::aipw:
            return "did_aipw";
        case design::OutcomeAdjustment::ipwra:
            return "did_ipwra";
        case design::OutcomeAdjustment::automatic:
        case design::OutcomeAdjustment::none:
        case design::OutcomeAdjustment::regression:
            break;
    }
    return "did_adjusted";
}

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
                   const stats::Panel& panel, const Members& members, const GroupEffects* estimator,
                   Evaluation& result) {
    const bool everyone = members.group.breakdown.empty();
    for (const Window& window : windows(specification, everyone)) {
        if (!window.event_time || *window.event_time >= 0) {
            auto naive = before_after_row(specification, outcome, panel, members, window);
            if (!naive) return tl::unexpected(naive.error());
            result.before_after.push_back(std::move(*naive));
        }
        if (estimator == nullptr) continue;
        const auto did = estimator->plain(outcome, window.years);
        if (!did) return tl::unexpected(did.error());
        EffectRow row = effect_row(outcome, members.group, window, *did);
        row.traps = effect_traps(row.effect);
        result.effects.push_back(std::move(row));
    }
    return {};
}

/// `estimator`: none where the group has no effect, but changes of its own.
Status add_members(const design::Specification& specification, const StudyData& data, const Members& members,
                   const GroupEffects* estimator, Evaluation& result) {
    TWINFIRM_TRY(add_process_kpis(specification, data, members, result));
    for (const design::Outcome& outcome : specification.outcomes) {
        TWINFIRM_TRY(add_outcome(specification, outcome, data.panel, members, estimator, result));
    }
    return {};
}

/// The same effects adjusted for what matching left unlike. A pooled rate has no such adjustment.
Status add_adjusted(const StudyCohorts& study, const Members& members, const GroupEffects& estimator,
                    Evaluation& result) {
    if (study.choice.adjustment == design::OutcomeAdjustment::none) return {};
    for (const design::Outcome& outcome : study.specification.outcomes) {
        if (outcome.metric == design::ChangeMetric::per_hundred) continue;
        for (const Window& window : windows(study.specification, false)) {
            const auto did = estimator.adjusted(outcome, window.years);
            if (!did) return tl::unexpected(did.error());
            EffectRow row = effect_row(outcome, members.group, window, *did);
            row.estimator = adjusted_estimator(study.choice.adjustment);
            row.traps = effect_traps(row.effect);
            result.effects.push_back(std::move(row));
        }
    }
    return {};
}

/// Whether non-adopters belong to a group: where its effect is compared with them alone, or is theirs.
bool divides_non_adopters(const StudyCohorts& study) {
    const design::EffectDesign form = design::effect_design(study.specification.matching);
    return form == design::EffectDesign::weights || form == design::EffectDesign::estimated ||
           effect_target(study.specification.matching) != effects::Target::adopters;
}

/// Puts the non-adopters of every cohort into the groups; false = none is in any.
Result<bool> add_non_adopters(const StudyCohorts& study, const design::Breakdown& breakdown,
                              std::vector<Members>& members) {
    design::Breakdown all = breakdown;
    all.top = 0;
    bool any = false;
    for (std::size_t c = 0; c < study.cohorts.size(); ++c) {
        const CohortFirms& firms = study.cohorts[c].firms;
        std::vector<Adopter> others;
        std::vector<std::size_t> rows;
        for (std::size_t row = 0; row < firms.firms.size(); ++row) {
            if (firms.adopter[row] != 0) continue;
            others.push_back({firms.firms[row], firms.year});
            rows.push_back(row);
        }
        const auto grouping = group_adopters(all, study.panel, study.specification, others);
        if (!grouping) return tl::unexpected(grouping.error());
        std::vector<Members*> of_group;
        for (const Group& group : grouping->groups) {
            const auto same = [&](const Members& known) { return known.group.key == group.key; };
            const auto found = std::find_if(members.begin(), members.end(), same);
            of_group.push_back(found == members.end() ? nullptr : &*found);
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            Members* group = grouping->of[i] < 0 ? nullptr : of_group[static_cast<std::size_t>(grouping->of[i])];
            if (group == nullptr) continue;
            group->units.member[c][rows[i]] = 1;
            any = true;
        }
    }
    return any;
}

Result<std::vector<Members>> members_of(const StudyCohorts& study, const design::Breakdown& breakdown,
                                        const Grouping& grouping, const std::vector<Adopter>& adopters) {
    std::vector<Members> members;
    for (const Group& group : grouping.groups) {
        members.push_back({&breakdown, group, {}, {}});
        for (const MatchedCohort& cohort : study.cohorts) {
            members.back().units.member.emplace_back(cohort.firms.firms.size(), std::uint8_t{0});
        }
    }
    std::vector<std::int32_t> group_of_firm(study.panel.firms(), -1);
    for (std::size_t i = 0; i < adopters.size(); ++i) {
        if (grouping.of[i] < 0) continue;
        members[static_cast<std::size_t>(grouping.of[i])].adopters.push_back(adopters[i]);
        group_of_firm[adopters[i].firm] = grouping.of[i];
    }
    for (std::size_t c = 0; c < study.cohorts.size(); ++c) {
        const CohortFirms& firms = study.cohorts[c].firms;
        for (std::size_t row = 0; row < firms.firms.size(); ++row) {
            const std::int32_t group = group_of_firm[firms.firms[row]];
            if (firms.adopter[row] != 0 && group >= 0)
                members[static_cast<std::size_t>(group)].units.member[c][row] = 1;
        }
    }
    if (!divides_non_adopters(study)) return members;
    const auto any = add_non_adopters(study, breakdown, members);
    if (!any) return tl::unexpected(any.error());
    for (Members& group : members) group.units.adopters_only = !*any;
    return members;
}

Status add_breakdown(const StudyCohorts& study, const StudyData& data, const StudyEffects& estimators,
                     const design::Breakdown& breakdown, const std::vector<Adopter>& adopters,
                     const CancellationToken& token, Evaluation& result) {
    const auto grouping = group_adopters(breakdown, data.panel, study.specification, adopters);
    if (!grouping) return tl::unexpected(grouping.error());
    if (grouping->without_group > 0) {
        result.messages.push_back(
            {"adopters_without_group", Severity::info, {{"breakdown", breakdown.key}}, grouping->without_group});
    }
    const auto members = members_of(study, breakdown, *grouping, adopters);
    if (!members) return tl::unexpected(members.error());
    // Groups of adopters alone have no average effect over non-adopters.
    const bool ownerless = !members->empty() && members->front().units.adopters_only &&
                           effect_target(study.specification.matching) != effects::Target::adopters;
    if (ownerless) {
        result.messages.push_back({"study_breakdown_adopters_only",
                                   Severity::warning,
                                   {{"breakdown@ko", breakdown.label.ko},
                                    {"breakdown@en", breakdown.label.en},
                                    {"estimand", result.estimand}},
                                   0});
    }
    std::int64_t left_out = 0;
    for (const Members& group : *members) {
        TWINFIRM_TRY(token.check());
        if (ownerless) {
            TWINFIRM_TRY(add_members(study.specification, data, group, nullptr, result));
            continue;
        }
        const auto estimator = estimators.of_group(group.units);
        if (!estimator) return tl::unexpected(estimator.error());
        left_out += (*estimator)->cohorts_left_out;
        TWINFIRM_TRY(add_members(study.specification, data, group, estimator->get(), result));
    }
    if (left_out > 0) {
        result.messages.push_back({"study_group_cohorts_left_out",
                                   Severity::warning,
                                   {{"breakdown@ko", breakdown.label.ko}, {"breakdown@en", breakdown.label.en}},
                                   left_out});
    }
    return {};
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

Status add_effect_rows(const StudyCohorts& study, const StudyData& data, const std::vector<Adopter>& adopters,
                       const CancellationToken& token, const ProgressSink& progress, Evaluation& result) {
    const design::Specification& specification = study.specification;
    const std::unique_ptr<StudyEffects> estimators = study_effects(study);
    const Members everyone{nullptr, Group{}, adopters, {}};
    const auto of_everyone = estimators->of_group(everyone.units);
    if (!of_everyone) return tl::unexpected(of_everyone.error());
    TWINFIRM_TRY(add_members(specification, data, everyone, of_everyone->get(), result));
    TWINFIRM_TRY(add_adjusted(study, everyone, **of_everyone, result));
    suppress_small_cells(specification.minimum_cell, "", result);
    double done = 1;
    const auto total = static_cast<double>(specification.breakdowns.size() + 1);
    for (const design::Breakdown& breakdown : specification.breakdowns) {
        report_progress(progress, "effects", done++ / total);
        TWINFIRM_TRY(add_breakdown(study, data, *estimators, breakdown, adopters, token, result));
        suppress_small_cells(specification.minimum_cell, breakdown.key, result);
        add_group_tests(specification, breakdown, result);
    }
    return {};
}

}  // namespace twinfirm::evaluation
