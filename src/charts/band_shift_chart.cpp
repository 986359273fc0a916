// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/band_shift_chart.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "chart_texts.h"
#include "series_look.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/axis_scale.h"
#include "twinfirm/charts/effect_rows.h"
#include "twinfirm/charts/label_format.h"

namespace twinfirm::charts {
namespace {

using evaluation::BandShiftRow;

/// One way of reading a band's growth: where it stands in the row of the band, and how it is drawn.
struct Reading {
    const char* band_year;
    double offset;
    SeriesLook look;
};

constexpr Reading naive_readings[] = {{"base", -0.27, {Role::unadjusted, Shape::circle, Fill::hollow}},
                                      {"lagged", -0.09, {Role::unadjusted, Shape::diamond, Fill::solid}},
                                      {"averaged", 0.09, {Role::unadjusted, Shape::circle, Fill::solid}}};
constexpr double matched_offset = 0.27;

Mark mark_of(double position, double value, double low, double high, std::int64_t n) {
    Mark mark;
    mark.position = position;
    mark.value = 100 * value;
    mark.low = 100 * low;
    mark.high = 100 * high;
    mark.n = n;
    return mark;
}

struct Bands {
    std::vector<const evaluation::Group*> groups;
    std::vector<const BandShiftRow*> rows;

    [[nodiscard]] const BandShiftRow* find(const evaluation::Group& group, std::string_view band_year) const {
        for (const BandShiftRow* row : rows) {
            if (row->group.key == group.key && row->band_year == band_year) return row;
        }
        return nullptr;
    }
};

Bands bands_of(const evaluation::Evaluation& evaluation, std::string_view outcome, std::string_view breakdown) {
    Bands bands;
    for (const BandShiftRow& row : evaluation.groups.band_shifts) {
        if (row.outcome != outcome || row.group.breakdown != breakdown) continue;
        bands.rows.push_back(&row);
        const auto same = [&](const evaluation::Group* known) { return known->key == row.group.key; };
        if (std::none_of(bands.groups.begin(), bands.groups.end(), same)) bands.groups.push_back(&row.group);
    }
    return bands;
}

Panel band_panel(const Bands& bands, const ChartTexts& texts) {
    const Language language = texts.language();
    Panel panel;
    panel.key = "bands";
    panel.orientation = Orientation::horizontal;
    panel.position_axis.reversed = true;
    panel.position_axis.low = 0.4;
    panel.position_axis.high = static_cast<double>(bands.groups.size()) + 0.6;
    panel.value_axis.unit = "%";
    panel.value_axis.label = texts.with_unit(texts("chart_change_axis"), "%");
    panel.value_axis.grid = true;
    panel.lines.push_back({true, 0, Dash::solid, {}});
    panel.columns = {{texts("chart_band_shift_base_column"), {}},
                     {texts("chart_band_shift_lagged_column"), {}},
                     {texts("chart_band_shift_matched_column"), {}},
                     {texts("chart_adopters_column"), {}}};
    for (const Reading& reading : naive_readings) {
        panel.series.push_back(
            series_of(reading.band_year, texts(std::string("chart_band_shift_") + reading.band_year), reading.look));
    }
    panel.series.push_back(
        series_of("matched", texts("chart_band_shift_matched"), {Role::effect, Shape::square, Fill::solid}));
    for (Series& series : panel.series) series.whiskers = true;
    double position = 0;
    for (const evaluation::Group* group : bands.groups) {
        position += 1;
        panel.position_axis.ticks.push_back({position, broken_label(group->label.in(language))});
        const auto percent = [&](double share) { return value_label(100 * share, "%", 1, language, true); };
        const BandShiftRow* base = bands.find(*group, "base");
        if (base == nullptr || base->group.suppressed) {
            Mark hidden;
            hidden.position = position;
            hidden.suppressed = true;
            hidden.label = "X";
            panel.series.back().marks.push_back(hidden);
            for (TextColumn& column : panel.columns) column.cells.push_back({position, "X"});
            continue;
        }
        for (std::size_t i = 0; i < std::size(naive_readings); ++i) {
            const BandShiftRow* row = bands.find(*group, naive_readings[i].band_year);
            if (row == nullptr || row->group.suppressed) continue;
            const effects::Estimate& mean = row->mean_of_ratios;
            panel.series[i].marks.push_back(
                mark_of(position + naive_readings[i].offset, mean.estimate, mean.ci_low, mean.ci_high, row->n));
        }
        const evaluation::PercentedEffect& matched = base->matched;
        panel.series.back().marks.push_back(mark_of(position + matched_offset, matched.percent, matched.percent_low,
                                                    matched.percent_high, matched.effect.n_treated));
        const BandShiftRow* lagged = bands.find(*group, "lagged");
        panel.columns[0].cells.push_back({position, percent(base->mean_of_ratios.estimate)});
        panel.columns[1].cells.push_back(
            {position, lagged == nullptr || lagged->group.suppressed ? "X" : percent(lagged->mean_of_ratios.estimate)});
        panel.columns[2].cells.push_back({position, percent(matched.percent)});
        panel.columns[3].cells.push_back({position, count_label(base->n)});
    }
    fit_value_axis(panel, {0, 0}, 5, language);
    return panel;
}

}  // namespace

Result<Chart> band_shift_chart(const evaluation::Evaluation& evaluation, std::string_view outcome,
                               std::string_view breakdown, Language language) {
    const auto yearly = require_outcome(evaluation, outcome);
    if (!yearly) return tl::unexpected(yearly.error());
    const auto division = require_breakdown(evaluation, breakdown);
    if (!division) return tl::unexpected(division.error());
    const ChartTexts texts(evaluation, language);
    Chart chart = texts.frame(ChartKind::forest, "band_shift_" + std::string(outcome) + "_" + std::string(breakdown));
    const Bands bands = bands_of(evaluation, outcome, breakdown);
    if (bands.groups.empty()) return fail(ErrorKind::statistics, "chart_without_numbers", {{"chart", chart.key}});
    chart.title = texts("chart_band_shift_title",
                        {{"breakdown", (*division)->label.in(language)}, {"outcome", (*yearly)->label.in(language)}});
    chart.subtitle = texts("chart_band_shift_subtitle", {{"last", integer_text(evaluation.specification.lags)}});
    chart.panels = {band_panel(bands, texts)};
    chart.notes = {texts("chart_interval_note", {{"level", texts.confidence()}}), texts("chart_band_shift_note")};
    texts.explain_suppression(chart);
    chart.height_mm = 74 + 15.0 * static_cast<double>(bands.groups.size());
    return chart;
}

}  // namespace twinfirm::charts
