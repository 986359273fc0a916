// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/over_time_tables.h"

#include <algorithm>
#include <cmath>

#include "effect_rows.h"
#include "table_builder.h"
#include "timed_numbers.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/effect_rows.h"

namespace twinfirm::report {

using design::Outcome;
using evaluation::Evaluation;
using evaluation::TimedEffect;

namespace {

/// Number of firms, change, interval, p; four cells.
void add_effect_columns(TableBuilder& table, const Words& words, const Evaluation& evaluation) {
    table.text_column({"unit"}, words("report_column_unit"), 0.7)
        .number_column({"n"}, "n", 0.8)
        .number_column({"change"}, words("report_column_change"), 1)
        .number_column({"ci_low", "ci_high"}, interval_text(evaluation.specification, words), 1.7)
        .number_column({"p_value"}, words("report_column_p_value"), 0.9);
}

void add_effect_cells(TableBuilder& table, const Words& words, const Shown& shown, std::int64_t n, bool suppressed) {
    table.text(words.format().unit(shown.unit), shown.unit);
    if (suppressed) {
        for (int i = 0; i < 4; ++i) table.suppressed();
        return;
    }
    table.count(n)
        .number(shown.estimate, shown.decimals)
        .interval(shown.low, shown.high, shown.decimals)
        .p_value(shown.p_value);
}

void add_trend_row(TableBuilder& table, const Words& words, const Outcome& outcome, const char* design,
                   const evaluation::PathTests& tests) {
    const effects::DidEstimate& slope = tests.trend.slope;
    const Shown shown = shown_interval(slope.att, slope.ci_low, slope.ci_high, slope.p_value, outcome);
    table.begin_row()
        .text(outcome.label.in(words.language()), outcome.key)
        .text(words(std::string("report_design_") + design), design)
        .text(words.format().unit(shown.unit), shown.unit)
        .number(shown.estimate, std::max(2, shown.decimals))
        .interval(shown.low, shown.high, std::max(2, shown.decimals))
        .p_value(tests.trend.equal.p_value)
        .p_value(tests.pretrend.p_value);
    if (tests.magnitudes.empty()) {
        table.number(effects::not_available, 2);
    } else {
        table.number(tests.magnitudes.back().breakdown, 2, "report_missing_not_apart");
    }
}

}  // namespace

Table staggered_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "staggered", "report_caption_staggered");
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.5)
        .text_column({"aggregate", "aggregate_label"}, words("report_column_aggregate"), 2.3);
    add_effect_columns(table, words, evaluation);
    for (const evaluation::StaggeredOutcome& entry : evaluation.over_time.staggered) {
        const Outcome* outcome = charts::find_outcome(evaluation, entry.outcome);
        if (outcome == nullptr) continue;
        for (const evaluation::TimedAggregate& aggregate : entry.aggregates) {
            table.begin_row(aggregate.kind == "simple")
                .text(outcome->label.in(language), outcome->key)
                .text(words("report_aggregate_" + aggregate.kind), aggregate.kind);
            add_effect_cells(table, words, shown_timed(aggregate.overall, *outcome), aggregate.overall.n_treated,
                             aggregate.overall.suppressed);
        }
    }
    return table.merge_equal_rows(0).finish();
}

Table staggered_event_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "staggered_event", "report_caption_staggered_event");
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.5)
        .text_column({"event_time"}, words("report_column_year_since"), 0.8);
    add_effect_columns(table, words, evaluation);
    table.number_column({"band_low", "band_high"}, words("report_column_band"), 1.7);
    for (const evaluation::StaggeredOutcome& entry : evaluation.over_time.staggered) {
        const Outcome* outcome = charts::find_outcome(evaluation, entry.outcome);
        if (outcome == nullptr) continue;
        for (const evaluation::TimedAggregate& aggregate : entry.aggregates) {
            if (aggregate.kind != "dynamic") continue;
            for (const TimedEffect& effect : aggregate.by) {
                const Shown shown = shown_timed(effect, *outcome);
                table.begin_row().text(outcome->label.in(language), outcome->key).text(integer_text(*effect.at));
                add_effect_cells(table, words, shown, effect.n_treated, effect.suppressed);
                if (effect.suppressed) {
                    table.suppressed();
                } else {
                    table.interval(shown_number(effect.band_low, *outcome), shown_number(effect.band_high, *outcome),
                                   shown.decimals);
                }
            }
        }
    }
    return table.merge_equal_rows(0).finish();
}

Table path_tests_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "path_tests", "report_caption_path_tests");
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.5)
        .text_column({"design", "design_label"}, words("report_column_design"), 1.1)
        .text_column({"unit"}, words("report_column_unit"), 0.7)
        .number_column({"slope"}, words("report_column_slope"), 0.9)
        .number_column({"ci_low", "ci_high"}, interval_text(evaluation.specification, words), 1.6)
        .number_column({"p_equal"}, words("report_column_equal"), 1)
        .number_column({"p_pretrend"}, words("report_column_pretrend"), 1)
        .number_column({"breakdown"}, words("report_column_breakdown"), 1)
        .note(words("report_note_path_tests"));
    for (const Outcome& outcome : evaluation.specification.outcomes) {
        for (const evaluation::MatchedOutcomePath& path : evaluation.over_time.matched) {
            if (path.outcome == outcome.key && path.tests) {
                add_trend_row(table, words, outcome, "matched", *path.tests);
            }
        }
        for (const evaluation::StaggeredOutcome& entry : evaluation.over_time.staggered) {
            if (entry.outcome == outcome.key && entry.tests) {
                add_trend_row(table, words, outcome, "staggered", *entry.tests);
            }
        }
    }
    return table.merge_equal_rows(0).finish();
}

Table placebo_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "placebo", "report_caption_placebo");
    table.text_column({"check", "check_label"}, words("report_column_check"), 2)
        .text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.4)
        .text_column({"design", "design_label"}, words("report_column_design"), 1);
    add_effect_columns(table, words, evaluation);
    for (const evaluation::PlaceboRow& row : evaluation.over_time.placebos) {
        Outcome own;
        own.key = row.outcome;
        own.label = {row.outcome, row.outcome};
        own.metric = design::ChangeMetric::level;
        const Outcome* known = charts::find_outcome(evaluation, row.outcome);
        const Outcome& outcome = known != nullptr && row.kind != "outcome" ? *known : own;
        table.begin_row()
            .text(words("report_placebo_" + row.kind, {{"years", integer_text(row.years)}}), row.kind)
            .text(outcome.label.in(language), outcome.key)
            .text(words("report_design_" + row.design), row.design);
        add_effect_cells(table, words, shown_timed(row.effect, outcome), row.effect.n_treated, row.effect.suppressed);
    }
    return table.merge_equal_rows(0).finish();
}

Table designs_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "designs", "report_caption_designs");
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.3)
        .text_column({"design", "design_label"}, words("report_column_design"), 2.8);
    add_effect_columns(table, words, evaluation);
    table.note(words("report_note_designs", {{"lags", integer_text(evaluation.specification.lags)}}));
    for (const Outcome& outcome : evaluation.specification.outcomes) {
        for (const evaluation::DesignRow& row : evaluation.over_time.designs) {
            if (row.outcome != outcome.key) continue;
            const effects::Estimate& effect = row.effect;
            table.begin_row(row.design == "study")
                .text(outcome.label.in(language), outcome.key)
                .text(words("report_design_" + row.design), row.design);
            add_effect_cells(table, words,
                             shown_interval(effect.estimate, effect.ci_low, effect.ci_high, effect.p_value, outcome),
                             effect.n_treated, false);
        }
    }
    return table.merge_equal_rows(0).finish();
}

Table attrition_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "attrition", "report_caption_attrition");
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.4)
        .number_column({"n"}, "n", 0.8)
        .number_column({"observed_treated"}, words("report_column_observed_treated"), 1)
        .number_column({"observed_control"}, words("report_column_observed_control"), 1)
        .text_column({"unit"}, words("report_column_unit"), 0.7)
        .number_column({"plain", "plain_low", "plain_high"}, words("report_column_plain"), 1.5)
        .number_column({"weighted", "weighted_low", "weighted_high"}, words("report_column_weighted"), 1.5)
        .number_column({"lee_low", "lee_high"}, words("report_column_bounds"), 1.5)
        .note(words("report_note_attrition", {{"lags", integer_text(evaluation.specification.lags)}}))
        .note(words("report_note_interval_below", {{"interval", interval_text(evaluation.specification, words)}}));
    for (const evaluation::AttritionRow& row : evaluation.over_time.attrition) {
        const Outcome* outcome = charts::find_outcome(evaluation, row.outcome);
        if (outcome == nullptr || row.treated == 0) continue;
        const auto shown = [&](const effects::Estimate& effect) {
            return shown_interval(effect.estimate, effect.ci_low, effect.ci_high, effect.p_value, *outcome);
        };
        const auto share = [](std::int64_t seen, std::int64_t all) {
            if (seen == evaluation::hidden_count || all == evaluation::hidden_count) return effects::not_available;
            return static_cast<double>(seen) / static_cast<double>(std::max<std::int64_t>(all, 1));
        };
        const double treated = share(row.observed_treated, row.treated);
        const double control = share(row.observed_control, row.control);
        table.begin_row()
            .text(outcome->label.in(language), outcome->key)
            .count(row.treated)
            .number(100 * treated, 1)
            .number(100 * control, 1)
            .text(words.format().unit(change_unit(*outcome)), change_unit(*outcome))
            .estimate(shown(row.plain))
            .estimate(shown(row.weighted));
        if (row.bounds) {
            table.interval(shown_number(row.bounds->ci_low, *outcome), shown_number(row.bounds->ci_high, *outcome),
                           unit_decimals(*outcome));
        } else {
            table.interval(effects::not_available, effects::not_available, 1);
        }
    }
    return table.finish();
}

Table responses_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "responses", "report_caption_responses");
    table.unit("%")
        .text_column({"kpi", "kpi_label"}, words("report_column_indicator"), 1.5)
        .number_column({"adopters"}, words("report_column_asked"), 0.9)
        .number_column({"answered"}, words("report_column_answered"), 0.9)
        .number_column({"plain", "plain_low", "plain_high"}, words("report_column_plain"), 1.5)
        .number_column({"weighted", "weighted_low", "weighted_high"}, words("report_column_weighted"), 1.5)
        .number_column({"bound_low", "bound_high"}, words("report_column_response_bounds"), 1.5)
        .note(words("report_note_responses"))
        .note(words("report_note_interval_below", {{"interval", interval_text(evaluation.specification, words)}}));
    for (const evaluation::ResponseRow& row : evaluation.over_time.responses) {
        for (const design::ProcessKpi& kpi : evaluation.specification.process_kpis) {
            if (kpi.key != row.kpi) continue;
            table.begin_row()
                .text(kpi.label.in(language), kpi.key)
                .count(row.adopters)
                .count(row.answered)
                .estimate(shown_share(row.plain))
                .estimate(shown_share(row.weighted))
                .interval(100 * row.bound_low, 100 * row.bound_high, 1);
        }
    }
    return table.finish();
}

}  // namespace twinfirm::report
