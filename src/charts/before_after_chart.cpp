// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/before_after_chart.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "chart_texts.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/axis_scale.h"
#include "twinfirm/charts/effect_rows.h"
#include "twinfirm/charts/label_format.h"
#include "twinfirm/charts/outcome_scale.h"

namespace twinfirm::charts {
namespace {

using effects::LevelMargins;
using evaluation::EffectRow;
using evaluation::Evaluation;

struct BarKind {
    const char* key;
    const char* text;
    Role role;
    double position;
    double EffectRow::*value;
    double LevelMargins::*margin;  ///< of everybody in designs with pairs; else there is no whisker
};

constexpr std::array<BarKind, 4> bar_kinds{
    {{"adopter_before", "chart_adopters_before", Role::adopter_before, 0.8, &EffectRow::treated_base,
      &LevelMargins::treated_base},
     {"adopter_after", "chart_adopters_after", Role::adopter_after, 1.2, &EffectRow::treated_after,
      &LevelMargins::treated_after},
     {"non_adopter_before", "chart_non_adopters_before", Role::non_adopter_before, 1.8, &EffectRow::control_base,
      &LevelMargins::control_base},
     {"non_adopter_after", "chart_non_adopters_after", Role::non_adopter_after, 2.2, &EffectRow::control_after,
      &LevelMargins::control_after}}};

Panel outcome_panel(const design::Outcome& outcome, const EffectRow& row, bool first, const ChartTexts& texts) {
    const Language language = texts.language();
    const OutcomeScale scale = outcome_scale(outcome, language);
    Panel panel;
    panel.key = outcome.key;
    panel.title = texts.with_unit(outcome.label.in(language), scale.level_unit);
    const ShownInterval effect = shown_effect(row, scale);
    panel.note =
        texts("chart_effect_note",
              {{"estimate", value_label(effect.value, scale.change_unit, scale.change_decimals, language, true)},
               {"interval", interval_label(effect.low, effect.high, scale.change_decimals, language)},
               {"level", texts.confidence()}});
    panel.position_axis.low = 0.4;
    panel.position_axis.high = 2.6;
    panel.position_axis.ticks = {{1, texts("chart_adopters") + "\n" + n_label(row.effect.n_treated)},
                                 {2, texts("chart_matched_non_adopters") + "\n" + n_label(row.effect.n_control)}};
    panel.value_axis.unit = scale.level_unit;
    panel.value_axis.grid = true;
    for (const BarKind& kind : bar_kinds) {
        Series series;
        series.key = kind.key;
        if (first) series.label = texts(kind.text);
        series.role = kind.role;
        series.shape = Shape::bar;
        series.bar_width = 0.36;
        series.whiskers = true;
        Mark mark;
        mark.position = kind.position;
        mark.suppressed = row.group.suppressed;
        if (!mark.suppressed) {
            mark.value = row.*kind.value * scale.level_factor;
            mark.low = mark.value - row.margins.*kind.margin * scale.level_factor;
            mark.high = mark.value + row.margins.*kind.margin * scale.level_factor;
            mark.n = kind.position < 1.5 ? row.effect.n_treated : row.effect.n_control;
            mark.label = number_label(mark.value, scale.level_decimals, language);
        } else {
            mark.label = "X";
        }
        series.marks.push_back(std::move(mark));
        panel.series.push_back(std::move(series));
    }
    const Extent extent = value_extent(panel.series, {0, 0});
    fit_linear_axis(panel.value_axis, extent.low, extent.high * 1.12, 4, language);
    return panel;
}

struct Definition {
    const char* key;
    const char* text;
    Role role;
    Shape shape;
    Fill fill;
    double offset;
    effects::Estimate effects::BeforeAfter::*estimate;
};

constexpr std::array<Definition, 3> definitions{
    {{"ratio_of_sums", "chart_ratio_of_sums", Role::adopter_after, Shape::square, Fill::solid, -0.24,
      &effects::BeforeAfter::ratio_of_sums},
     {"mean_of_ratios", "chart_mean_of_ratios", Role::adopter_after, Shape::circle, Fill::hollow, 0,
      &effects::BeforeAfter::mean_of_ratios},
     {"median_of_ratios", "chart_median_of_ratios", Role::adopter_before, Shape::diamond, Fill::solid, 0.24,
      &effects::BeforeAfter::median_of_ratios}}};

}  // namespace

Result<Chart> before_after_chart(const Evaluation& evaluation, Language language) {
    const ChartTexts texts(evaluation, language);
    Chart chart = texts.frame(ChartKind::before_after, "before_after");
    for (const design::Outcome& outcome : evaluation.specification.outcomes) {
        const EffectRow* row = total_effect(evaluation, outcome.key, std::nullopt);
        if (row == nullptr) continue;
        Panel panel = outcome_panel(outcome, *row, chart.panels.empty(), texts);
        panel.row = static_cast<int>(chart.panels.size()) / 2;
        panel.column = static_cast<int>(chart.panels.size()) % 2;
        chart.panels.push_back(std::move(panel));
    }
    if (chart.panels.empty()) return fail(ErrorKind::statistics, "chart_without_numbers", {{"chart", "before_after"}});
    chart.title = texts("chart_before_after_title");
    chart.subtitle = texts("chart_before_after_subtitle", {{"last", integer_text(evaluation.specification.lags)}});
    chart.notes = {texts("chart_before_after_note")};
    const auto has_margin = [&](const design::Outcome& outcome) {
        const EffectRow* row = total_effect(evaluation, outcome.key, std::nullopt);
        return row != nullptr && std::isfinite(row->margins.treated_base);
    };
    const auto& outcomes = evaluation.specification.outcomes;
    if (std::any_of(outcomes.begin(), outcomes.end(), has_margin)) {
        chart.notes.push_back(texts("chart_level_interval_note", {{"level", texts.confidence()}}));
    }
    texts.explain_suppression(chart);
    chart.height_mm = 48 + 58.0 * (chart.panels.back().row + 1);
    return chart;
}

Result<Chart> process_change_chart(const Evaluation& evaluation, Language language) {
    const ChartTexts texts(evaluation, language);
    Chart chart = texts.frame(ChartKind::process_change, "process_change");
    Panel panel;
    panel.key = "change";
    panel.orientation = Orientation::horizontal;
    panel.position_axis.reversed = true;
    panel.position_axis.low = 0.5;
    panel.value_axis.label = texts.with_unit(texts("chart_change_axis"), "%");
    panel.value_axis.unit = "%";
    panel.value_axis.grid = true;
    panel.lines = {{true, 0, Dash::solid, {}}};
    for (const Definition& definition : definitions) {
        Series series;
        series.key = definition.key;
        series.label = texts(definition.text);
        series.role = definition.role;
        series.shape = definition.shape;
        series.fill = definition.fill;
        series.whiskers = true;
        panel.series.push_back(std::move(series));
        panel.columns.push_back({texts(definition.text), {}});
    }
    panel.columns.push_back({"n", {}});
    double position = 0;
    for (const design::ProcessKpi& kpi : evaluation.specification.process_kpis) {
        const evaluation::BeforeAfterRow* row = before_after_of(evaluation, kpi.key, {}, {});
        if (row == nullptr) continue;
        position += 1;
        panel.position_axis.ticks.push_back({position, kpi.label.in(language)});
        for (std::size_t i = 0; i < definitions.size(); ++i) {
            const effects::Estimate& estimate = row->change.*definitions[i].estimate;
            Mark mark;
            mark.position = position + definitions[i].offset;
            const bool median = definitions[i].estimate == &effects::BeforeAfter::median_of_ratios;
            mark.suppressed = row->group.suppressed || (median && row->median_hidden);
            mark.size = 0.7;
            if (!mark.suppressed) {
                mark.value = estimate.estimate * 100;
                mark.low = estimate.ci_low * 100;
                mark.high = estimate.ci_high * 100;
                mark.n = row->change.n;
            }
            panel.columns[i].cells.push_back(
                {position, mark.suppressed ? "X" : value_label(mark.value, "%", 1, language, true)});
            panel.series[i].marks.push_back(std::move(mark));
        }
        panel.columns.back().cells.push_back({position, row->group.suppressed ? "X" : count_label(row->change.n)});
    }
    const bool shown = std::any_of(panel.series.begin(), panel.series.end(), [](const Series& series) {
        return std::any_of(series.marks.begin(), series.marks.end(),
                           [](const Mark& mark) { return std::isfinite(mark.value); });
    });
    if (!shown) return fail(ErrorKind::statistics, "chart_without_numbers", {{"chart", "process_change"}});
    panel.position_axis.high = position + 0.5;
    const Extent extent = value_extent(panel.series, {0, 0});
    fit_linear_axis(panel.value_axis, extent.low, extent.high, 5, language);
    chart.title = texts("chart_process_title");
    chart.subtitle = texts("chart_process_subtitle");
    chart.notes = {texts("chart_interval_note", {{"level", texts.confidence()}}), texts("chart_process_note")};
    chart.height_mm = 58 + 13 * position;
    chart.panels = {std::move(panel)};
    texts.explain_suppression(chart);
    return chart;
}

}  // namespace twinfirm::charts
