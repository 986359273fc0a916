// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "over_time_parts.h"
#include "study_matching.h"
#include "twinfirm/effects/matched_path.h"
#include "twinfirm/effects/percent_effect.h"

namespace twinfirm::evaluation {

namespace {

constexpr std::string_view growth_suffix = "_growth";

DesignRow row_of(const std::string& design, const std::string& outcome, const effects::DidResult& did) {
    return {design, outcome, did.effect, did.percent.percent, did.percent.low, did.percent.high, {}};
}

/// The columns of a term.
std::set<std::string> columns_of(const std::string& text) {
    std::set<std::string> columns;
    const auto formula = stats::parse_formula("~ " + text);
    if (!formula) return columns;
    for (const stats::Term& term : formula->terms) {
        for (const stats::Factor& factor : term.factors) columns.insert(factor.column);
    }
    return columns;
}

bool is_growth(const std::string& column) {
    return column.size() > growth_suffix.size() && column.ends_with(growth_suffix);
}

/// Whether a term speaks of an outcome before adoption.
bool speaks_of_outcome(const design::Specification& specification, const std::string& text) {
    const std::set<std::string> columns = columns_of(text);
    return std::any_of(specification.outcomes.begin(), specification.outcomes.end(),
                       [&](const design::Outcome& outcome) {
                           return columns.contains(outcome.variable) ||
                                  columns.contains(outcome.variable + std::string(growth_suffix));
                       });
}

bool speaks_of_growth(const std::string& text) {
    const std::set<std::string> columns = columns_of(text);
    return std::any_of(columns.begin(), columns.end(), is_growth);
}

/// The base-year value of an outcome as a covariate; empty where that would leave out the firms with a value of 0.
std::string base_term(const design::Outcome& outcome, const stats::Panel& panel) {
    if (outcome.metric == design::ChangeMetric::per_hundred || !panel.has(outcome.variable)) return {};
    if (outcome.metric != design::ChangeMetric::percent) return "`" + outcome.variable + "`";
    const std::span<const double> values = panel.values(outcome.variable);
    const bool has_zero = std::any_of(values.begin(), values.end(), [](double value) { return value <= 0; });
    return has_zero ? std::string() : "log(`" + outcome.variable + "`)";
}

class NeighbouringDesigns {
  public:
    NeighbouringDesigns(const OverTimeInput& input, OverTime& result) : input_(input), result_(result) {}

    Status run() {
        add_study_itself();
        TWINFIRM_TRY(add_other_pool());
        TWINFIRM_TRY(add_single_projects());
        TWINFIRM_TRY(add_other_pre_outcomes());
        TWINFIRM_TRY(add_other_growth());
        TWINFIRM_TRY(add_fixed_composition());
        add_staggered();
        return {};
    }

  private:
    [[nodiscard]] const design::Specification& specification() const { return input_.specification(); }

    void add_study_itself() {
        for (const design::Outcome& outcome : specification().outcomes) {
            if (!design::is_followed(specification().over_time, outcome)) continue;
            for (const EffectRow& row : input_.done.effects) {
                if (row.outcome != outcome.key || !row.group.breakdown.empty() || row.event_time) continue;
                result_.designs.push_back({row.estimator == "did" ? "study" : "study_" + row.estimator,
                                           row.outcome,
                                           row.effect,
                                           row.percent,
                                           row.percent_low,
                                           row.percent_high,
                                           {}});
            }
        }
    }

    /// Matches anew and estimates every outcome. A design that cannot be matched is named with the reason.
    Status add(const std::string& name, const design::Specification& changed, std::span<const std::uint8_t> left_out,
               const Messages& remarks = {}) {
        Messages messages = remarks;
        const std::size_t before = result_.designs.size();
        TWINFIRM_TRY(keep_as_message(estimate(name, changed, left_out, messages), messages));
        if (result_.designs.size() == before) {
            for (const design::Outcome& outcome : specification().outcomes) {
                if (!design::is_followed(specification().over_time, outcome)) continue;
                result_.designs.push_back({name,
                                           outcome.key,
                                           {},
                                           effects::not_available,
                                           effects::not_available,
                                           effects::not_available,
                                           messages});
            }
        }
        return {};
    }

    Status estimate(const std::string& name, const design::Specification& changed,
                    std::span<const std::uint8_t> left_out, Messages& messages) {
        TWINFIRM_TRY(input_.token.check());
        const auto terms = score_terms(changed);
        if (!terms) return tl::unexpected(terms.error());
        StageTimes stage;
        const stats::Panel& panel = input_.study.panel;
        const auto cohorts = match_cohorts({changed, panel, left_out}, *terms, cohort_years(panel), input_.threads,
                                           input_.token, stage, messages);
        if (!cohorts) return tl::unexpected(cohorts.error());
        const auto stacked = stack_designs(*cohorts, *terms, input_.threads);
        if (!stacked) return tl::unexpected(stacked.error());
        const StudyCohorts study{changed, input_.study.choice, panel, *cohorts, *stacked};
        const auto estimators = study_effects(study);
        const auto estimator = estimators->of_group({});
        if (!estimator) return tl::unexpected(estimator.error());
        for (const design::Outcome& outcome : specification().outcomes) {
            if (!design::is_followed(specification().over_time, outcome)) continue;
            const auto did = (*estimator)->plain(outcome, {0, specification().lags});
            if (!did) return tl::unexpected(did.error());
            DesignRow row = row_of(name, outcome.key, *did);
            row.messages = messages;
            result_.designs.push_back(std::move(row));
        }
        return {};
    }

    Status add_other_pool() {
        design::Specification changed = input_.applied;
        design::ControlPool& pool = changed.over_time.control_pool;
        const bool never = pool == design::ControlPool::never;
        pool = never ? design::ControlPool::not_by_horizon : design::ControlPool::never;
        return add(never ? "pool_not_by_horizon" : "pool_never", changed, {});
    }

    Status add_single_projects() {
        std::vector<std::uint8_t> again(input_.study.panel.firms(), 0);
        bool any = false;
        for (const AdoptionEvent& event : input_.data.adoptions) {
            if (event.sequence < 2) continue;
            again[event.firm] = 1;
            any = true;
        }
        return any ? add("single_projects", input_.applied, again) : Status{};
    }

    Status add_other_pre_outcomes() {
        design::Specification changed = input_.applied;
        const std::size_t before = changed.covariates.size();
        std::erase_if(changed.covariates,
                      [&](const std::string& text) { return speaks_of_outcome(specification(), text); });
        if (changed.covariates.empty()) {
            result_.messages.push_back({"designs_only_pre_outcomes", Severity::info, {}, 0});
            return {};
        }
        if (changed.covariates.size() < before) return add("without_pre_outcomes", changed, {});
        for (const design::Outcome& outcome : specification().outcomes) {
            const std::string term = base_term(outcome, input_.study.panel);
            if (!term.empty()) changed.covariates.push_back(term);
        }
        if (changed.covariates.size() == before) return {};
        return add("with_pre_outcomes", changed, {}, {{"designs_gap_mechanical", Severity::info, {}, 0}});
    }

    Status add_other_growth() {
        design::Specification changed = input_.applied;
        const std::size_t before = changed.covariates.size();
        std::erase_if(changed.covariates, speaks_of_growth);
        if (changed.covariates.empty()) return {};
        changed.over_time.pre_growth = false;
        if (changed.covariates.size() < before) return add("without_growth", changed, {});
        changed.over_time.pre_growth = true;
        Messages remarks;
        const design::Specification grown = with_growth_before(changed, input_.study.panel, remarks);
        if (grown.covariates.size() == before) return {};
        return add("with_growth", grown, {}, remarks);
    }

    /// The mean over the years of the sets that were observed in all of them.
    Status add_fixed_composition() {
        if (!has_pairs(specification())) return {};
        const std::vector<effects::MatchedSet> sets = sets_until(input_.study, std::numeric_limits<int>::max());
        for (const design::Outcome& outcome : specification().outcomes) {
            if (!design::is_followed(specification().over_time, outcome)) continue;
            const auto path = effects::matched_path(
                input_.study.panel, sets, did_outcome(outcome), {0, specification().lags},
                clustered_kind(input_.study.choice.error), specification().confidence_level, true);
            if (!path) return tl::unexpected(path.error());
            DesignRow row{"fixed_composition",    outcome.key, {}, effects::not_available, effects::not_available,
                          effects::not_available, {}};
            row.messages.push_back({"designs_sets_left_out", Severity::info, {}, path->left_out});
            const std::size_t points = path->points.size();
            if (points > 0) {
                const effects::Estimate& first = path->points.front().did.effect;
                row.effect = first;
                double sum = 0;
                double variance = 0;
                for (const effects::MatchedPath::Point& point : path->points) sum += point.did.effect.estimate;
                for (const double value : path->covariance) variance += value;
                const auto count = static_cast<double>(points);
                row.effect.estimate = sum / count;
                effects::set_uncertainty(row.effect, std::sqrt(std::max(0.0, variance)) / count, first.df,
                                         specification().confidence_level);
                if (outcome.metric == design::ChangeMetric::percent) {
                    const effects::PercentEffect percent = effects::percent_from_log(row.effect);
                    row.percent = percent.percent;
                    row.percent_low = percent.low;
                    row.percent_high = percent.high;
                }
            }
            result_.designs.push_back(std::move(row));
        }
        return {};
    }

    void add_staggered() {
        for (const StaggeredOutcome& outcome : result_.staggered) {
            for (const TimedAggregate& aggregate : outcome.aggregates) {
                if (aggregate.kind != "simple") continue;
                DesignRow row{"staggered_simple",     outcome.outcome,        {}, effects::not_available,
                              effects::not_available, effects::not_available, {}};
                const TimedEffect& overall = aggregate.overall;
                row.effect.estimate = overall.estimate;
                row.effect.std_error = overall.std_error;
                row.effect.df = std::numeric_limits<double>::infinity();
                row.effect.ci_low = overall.ci_low;
                row.effect.ci_high = overall.ci_high;
                row.effect.p_value = overall.p_value;
                row.effect.se_kind = "influence";
                row.effect.n_treated = overall.n_treated;
                row.effect.n_control = overall.n_control;
                const auto found = std::find_if(specification().outcomes.begin(), specification().outcomes.end(),
                                                [&](const auto& known) { return known.key == outcome.outcome; });
                if (found != specification().outcomes.end() && found->metric == design::ChangeMetric::percent) {
                    const effects::PercentEffect percent = effects::percent_from_log(row.effect);
                    row.percent = percent.percent;
                    row.percent_low = percent.low;
                    row.percent_high = percent.high;
                }
                result_.designs.push_back(std::move(row));
            }
        }
    }

    const OverTimeInput& input_;
    OverTime& result_;
};

}  // namespace

ControlPoolSummary pool_summary(const OverTimeInput& input) {
    const stats::Panel& panel = input.study.panel;
    const int lags = input.specification().lags;
    ControlPoolSummary summary;
    summary.rule =
        input.specification().over_time.control_pool == design::ControlPool::never ? "never" : "not-by-horizon";
    int first = std::numeric_limits<int>::max();
    for (const MatchedCohort& cohort : input.study.cohorts) first = std::min(first, cohort.firms.year);
    for (const int year : panel.adoption_year) {
        if (year == 0) ++summary.never;
        if (year != 0 && year - lags > first) ++summary.later;
    }
    std::set<std::size_t> again;
    std::set<std::size_t> within;
    for (const AdoptionEvent& event : input.data.adoptions) {
        if (event.sequence < 2) continue;
        again.insert(event.firm);
        if (event.year <= panel.adoption_year[event.firm] + lags) within.insert(event.firm);
    }
    summary.repeated = static_cast<std::int64_t>(again.size());
    summary.repeated_in_window = static_cast<std::int64_t>(within.size());
    return summary;
}

Status add_designs(const OverTimeInput& input, OverTime& result) {
    if (!input.specification().over_time.alternatives) return {};
    return NeighbouringDesigns(input, result).run();
}

}  // namespace twinfirm::evaluation
