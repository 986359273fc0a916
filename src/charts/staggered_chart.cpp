// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/staggered_chart.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "chart_texts.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/axis_scale.h"
#include "twinfirm/charts/effect_rows.h"
#include "twinfirm/charts/label_format.h"
#include "twinfirm/charts/outcome_scale.h"

namespace twinfirm::charts {

namespace {

using evaluation::TimedAggregate;
using evaluation::TimedEffect;

/// The band stands beside the pointwise interval, not under it.
constexpr double beside = 0.18;

const TimedAggregate* dynamic_of(const evaluation::Evaluation& evaluation, std::string_view outcome) {
    for (const evaluation::StaggeredOutcome& entry : evaluation.over_time.staggered) {
        if (entry.outcome != outcome) continue;
        for (const TimedAggregate& aggregate : entry.aggregates) {
            if (aggregate.kind == "dynamic" && !aggregate.by.empty()) return &aggregate;
        }
    }
    return nullptr;
}

double shown(double value, const OutcomeScale& scale) {
    return scale.change_is_ratio ? 100 * std::expm1(value) : value * scale.change_factor;
}

Axis year_axis(const TimedAggregate& dynamic, const ChartTexts& texts) {
    Axis axis;
    axis.label = texts("chart_event_year_axis");
    axis.low = *dynamic.by.front().at - 0.5;
    axis.high = *dynamic.by.back().at + 0.6;
    for (const TimedEffect& effect : dynamic.by) {
        const int time = *effect.at;
        std::string label = time == 0 ? "0" : (time < 0 ? "−" : "+") + integer_text(std::abs(time));
        if (effect.n_treated > 0) label += "\nn=" + count_label(effect.n_treated);
        axis.ticks.push_back({static_cast<double>(time), std::move(label)});
    }
    return axis;
}

}  // namespace

Result<Chart> staggered_chart(const evaluation::Evaluation& evaluation, std::string_view outcome, Language language) {
    const auto required = require_outcome(evaluation, outcome);
    if (!required) return tl::unexpected(required.error());
    const design::Outcome* found = *required;
    const ChartTexts texts(evaluation, language);
    Chart chart = texts.frame(ChartKind::event_study, "staggered_" + std::string(outcome));
    const TimedAggregate* dynamic = dynamic_of(evaluation, outcome);
    if (dynamic == nullptr) return fail(ErrorKind::statistics, "chart_without_numbers", {{"chart", chart.key}});
    const OutcomeScale scale = outcome_scale(*found, language);
    chart.title = texts("chart_staggered_title", {{"outcome", found->label.in(language)}});

    Panel panel;
    panel.key = "gap";
    panel.position_axis = year_axis(*dynamic, texts);
    panel.value_axis.grid = true;
    panel.value_axis.unit = scale.change_unit;
    panel.value_axis.label = texts.with_unit(texts("chart_event_gap_axis"), scale.change_unit);
    Series pointwise;
    pointwise.key = "pointwise";
    pointwise.label = texts("chart_staggered_pointwise", {{"level", texts.confidence()}});
    pointwise.role = Role::effect;
    pointwise.whiskers = true;
    Series uniform = pointwise;
    uniform.key = "uniform";
    uniform.label = texts("chart_staggered_uniform", {{"level", texts.confidence()}});
    uniform.shape = Shape::square;
    uniform.fill = Fill::hollow;
    for (const TimedEffect& effect : dynamic->by) {
        Mark mark;
        mark.position = *effect.at;
        mark.suppressed = effect.suppressed;
        if (mark.suppressed) {
            mark.label = "X";
            pointwise.marks.push_back(mark);
            continue;
        }
        mark.value = shown(effect.estimate, scale);
        mark.low = shown(effect.ci_low, scale);
        mark.high = shown(effect.ci_high, scale);
        mark.n = effect.n_treated;
        pointwise.marks.push_back(mark);
        mark.position += beside;
        mark.low = shown(effect.band_low, scale);
        mark.high = shown(effect.band_high, scale);
        uniform.marks.push_back(mark);
    }
    panel.series = {std::move(pointwise), std::move(uniform)};
    const Extent extent = value_extent(panel.series, {0, 0});
    const double margin = 0.08 * (extent.high - extent.low);
    fit_linear_axis(panel.value_axis, extent.low - margin, extent.high + margin, 5, language);
    panel.lines = {{true, 0, Dash::solid, {}}, {false, -0.5, Dash::dashed, {}}};
    panel.bands = {{panel.position_axis.low, -0.5, texts("chart_event_before")}};
    chart.panels = {std::move(panel)};
    const bool varying = evaluation.specification.staggered.base == design::StaggeredBase::varying;
    chart.notes = {texts("chart_staggered_note", {{"base", texts(varying ? "chart_staggered_base_varying"
                                                                         : "chart_staggered_base_universal")}})};
    texts.explain_suppression(chart);
    chart.height_mm = 90;
    return chart;
}

}  // namespace twinfirm::charts
