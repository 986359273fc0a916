// SPDX-License-Identifier: GPL-3.0-or-later
#include "effect_rows.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <mutex>
#include <numeric>
#include <optional>
#include <utility>

#include "adopter_numbers.h"
#include "band_shifts.h"
#include "group_members.h"
#include "group_tests.h"
#include "naive_changes.h"
#include "suppression.h"
#include "twinfirm/base/parallel.h"
#include "twinfirm/breakdowns/traps.h"
#include "twinfirm/effects/before_after.h"
#include "twinfirm/evaluation/derived_variables.h"
#include "within_strata.h"

namespace twinfirm::evaluation {

namespace {

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
    row.margins = did.margins;
    return row;
}

/// What keeps the naive number of these firms from meaning what it seems to mean. `bases`: the variables or survey
/// columns that the base value is read from.
Traps naive_traps(const Members& members, const effects::BeforeAfter& change, std::span<const double> before,
                  const std::vector<std::string_view>& bases) {
    Messages found = breakdowns::trap_tiny_denominator(change, before);
    const auto add = [&](Messages more) { found.insert(found.end(), more.begin(), more.end()); };
    for (const design::Breakdown* breakdown : members.divided_by) {
        add(breakdowns::trap_regression_to_mean(*breakdown, bases, change.n));
    }
    add(breakdowns::trap_small_cell(change.n));
    add(breakdowns::trap_zero_base(change));
    Traps traps;
    for (const Message& message : found) traps.push_back(message.code);
    return traps;
}

/// Of the firms observed at both times, like the change.
Contributions contributions(const std::vector<double>& values, const std::vector<double>& others) {
    Contributions sum{0, 0, 0};
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i]) || std::isnan(others[i])) continue;
        sum.total += values[i];
        const double size = std::abs(values[i]);
        if (size > sum.largest) {
            sum.second = std::exchange(sum.largest, size);
        } else if (size > sum.second) {
            sum.second = size;
        }
    }
    return sum;
}

Result<BeforeAfterRow> before_after_row(const design::Specification& specification, const design::Outcome& outcome,
                                        const stats::Panel& panel, const Members& members, const Window& window) {
    BeforeAfterRow row;
    row.outcome = outcome.key;
    row.group = members.group;
    row.event_time = window.event_time;
    const NaiveChanges changes = naive_changes(panel, outcome, members.adopters, window.years);
    auto change = naive_change(changes, outcome, specification);
    if (!change) return tl::unexpected(change.error());
    row.change = std::move(*change);
    row.traps = naive_traps(members, row.change, changes.before, sources_of(specification, outcome.variable));
    const bool ratios = outcome.metric == design::ChangeMetric::percent;
    if (ratios || outcome.metric == design::ChangeMetric::level) {
        row.before_sum = contributions(changes.before, changes.after);
        row.after_sum = contributions(changes.after, changes.before);
    }
    for (const Message& trap : breakdowns::trap_outliers(row.change, ratios)) row.traps.push_back(trap.code);
    return row;
}

Status add_process_kpis(const design::Specification& specification, const StudyData& data, const Members& members,
                        Evaluation& result) {
    for (const design::ProcessKpi& kpi : specification.process_kpis) {
        const auto before = data.survey.find(kpi.before);
        const auto after = data.survey.find(kpi.after);
        if (before == data.survey.end() || after == data.survey.end()) continue;
        NaiveChanges changes;
        for (const Adopter& adopter : members.adopters) {
            changes.before.push_back(before->second[adopter.firm]);
            changes.after.push_back(after->second[adopter.firm]);
        }
        auto change = effects::before_after(changes.before, changes.after, specification.confidence_level,
                                            {specification.before_after.trim, specification.before_after.winsorise});
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
    for (const Message& message : effects::estimate_warnings(effect)) traps.push_back("trap_" + message.code);
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

/// Estimators of the groups of a breakdown, over the study's own matching or one that keeps to the groups.
struct GroupEstimators {
    std::unique_ptr<WithinStudy> within;
    std::vector<std::unique_ptr<WithinStudy>> apart;  ///< one a group
    std::vector<std::unique_ptr<GroupEffects>> of_group;
    std::int64_t cohorts_left_out = 0;
};

Result<GroupEstimators> group_estimators(const StudyCohorts& study, const StudyEffects& estimators,
                                         const design::Breakdown& breakdown, const std::vector<Members>& members,
                                         const CancellationToken& token) {
    GroupEstimators result;
    const WithinRule rule = within_rule(study, breakdown);
    if (rule == WithinRule::strata) {
        auto within = match_within(study, breakdown, token);
        if (!within) return tl::unexpected(within.error());
        result.within = std::move(*within);
        result.cohorts_left_out = result.within->cohorts_left_out;
    }
    for (const Members& group : members) {
        TWINFIRM_TRY(token.check());
        const StudyEffects* source = result.within ? result.within->effects.get() : &estimators;
        if (rule == WithinRule::apart) {
            auto apart = match_apart(study, group.units, token);
            if (!apart) return tl::unexpected(apart.error());
            result.cohorts_left_out += (*apart)->cohorts_left_out;
            source = (*apart)->effects.get();
            result.apart.push_back(std::move(*apart));
        }
        auto estimator = source->of_group(group.units);
        if (!estimator) return tl::unexpected(estimator.error());
        result.cohorts_left_out += (*estimator)->cohorts_left_out;
        result.of_group.push_back(std::move(*estimator));
    }
    return result;
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
    const auto members = group_members(study, breakdown, *grouping, adopters);
    if (!members) return tl::unexpected(members.error());
    const MessageArguments named = {{"breakdown@ko", breakdown.label.ko}, {"breakdown@en", breakdown.label.en}};
    // Groups of adopters alone have no average effect over non-adopters.
    const bool ownerless = !members->empty() && members->front().units.adopters_only &&
                           effect_target(study.specification.matching) != effects::Target::adopters;
    if (ownerless) {
        MessageArguments arguments = named;
        arguments["estimand"] = result.estimand;
        result.messages.push_back({"study_breakdown_adopters_only", Severity::warning, std::move(arguments), 0});
        for (const Members& group : *members) {
            TWINFIRM_TRY(add_members(study.specification, data, group, nullptr, result));
        }
        suppress_small_cells(design::minimum_shown(study.specification), breakdown.key, result);
        return {};
    }
    const auto of_groups = group_estimators(study, estimators, breakdown, *members, token);
    if (!of_groups) return tl::unexpected(of_groups.error());
    for (std::size_t g = 0; g < members->size(); ++g) {
        TWINFIRM_TRY(token.check());
        TWINFIRM_TRY(add_members(study.specification, data, (*members)[g], of_groups->of_group[g].get(), result));
    }
    if (of_groups->cohorts_left_out > 0) {
        result.messages.push_back(
            {"study_group_cohorts_left_out", Severity::warning, named, of_groups->cohorts_left_out});
    }
    suppress_small_cells(design::minimum_shown(study.specification), breakdown.key, result);
    TWINFIRM_TRY(add_group_tests(study, breakdown, *members, of_groups->of_group, result));
    const StudyEffects& own = of_groups->within ? *of_groups->within->effects : estimators;
    return add_band_shifts(study, own, breakdown, adopters, token, result);
}

Status add_everyone(const StudyCohorts& study, const StudyData& data, const StudyEffects& estimators,
                    const std::vector<Adopter>& adopters, const CancellationToken& token, Evaluation& result) {
    const design::Specification& specification = study.specification;
    const Members everyone{{}, Group{}, adopters, {}};
    const auto of_everyone = estimators.of_group(everyone.units);
    if (!of_everyone) return tl::unexpected(of_everyone.error());
    TWINFIRM_TRY(add_members(specification, data, everyone, of_everyone->get(), result));
    TWINFIRM_TRY(token.check());
    TWINFIRM_TRY(add_adjusted(study, everyone, **of_everyone, result));
    TWINFIRM_TRY(token.check());
    TWINFIRM_TRY(add_winsorised_effects(study, **of_everyone, result));
    suppress_small_cells(design::minimum_shown(specification), "", result);
    TWINFIRM_TRY(token.check());
    TWINFIRM_TRY(add_zero_margins(study, **of_everyone, result));
    TWINFIRM_TRY(token.check());
    TWINFIRM_TRY(add_support_effects(study, estimators, result));
    add_representation(study, result);
    warn_of_treated_controls(data, result);
    return {};
}

template <class Item>
void append(std::vector<Item>& all, std::vector<Item>& more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// Adds what one part of the study has found.
void append(Evaluation& result, Evaluation& part) {
    append(result.before_after, part.before_after);
    append(result.effects, part.effects);
    append(result.heterogeneity, part.heterogeneity);
    append(result.groups.ranking, part.groups.ranking);
    append(result.groups.band_shifts, part.groups.band_shifts);
    append(result.groups.support, part.groups.support);
    append(result.groups.margins, part.groups.margins);
    append(result.groups.representation, part.groups.representation);
    result.groups.adopters_unmatched += part.groups.adopters_unmatched;
    append(result.messages, part.messages);
}

/// In groups that are estimated, by a glance at the specification; part 0 is everyone, with adjusted effects.
std::size_t likely_work(const design::Specification& specification, std::size_t part) {
    constexpr std::size_t everyone = 16;
    constexpr std::size_t unlisted = 8;  // categories as the data have them
    if (part == 0) return everyone;
    const auto groups = [&](const design::Breakdown& breakdown) {
        const std::size_t listed = breakdown.edges.empty() ? breakdown.values.size() : breakdown.edges.size();
        const std::size_t known = listed == 0 ? unlisted : listed;
        return breakdown.top > 0 ? std::min(known, static_cast<std::size_t>(breakdown.top)) : known;
    };
    const design::Breakdown& breakdown = specification.breakdowns[part - 1];
    std::size_t work = breakdown.cross.empty() ? groups(breakdown) : 1;
    for (const design::Breakdown& other : specification.breakdowns) {
        const auto& cross = breakdown.cross;
        if (std::find(cross.begin(), cross.end(), other.key) != cross.end()) work *= groups(other);
    }
    return breakdown.within ? 2 * work : work;
}

}  // namespace

Status add_effect_rows(const StudyCohorts& study, const StudyData& data, const std::vector<Adopter>& adopters,
                       unsigned threads, const CancellationToken& token, const ProgressSink& progress,
                       Evaluation& result) {
    const std::vector<design::Breakdown>& breakdowns = study.specification.breakdowns;
    const std::unique_ptr<StudyEffects> estimators = study_effects(study);
    // Everyone, then a breakdown each: side by side, put together in this order. The long ones begin first, so that
    // none is left to run alone.
    std::vector<Evaluation> parts(breakdowns.size() + 1);
    std::vector<Status> outcomes(parts.size());
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return likely_work(study.specification, a) > likely_work(study.specification, b);
    });
    std::mutex progress_guard;
    double done = 0;
    parallel_chunks(parts.size(), 1, threads, [&](std::size_t begin, std::size_t) {
        const std::size_t i = order[begin];
        parts[i].estimand = result.estimand;
        outcomes[i] = i == 0 ? add_everyone(study, data, *estimators, adopters, token, parts[i])
                             : add_breakdown(study, data, *estimators, breakdowns[i - 1], adopters, token, parts[i]);
        const std::scoped_lock lock(progress_guard);
        report_progress(progress, "effects", ++done / static_cast<double>(parts.size() + 1));
    });
    for (std::size_t i = 0; i < parts.size(); ++i) {
        TWINFIRM_TRY(std::move(outcomes[i]));
        append(result, parts[i]);
    }
    return {};
}

}  // namespace twinfirm::evaluation
