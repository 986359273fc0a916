// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "over_time_parts.h"
#include "study_matching.h"
#include "timed_effects.h"
#include "twinfirm/base/parallel.h"
#include "twinfirm/effects/matched_path.h"

namespace twinfirm::evaluation {

namespace {

TimedEffect from_estimate(const effects::Estimate& estimate) {
    TimedEffect effect;
    effect.estimate = estimate.estimate;
    effect.std_error = estimate.std_error;
    effect.ci_low = estimate.ci_low;
    effect.ci_high = estimate.ci_high;
    effect.p_value = estimate.p_value;
    effect.n_treated = estimate.n_treated;
    effect.n_control = estimate.n_control;
    return effect;
}

Status add_path(const OverTimeInput& input, const design::Outcome& outcome,
                const std::vector<effects::MatchedSet>& sets, MatchedOutcomePath& entry) {
    const design::Specification& specification = input.specification();
    const auto path =
        effects::matched_path(input.study.panel, sets, did_outcome(outcome), {-specification.leads, specification.lags},
                              clustered_kind(input.study.choice.error), specification.confidence_level,
                              specification.over_time.fixed_composition);
    if (!path) return tl::unexpected(path.error());
    entry.outcome = outcome.key;
    entry.fixed_composition = specification.over_time.fixed_composition;
    entry.same_sets = path->same_sets;
    entry.left_out = path->left_out;
    if (path->points.empty()) return {};
    entry.se_kind = path->points.front().did.effect.se_kind;
    const effects::StaggeredDid did = effects::as_event_study(*path, specification.confidence_level);
    const auto dynamic = effects::aggregate_did(did, effects::DidAggregation::dynamic);
    if (dynamic) {
        // The draws know the points; the base year has no uncertainty.
        const effects::MultiplierDraws draws = effects::normal_draws(
            path->covariance, static_cast<std::size_t>(specification.staggered.draws), specification.seed);
        std::vector<effects::DidEstimate> points;
        for (std::size_t i = 0; i < path->points.size(); ++i) {
            effects::DidEstimate point;
            point.att = path->points[i].did.effect.estimate;
            point.std_error = path->points[i].did.effect.std_error;
            point.combination.assign(path->points.size(), 0);
            point.combination[i] = 1;
            points.push_back(std::move(point));
        }
        entry.critical = effects::uniform_band(draws, points, specification.confidence_level).critical;
        if (specification.over_time.tests) {
            entry.tests = path_tests(did, *dynamic, specification.over_time.magnitudes);
            entry.tests->trend.same_groups = path->same_sets;
        }
    }
    for (const effects::MatchedPath::Point& point : path->points) {
        TimedEffect effect = from_estimate(point.did.effect);
        effect.at = point.event_time;
        effect.band_low = effect.estimate - entry.critical * effect.std_error;
        effect.band_high = effect.estimate + entry.critical * effect.std_error;
        entry.by.push_back(effect);
    }
    return {};
}

/// The panel with adoption put `years` earlier and without the years of real adoption.
stats::Panel placebo_panel(const stats::Panel& panel, int years) {
    stats::Panel placebo = panel;
    for (int& year : placebo.adoption_year) {
        if (year != 0) year -= years;
    }
    for (const std::string& name : panel.variables()) {
        const std::span<const double> values = panel.values(name);
        std::vector<double> masked(values.begin(), values.end());
        for (std::size_t firm = 0; firm < panel.firms(); ++firm) {
            const int adopted = panel.adoption_year[firm];
            if (adopted == 0) continue;
            for (int year = std::max(adopted, panel.first_year()); year <= panel.last_year(); ++year) {
                masked[firm * panel.years() + static_cast<std::size_t>(year - panel.first_year())] =
                    effects::not_available;
            }
        }
        placebo.add_variable(name, std::move(masked));
    }
    return placebo;
}

Status add_pseudo_adoption(const OverTimeInput& input, OverTime& result) {
    const int years = input.specification().over_time.placebo_years;
    const stats::Panel panel = placebo_panel(input.study.panel, years);
    design::Specification specification = input.applied;
    specification.lags = years - 1;
    specification.over_time.control_pool = design::ControlPool::never;
    const auto terms = score_terms(specification);
    if (!terms) return tl::unexpected(terms.error());
    const std::vector<int> cohort_list = cohort_years(panel);
    if (cohort_list.empty()) return fail(ErrorKind::statistics, "placebo_no_years", {{"years", std::to_string(years)}});
    StageTimes stage;
    Messages left_out;
    const auto cohorts =
        match_cohorts({specification, panel}, *terms, cohort_list, input.threads, input.token, stage, left_out);
    if (!cohorts) return tl::unexpected(cohorts.error());
    const auto stacked = stack_designs(*cohorts, *terms, input.threads);
    if (!stacked) return tl::unexpected(stacked.error());
    const StudyCohorts study{specification, input.study.choice, panel, *cohorts, *stacked};
    const auto estimators = study_effects(study);  // outlives its groups
    const auto estimator = estimators->of_group({});
    if (!estimator) return tl::unexpected(estimator.error());
    for (const design::Outcome& outcome : specification.outcomes) {
        if (!design::is_followed(specification.over_time, outcome)) continue;
        const auto did = (*estimator)->plain(outcome, {0, years - 1});
        if (!did) return tl::unexpected(did.error());
        result.placebos.push_back(
            {"pseudo_adoption", "matched", outcome.key, years, from_estimate(did->effect), left_out});
    }
    return {};
}

}  // namespace

bool has_pairs(const design::Specification& specification) {
    const design::EffectDesign form = design::effect_design(specification.matching);
    return form == design::EffectDesign::pairs || form == design::EffectDesign::replacement;
}

std::vector<effects::MatchedSet> sets_until(const StudyCohorts& study, int last_year) {
    std::vector<effects::MatchedSet> sets;
    for (const MatchedCohort& cohort : study.cohorts) {
        if (cohort.firms.year <= last_year) append_sets(cohort, sets, [](std::size_t) { return true; });
    }
    return sets;
}

Status keep_as_message(const Status& status, Messages& messages) {
    if (status || status.error().kind != ErrorKind::statistics) return status;
    messages.push_back({status.error().code, Severity::warning, status.error().arguments, 0});
    return {};
}

Status add_matched_paths(const OverTimeInput& input, OverTime& result) {
    const design::Specification& specification = input.specification();
    if (!specification.over_time.tests && !specification.over_time.fixed_composition) return {};
    if (!has_pairs(specification)) {
        result.messages.push_back({"over_time_path_needs_pairs", Severity::info, {}, 0});
        return {};
    }
    const std::vector<effects::MatchedSet> sets = sets_until(input.study, std::numeric_limits<int>::max());
    std::vector<const design::Outcome*> followed;
    for (const design::Outcome& outcome : specification.outcomes) {
        if (design::is_followed(specification.over_time, outcome)) followed.push_back(&outcome);
    }
    std::vector<MatchedOutcomePath> paths(followed.size());
    std::vector<Status> done(followed.size());
    parallel_chunks(followed.size(), 1, input.threads, [&](std::size_t i, std::size_t) {
        done[i] = input.token.check();
        if (done[i]) done[i] = add_path(input, *followed[i], sets, paths[i]);
    });
    for (std::size_t i = 0; i < followed.size(); ++i) {
        TWINFIRM_TRY(std::move(done[i]));
        result.matched.push_back(std::move(paths[i]));
    }
    return {};
}

Status add_matched_placebos(const OverTimeInput& input, OverTime& result) {
    const design::OverTimeSettings& settings = input.specification().over_time;
    if (settings.placebo_years > 0) {
        TWINFIRM_TRY(keep_as_message(add_pseudo_adoption(input, result), result.messages));
    }
    if (settings.placebo_outcome.empty()) return {};
    if (!input.study.panel.has(settings.placebo_outcome)) {
        return fail(ErrorKind::usage, "variable_unknown", {{"name", settings.placebo_outcome}});
    }
    design::Outcome outcome;
    outcome.key = outcome.variable = settings.placebo_outcome;
    outcome.metric = design::ChangeMetric::level;
    const auto estimators = study_effects(input.study);  // outlives its groups
    const auto estimator = estimators->of_group({});
    if (!estimator) return tl::unexpected(estimator.error());
    const auto did = (*estimator)->plain(outcome, {0, input.specification().lags});
    if (!did) return tl::unexpected(did.error());
    result.placebos.push_back({"outcome", "matched", outcome.key, 0, from_estimate(did->effect), {}});
    return {};
}

}  // namespace twinfirm::evaluation
