// SPDX-License-Identifier: GPL-3.0-or-later
#include "over_time_result_json.h"

#include "result_json_parts.h"

namespace twinfirm::evaluation {

namespace {

using namespace json_parts;

Json timed_effect(const TimedEffect& effect) {
    return {{"at", event_time(effect.at)},           {"estimate", number(effect.estimate)},
            {"std_error", number(effect.std_error)}, {"ci_low", number(effect.ci_low)},
            {"ci_high", number(effect.ci_high)},     {"p_value", number(effect.p_value)},
            {"band_low", number(effect.band_low)},   {"band_high", number(effect.band_high)},
            {"n_treated", effect.n_treated},         {"n_control", effect.n_control},
            {"suppressed", effect.suppressed}};
}

Json wald(const effects::WaldTest& test) {
    return {{"statistic", number(test.statistic)}, {"df", test.df}, {"p_value", number(test.p_value)}};
}

Json magnitudes(const effects::RelativeMagnitudes& value) {
    return {{"at", event_time(value.at)},
            {"estimate", number(value.att)},
            {"std_error", number(value.std_error)},
            {"largest_step", number(value.largest_step)},
            {"breakdown_estimate", number(value.breakdown_estimate)},
            {"breakdown", number(value.breakdown)},
            {"intervals", list(value.intervals, [](const effects::RelativeMagnitudesInterval& interval) {
                 return Json{
                     {"mbar", number(interval.mbar)}, {"low", number(interval.low)}, {"high", number(interval.high)}};
             })}};
}

Json tests(const std::optional<PathTests>& value) {
    if (!value) return nullptr;
    const effects::EffectTrend& trend = value->trend;
    return {{"pretrend", wald(value->pretrend)},
            {"trend",
             {{"first", trend.first},
              {"last", trend.last},
              {"slope", number(trend.slope.att)},
              {"std_error", number(trend.slope.std_error)},
              {"ci_low", number(trend.slope.ci_low)},
              {"ci_high", number(trend.slope.ci_high)},
              {"p_value", number(trend.slope.p_value)},
              {"n_treated", trend.slope.n_treated},
              {"equal", wald(trend.equal)},
              {"same_groups", trend.same_groups}}},
            {"relative_magnitudes", list(value->magnitudes, magnitudes)}};
}

Json staggered(const StaggeredOutcome& outcome) {
    return {{"outcome", outcome.outcome},
            {"firms", outcome.firms},
            {"clusters", outcome.clusters},
            {"effects", list(outcome.effects,
                             [](const GroupTime& cell) {
                                 Json json{{"group", cell.group}, {"time", cell.time}, {"reference", cell.reference}};
                                 Json effect = timed_effect(cell.effect);
                                 effect.erase("at");
                                 json.update(effect);
                                 return json;
                             })},
            {"aggregates", list(outcome.aggregates,
                                [](const TimedAggregate& aggregate) {
                                    return Json{{"kind", aggregate.kind},
                                                {"critical", number(aggregate.critical)},
                                                {"overall", timed_effect(aggregate.overall)},
                                                {"by", list(aggregate.by, timed_effect)},
                                                {"left_out", aggregate.left_out}};
                                })},
            {"tests", tests(outcome.tests)},
            {"messages", list(outcome.messages, message)}};
}

Json matched(const MatchedOutcomePath& path) {
    return {
        {"outcome", path.outcome},           {"se_kind", path.se_kind},   {"fixed_composition", path.fixed_composition},
        {"same_sets", path.same_sets},       {"left_out", path.left_out}, {"critical", number(path.critical)},
        {"by", list(path.by, timed_effect)}, {"tests", tests(path.tests)}};
}

Json placebo(const PlaceboRow& row) {
    return {{"kind", row.kind},
            {"design", row.design},
            {"outcome", row.outcome},
            {"years", row.years},
            {"effect", timed_effect(row.effect)},
            {"messages", list(row.messages, message)}};
}

Json design_row(const DesignRow& row) {
    return {{"design", row.design},
            {"outcome", row.outcome},
            {"effect", estimate(row.effect)},
            {"percent", number(row.percent)},
            {"percent_low", number(row.percent_low)},
            {"percent_high", number(row.percent_high)},
            {"messages", list(row.messages, message)}};
}

Json lee(const std::optional<effects::LeeBounds>& bounds) {
    if (!bounds) return nullptr;
    return {{"share_treated", number(bounds->share_treated)},
            {"share_control", number(bounds->share_control)},
            {"trimmed", number(bounds->trimmed)},
            {"trims_treated", bounds->trims_treated},
            {"lower", number(bounds->lower)},
            {"upper", number(bounds->upper)},
            {"lower_error", number(bounds->lower_error)},
            {"upper_error", number(bounds->upper_error)},
            {"ci_low", number(bounds->ci_low)},
            {"ci_high", number(bounds->ci_high)},
            {"n_treated", bounds->n_treated},
            {"n_control", bounds->n_control}};
}

Json attrition(const AttritionRow& row) {
    return {{"outcome", row.outcome},
            {"event_time", row.event_time},
            {"treated", count(row.treated)},
            {"control", count(row.control)},
            {"observed_treated", count(row.observed_treated)},
            {"observed_control", count(row.observed_control)},
            {"plain", estimate(row.plain)},
            {"weighted", estimate(row.weighted)},
            {"bounds", lee(row.bounds)},
            {"messages", list(row.messages, message)}};
}

Json response(const ResponseRow& row) {
    return {{"kpi", row.kpi},
            {"adopters", row.adopters},
            {"answered", count(row.answered)},
            {"plain", estimate(row.plain)},
            {"weighted", estimate(row.weighted)},
            {"bound_low", number(row.bound_low)},
            {"bound_high", number(row.bound_high)},
            {"messages", list(row.messages, message)}};
}

}  // namespace

nlohmann::ordered_json over_time_to_json(const OverTime& over_time) {
    return {{"pool",
             {{"rule", over_time.pool.rule},
              {"never", count(over_time.pool.never)},
              {"later", count(over_time.pool.later)},
              {"repeated", count(over_time.pool.repeated)},
              {"repeated_in_window", count(over_time.pool.repeated_in_window)}}},
            {"staggered", list(over_time.staggered, staggered)},
            {"matched", list(over_time.matched, matched)},
            {"placebos", list(over_time.placebos, placebo)},
            {"designs", list(over_time.designs, design_row)},
            {"attrition", list(over_time.attrition, attrition)},
            {"responses", list(over_time.responses, response)},
            {"messages", list(over_time.messages, message)}};
}

}  // namespace twinfirm::evaluation
