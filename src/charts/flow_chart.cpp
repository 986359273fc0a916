// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/flow_chart.h"

#include <string>

#include "chart_texts.h"
#include "twinfirm/charts/axis_scale.h"
#include "twinfirm/charts/label_format.h"

namespace twinfirm::charts {

using evaluation::ArmCount;
using evaluation::Evaluation;
using evaluation::FlowStep;

namespace {

Panel arm_panel(const Evaluation& evaluation, std::int64_t ArmCount::*arm, const char* key, const char* title,
                Role role, const ChartTexts& texts) {
    Panel panel;
    panel.key = key;
    panel.title = texts.with_unit(texts(title), texts("chart_unit_firms"));
    panel.orientation = Orientation::horizontal;
    panel.position_axis.low = 0.4;
    panel.position_axis.high = static_cast<double>(evaluation.flow.size()) + 0.6;
    panel.position_axis.reversed = true;
    panel.value_axis.unit = texts("chart_unit_firms");
    Series series;
    series.key = key;
    series.role = role;
    series.shape = Shape::bar;
    series.bar_width = 0.6;
    double position = 0;
    for (const FlowStep& step : evaluation.flow) {
        position += 1;
        panel.position_axis.ticks.push_back({position, texts("chart_flow_" + step.step)});
        Mark mark;
        mark.position = position;
        mark.suppressed = step.firms.*arm == evaluation::hidden_count;
        if (!mark.suppressed) {
            mark.n = step.firms.*arm;
            mark.value = static_cast<double>(step.firms.*arm);
        }
        mark.label = count_label(step.firms.*arm);
        series.marks.push_back(std::move(mark));
    }
    panel.series = {std::move(series)};
    const Extent extent = value_extent(panel.series, {0, 1});
    fit_linear_axis(panel.value_axis, 0, extent.high, 2, texts.language());
    panel.value_axis.high = extent.high * 1.3;  // room for the counts, which stand in for the tick labels
    panel.value_axis.tick_labels = false;
    panel.value_axis.ticks.clear();
    return panel;
}

}  // namespace

Result<Chart> flow_chart(const Evaluation& evaluation, Language language) {
    if (evaluation.flow.empty()) return fail(ErrorKind::statistics, "chart_without_numbers", {{"chart", "flow"}});
    const ChartTexts texts(evaluation, language);
    Chart chart = texts.frame(ChartKind::flow, "flow");
    chart.title = texts("chart_flow_title");
    chart.subtitle = texts("chart_flow_subtitle");
    Panel adopters = arm_panel(evaluation, &ArmCount::treated, "adopter", "chart_adopters", Role::adopter, texts);
    Panel controls =
        arm_panel(evaluation, &ArmCount::control, "non_adopter", "chart_non_adopters", Role::non_adopter, texts);
    controls.column = 1;
    controls.position_axis.tick_labels = false;
    chart.panels = {std::move(adopters), std::move(controls)};
    chart.notes = {texts("chart_flow_note")};
    texts.explain_suppression(chart);
    chart.height_mm = 50 + 8.0 * static_cast<double>(evaluation.flow.size());
    return chart;
}

}  // namespace twinfirm::charts
