// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/sensitivity_tables.h"

#include <algorithm>
#include <cmath>

#include "effect_rows.h"
#include "table_builder.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/effect_rows.h"
#include "twinfirm/design/term_label.h"

namespace twinfirm::report {

using design::Outcome;
using evaluation::Evaluation;
using evaluation::SensitivityRow;

namespace {

/// The outcomes with a row, in the order of the specification.
template <class Take>
void each_row(const Evaluation& evaluation, Take take) {
    for (const SensitivityRow& row : evaluation.sensitivity) {
        if (const Outcome* outcome = charts::find_outcome(evaluation, row.outcome)) take(row, *outcome);
    }
}

/// Differences of logarithms are shown as percent, others in the outcome's unit.
double shown_difference(double value, const Outcome& outcome) {
    if (outcome.metric == design::ChangeMetric::percent) return 100 * std::expm1(value);
    return shown_mean(value, outcome);
}

constexpr std::string_view no_bounds = "report_missing_no_bounds";

}  // namespace

Table sensitivity_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "sensitivity", "report_caption_sensitivity");
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.8)
        .number_column({"largest_gamma"}, words("report_column_largest_gamma"), 1.1)
        .number_column({"sets"}, words("report_column_sets"), 0.9)
        .number_column({"e_value"}, words("report_column_e_value"), 0.9)
        .number_column({"e_value_interval"}, words("report_column_e_value_interval"), 1.1)
        .number_column({"robustness_value"}, words("report_column_robustness_value"), 1.1)
        .number_column({"robustness_value_alpha"}, words("report_column_robustness_value_alpha"), 1.3)
        .note(words("report_note_gamma"))
        .note(words("report_note_e_value"))
        .note(words("report_note_robustness_value"));
    bool below_one = false;
    each_row(evaluation, [&](const SensitivityRow& row, const Outcome& outcome) {
        table.begin_row().text(outcome.label.in(language), outcome.key);
        if (row.test.empty()) {
            table.number(effects::not_available, 2, no_bounds).number(effects::not_available, 0, no_bounds);
        } else if (std::isfinite(row.largest_gamma)) {
            table.number(row.largest_gamma, 2).count(row.sets);
        } else {
            table.text(words("report_gamma_below_one")).count(row.sets);
            below_one = true;
        }
        table.number(row.e_value, 2)
            .number(row.e_value_interval, 2)
            .number(100 * row.regression.robustness_value, 1)
            .number(100 * row.regression.robustness_value_alpha, 1);
    });
    if (below_one) table.note(words("report_note_gamma_below_one"));
    return table.finish();
}

Table sensitivity_bounds_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "sensitivity_bounds", "report_caption_sensitivity_bounds");
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.8)
        .text_column({"gamma"}, "Γ", 0.7)
        .number_column({"p_high"}, words("report_column_largest_p"), 1.1)
        .text_column({"unit"}, words("report_column_unit"), 0.8)
        .number_column({"estimate_low", "estimate_high"}, words("report_column_possible_effects"), 1.8)
        .note(words("report_note_possible_effects"));
    each_row(evaluation, [&](const SensitivityRow& row, const Outcome& outcome) {
        for (const evaluation::GammaRow& gamma : row.gammas) {
            table.begin_row()
                .text(outcome.label.in(language), outcome.key)
                .text(shortest_text(gamma.gamma))
                .p_value(gamma.p_high)
                .text(words.format().unit(change_unit(outcome)), change_unit(outcome))
                .interval(shown_difference(gamma.estimate_low, outcome), shown_difference(gamma.estimate_high, outcome),
                          unit_decimals(outcome));
        }
    });
    return table.merge_equal_rows(0).finish();
}

Table sensitivity_benchmarks_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "sensitivity_benchmarks", "report_caption_sensitivity_benchmarks");
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.8)
        .text_column({"benchmark", "benchmark_label"}, words("report_column_benchmark"), 1.6)
        .text_column({"multiple"}, words("report_column_multiple"), 0.9)
        .text_column({"unit"}, words("report_column_unit"), 0.8)
        .number_column({"estimate", "ci_low", "ci_high"}, words("report_column_effect"), 1.6)
        .note(words("report_note_interval_below", {{"interval", interval_text(evaluation.specification, words)}}))
        .note(words("report_note_benchmark"));
    each_row(evaluation, [&](const SensitivityRow& row, const Outcome& outcome) {
        for (const effects::BenchmarkBound& bound : row.regression.bounds) {
            Shown shown;
            shown.estimate = shown_difference(bound.estimate, outcome);
            shown.low = shown_difference(bound.ci_low, outcome);
            shown.high = shown_difference(bound.ci_high, outcome);
            shown.unit = change_unit(outcome);
            shown.decimals = unit_decimals(outcome);
            table.begin_row()
                .text(outcome.label.in(language), outcome.key)
                .text(design::term_label(evaluation.specification, bound.covariate, language), bound.covariate)
                .text(shortest_text(bound.multiple))
                .text(words.format().unit(shown.unit), shown.unit)
                .estimate(shown);
        }
    });
    return table.merge_equal_rows(0).finish();
}

std::vector<std::string> sensitivity_lines(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    std::vector<std::string> lines;
    each_row(evaluation, [&](const SensitivityRow& row, const Outcome& outcome) {
        const std::string label = outcome.label.in(language);
        const double value = row.regression.robustness_value_alpha;
        if (!(row.e_value_interval > 1)) {
            lines.push_back(words("report_sensitivity_not_significant", {{"label", label}}));
            return;
        }
        lines.push_back(words("report_sensitivity_e_value",
                              {{"label", label}, {"value", words.format().number(row.e_value_interval, 2)}}));
        if (std::isfinite(row.largest_gamma)) {
            lines.push_back(words("report_sensitivity_gamma",
                                  {{"label", label}, {"gamma", words.format().number(row.largest_gamma, 2)}}));
        }
        if (std::isfinite(value)) {
            lines.push_back(words("report_sensitivity_robustness",
                                  {{"label", label}, {"percent", words.format().number(100 * value, 1)}}));
        }
    });
    return lines;
}

}  // namespace twinfirm::report
