// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/survey_supplier_chart.h"

#include <cmath>

#include "survey_frame.h"
#include "twinfirm/charts/axis_scale.h"
#include "twinfirm/charts/label_format.h"

namespace twinfirm::charts {

Result<Chart> survey_supplier_chart(const survey::SurveyFindings& findings, Language language) {
    constexpr std::size_t most = 15;
    const MessageCatalogue texts(language);
    Chart chart = survey_frame(findings, texts, ChartKind::suppliers, "supplier_effects");
    const auto nothing = [&] { return fail(ErrorKind::statistics, "chart_without_numbers", {{"chart", chart.key}}); };
    if (!findings.suppliers) return nothing();
    const survey::SupplierSection& section = *findings.suppliers;
    Panel panel;
    panel.key = "suppliers";
    panel.orientation = Orientation::horizontal;
    panel.position_axis.reversed = true;
    panel.position_axis.low = 0.4;
    panel.value_axis.unit = section.unit;
    panel.value_axis.label = section.outcome.in(language);
    if (!section.unit.empty()) panel.value_axis.label += " (" + section.unit + ")";
    panel.value_axis.grid = true;
    Series shrunken;
    shrunken.key = "shrunken";
    shrunken.label = texts.text("chart_suppliers_shrunken", {});
    shrunken.whiskers = true;
    Series plain;
    plain.key = "mean";
    plain.label = texts.text("chart_suppliers_mean", {});
    plain.role = Role::naive;
    plain.shape = Shape::tick;
    panel.columns = {{texts.text("chart_estimate_column", {{"level", confidence_text(findings)}}), {}},
                     {texts.text("chart_survey_n_column", {}), {}}};
    double position = 0;
    std::size_t left_out = 0;
    for (const survey::SupplierFinding& row : section.findings.suppliers) {
        if (!std::isfinite(row.shrunken)) continue;
        if (shrunken.marks.size() == most) {
            ++left_out;
            continue;
        }
        position += 1;
        Mark mark;
        mark.position = position;
        mark.value = row.shrunken;
        mark.low = row.interval.low;
        mark.high = row.interval.high;
        mark.n = row.n;
        shrunken.marks.push_back(mark);
        Mark faint;
        faint.position = position;
        faint.value = row.mean;
        plain.marks.push_back(faint);
        panel.position_axis.ticks.push_back({position, broken_label(row.supplier)});
        panel.columns[0].cells.push_back({position, number_label(row.shrunken, 1, language) + " (" +
                                                        interval_label(mark.low, mark.high, 1, language) + ")"});
        panel.columns[1].cells.push_back({position, count_label(row.n)});
    }
    if (shrunken.marks.empty()) return nothing();
    panel.position_axis.high = position + 0.6;
    panel.series = {std::move(plain), std::move(shrunken)};
    const double mean = section.findings.mean;
    fit_value_axis(panel, {std::min(0.0, mean), std::max(0.0, mean)}, 5, language);
    panel.lines = {{true, 0, Dash::solid, {}}, {true, mean, Dash::dashed, texts.text("chart_suppliers_mean_line", {})}};
    chart.panels = {std::move(panel)};
    chart.title = texts.text("chart_suppliers_title", {{"outcome", section.outcome.in(language)}});
    chart.subtitle = texts.text("chart_suppliers_subtitle", {});
    chart.notes = {texts.text("chart_interval_note", {{"level", confidence_text(findings)}}),
                   texts.text("chart_suppliers_note", {})};
    if (left_out > 0)
        chart.notes.push_back(texts.text("chart_suppliers_left_out", {{"number", std::to_string(left_out)}}));
    chart.height_mm = 66 + 8.0 * position;
    return chart;
}

}  // namespace twinfirm::charts
