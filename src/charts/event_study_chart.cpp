// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/event_study_chart.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "chart_texts.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/axis_scale.h"
#include "twinfirm/charts/effect_rows.h"
#include "twinfirm/charts/label_format.h"
#include "twinfirm/charts/outcome_scale.h"

namespace twinfirm::charts {
namespace {

using evaluation::EffectRow;
using evaluation::Evaluation;

constexpr int base_year = -1;

std::vector<const EffectRow*> yearly_rows(const Evaluation& evaluation, std::string_view outcome) {
    std::vector<const EffectRow*> rows;
    for (const EffectRow& row : evaluation.effects) {
        if (row.outcome == outcome && row.group.breakdown.empty() && row.event_time &&
            row.estimator == charted_estimator && *row.event_time != base_year) {
            rows.push_back(&row);
        }
    }
    std::sort(rows.begin(), rows.end(),
              [](const EffectRow* a, const EffectRow* b) { return *a->event_time < *b->event_time; });
    return rows;
}

std::string year_label(int time) {
    if (time == 0) return "0";
    return (time < 0 ? "−" : "+") + std::to_string(std::abs(time));
}

/// The year axis both panels share, with the numbers of adopters below the years.
Axis year_axis(const std::vector<const EffectRow*>& rows) {
    Axis axis;
    const int first = std::min(base_year, *rows.front()->event_time);
    const int last = std::max(0, *rows.back()->event_time);
    axis.low = first - 0.45;
    axis.high = last + 0.45;
    for (int time = first; time <= last; ++time) {
        std::string label = year_label(time);
        for (const EffectRow* row : rows) {
            if (*row->event_time == time) {
                label += "\nn=" + (row->group.suppressed ? std::string("X") : count_label(row->effect.n_treated));
            }
        }
        axis.ticks.push_back({static_cast<double>(time), std::move(label)});
    }
    return axis;
}

Series path(const char* key, std::string label, Role role, Fill fill) {
    Series series;
    series.key = key;
    series.direct_label = std::move(label);
    series.role = role;
    series.shape = Shape::line;
    series.fill = fill;
    return series;
}

/// The level of one arm relative to its own base year.
double relative_level(double base, double after, const OutcomeScale& scale, bool index) {
    if (!index) return (after - base) * scale.level_factor;
    return base > 0 ? 100 * after / base : effects::not_available;
}

Panel level_panel(const std::vector<const EffectRow*>& rows, const OutcomeScale& scale, bool index,
                  const ChartTexts& texts) {
    Panel panel;
    panel.key = "levels";
    panel.position_axis = year_axis(rows);
    panel.position_axis.tick_labels = false;
    panel.value_axis.grid = true;
    panel.value_axis.unit = index ? texts("chart_index_unit") : scale.change_unit;
    panel.value_axis.label =
        index ? texts("chart_event_index_axis") : texts.with_unit(texts("chart_event_change_axis"), scale.change_unit);
    Series adopters = path("adopter", texts("chart_adopters"), Role::adopter, Fill::solid);
    Series controls = path("non_adopter", texts("chart_matched_non_adopters"), Role::non_adopter, Fill::hollow);
    const double at_base = index ? 100 : 0;
    const auto add = [](Series& series, double time, double value, std::optional<std::int64_t> n, bool suppressed) {
        Mark mark;
        mark.position = time;
        mark.suppressed = suppressed;
        if (!suppressed) {
            mark.value = value;
            mark.n = n;
        }
        series.marks.push_back(mark);
    };
    bool base_done = false;
    const auto add_base = [&] {
        add(adopters, base_year, at_base, std::nullopt, false);
        add(controls, base_year, at_base, std::nullopt, false);
        base_done = true;
    };
    for (const EffectRow* row : rows) {
        if (!base_done && *row->event_time > base_year) add_base();
        const double time = *row->event_time;
        add(adopters, time, relative_level(row->treated_base, row->treated_after, scale, index), row->effect.n_treated,
            row->group.suppressed);
        add(controls, time, relative_level(row->control_base, row->control_after, scale, index), row->effect.n_control,
            row->group.suppressed);
    }
    if (!base_done) add_base();
    panel.series = {std::move(controls), std::move(adopters)};
    const Extent extent = value_extent(panel.series, {at_base, at_base});
    const double margin = 0.05 * (extent.high - extent.low);
    fit_linear_axis(panel.value_axis, extent.low - margin, extent.high + margin, 4, texts.language());
    panel.lines = {{true, at_base, Dash::solid, {}}, {false, base_year + 0.5, Dash::dashed, {}}};
    panel.bands = {{panel.position_axis.low, base_year + 0.5, texts("chart_event_before")}};
    return panel;
}

Panel gap_panel(const std::vector<const EffectRow*>& rows, const OutcomeScale& scale, const ChartTexts& texts) {
    Panel panel;
    panel.key = "gap";
    panel.row = 1;
    panel.position_axis = year_axis(rows);
    panel.position_axis.label = texts("chart_event_year_axis");
    panel.value_axis.grid = true;
    panel.value_axis.unit = scale.change_unit;
    panel.value_axis.label = texts.with_unit(texts("chart_event_gap_axis"), scale.change_unit);
    Series gap;
    gap.key = "gap";
    gap.label = texts("chart_event_gap", {{"level", texts.confidence()}});
    gap.role = Role::effect;
    gap.shape = Shape::circle;
    gap.whiskers = true;
    for (const EffectRow* row : rows) {
        const ShownInterval shown = shown_effect(*row, scale);
        Mark mark;
        mark.position = *row->event_time;
        mark.suppressed = row->group.suppressed;
        if (mark.suppressed) {
            mark.label = "X";
        } else {
            mark.value = shown.value;
            mark.low = shown.low;
            mark.high = shown.high;
            mark.n = row->effect.n_treated;
            if (*row->event_time >= 0) {
                // A unit in words would run into the next year's label; it stands at the axis.
                const std::string unit = scale.change_is_ratio ? scale.change_unit : std::string();
                mark.label = value_label(shown.value, unit, scale.change_decimals, texts.language(), true);
            }
        }
        gap.marks.push_back(std::move(mark));
    }
    Series base = gap;
    base.key = "base_year";
    base.label = texts("chart_event_base");
    base.fill = Fill::hollow;
    base.whiskers = false;
    Mark zero;
    zero.position = base_year;
    zero.value = 0;
    base.marks = {zero};
    panel.series = {std::move(gap), std::move(base)};
    const Extent extent = value_extent(panel.series, {0, 0});
    const double margin = 0.12 * (extent.high - extent.low);
    fit_linear_axis(panel.value_axis, extent.low - margin / 3, extent.high + margin, 4, texts.language());
    panel.lines = {{true, 0, Dash::solid, {}}, {false, base_year + 0.5, Dash::dashed, {}}};
    panel.bands = {{panel.position_axis.low, base_year + 0.5, {}}};
    return panel;
}

}  // namespace

Result<Chart> event_study_chart(const Evaluation& evaluation, std::string_view outcome, Language language) {
    const auto required = require_outcome(evaluation, outcome);
    if (!required) return tl::unexpected(required.error());
    const design::Outcome* found = *required;
    const ChartTexts texts(evaluation, language);
    Chart chart = texts.frame(ChartKind::event_study, "event_study_" + std::string(outcome));
    const std::vector<const EffectRow*> rows = yearly_rows(evaluation, outcome);
    if (rows.empty()) return fail(ErrorKind::statistics, "chart_without_numbers", {{"chart", chart.key}});
    const OutcomeScale scale = outcome_scale(*found, language);
    const bool index = found->metric == design::ChangeMetric::percent || found->metric == design::ChangeMetric::level;
    chart.title = texts("chart_event_title", {{"outcome", found->label.in(language)}});
    chart.subtitle = texts(index ? "chart_event_subtitle_index" : "chart_event_subtitle_change");
    chart.panels = {level_panel(rows, scale, index, texts), gap_panel(rows, scale, texts)};
    chart.notes = {texts("chart_event_note", {{"level", texts.confidence()}}), texts("chart_event_sample")};
    texts.explain_suppression(chart);
    chart.height_mm = 122;
    return chart;
}

}  // namespace twinfirm::charts
