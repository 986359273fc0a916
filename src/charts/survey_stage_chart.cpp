// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/survey_stage_chart.h"

#include <map>
#include <set>

#include "survey_frame.h"
#include "twinfirm/charts/axis_scale.h"
#include "twinfirm/charts/label_format.h"
#include "twinfirm/charts/survey_labels.h"

namespace twinfirm::charts {

namespace {

using survey::StageShare;

Mark mark_of(const StageShare& share, double position) {
    Mark mark;
    mark.position = position;
    mark.value = 100 * share.share;
    mark.low = 100 * share.interval.low;
    mark.high = 100 * share.interval.high;
    mark.n = share.count;
    return mark;
}

Series series_of(const char* key) {
    Series series;
    series.key = key;
    series.whiskers = true;
    return series;
}

}  // namespace

Result<Chart> survey_stage_chart(const survey::SurveyFindings& findings, Language language) {
    const MessageCatalogue texts(language);
    Chart chart = survey_frame(findings, texts, ChartKind::stages, "stages");
    chart.title = texts.text("chart_stages_title", {});
    chart.notes = {texts.text("chart_interval_note", {{"level", confidence_text(findings)}}),
                   texts.text("chart_stages_note", {})};
    Panel panel;
    panel.key = "levels";
    panel.orientation = Orientation::horizontal;
    panel.position_axis.reversed = true;
    panel.position_axis.low = 0.4;
    panel.value_axis.unit = "%";
    panel.value_axis.label = texts.text("chart_stages_axis", {});
    panel.value_axis.grid = true;
    panel.columns = {{texts.text("chart_estimate_column", {{"level", confidence_text(findings)}}), {}},
                     {texts.text("chart_stages_count_column", {}), {}}};
    Series series = series_of("shares");
    series.label = texts.text("chart_stages_share", {});
    double position = 0;
    std::int64_t base = 0;
    if (findings.stages) {
        for (const StageShare& share : findings.stages->shares) {
            if (share.year || share.programme) continue;
            series.marks.push_back(mark_of(share, position += 1));
            const Mark& mark = series.marks.back();
            panel.position_axis.ticks.push_back({position, stage_label(texts, share.level)});
            panel.columns[0].cells.push_back({position, number_label(mark.value, 1, language) + " (" +
                                                            interval_label(mark.low, mark.high, 1, language) + ")"});
            panel.columns[1].cells.push_back({position, count_label(share.count)});
            base = share.base;
        }
    }
    if (series.marks.empty()) return fail(ErrorKind::statistics, "chart_without_numbers", {{"chart", chart.key}});
    chart.subtitle = texts.text("chart_stages_subtitle", {{"events", count_label(base)}});
    panel.position_axis.high = position + 0.6;
    panel.series = {std::move(series)};
    const Extent extent = value_extent(panel.series, {0, 0});
    fit_linear_axis(panel.value_axis, 0, extent.high * 1.03, 5, language);
    chart.panels = {std::move(panel)};
    chart.height_mm = 58 + 8.0 * position;
    return chart;
}

Result<Chart> survey_stage_years_chart(const survey::SurveyFindings& findings, Language language) {
    const MessageCatalogue texts(language);
    Chart chart = survey_frame(findings, texts, ChartKind::stages, "stages_by_year");
    chart.title = texts.text("chart_stages_years_title", {});
    chart.notes = {texts.text("chart_interval_note_vertical", {{"level", confidence_text(findings)}}),
                   texts.text("chart_stages_scale_note", {})};
    std::map<int, std::vector<const StageShare*>> by_level;
    std::set<int> years;
    if (findings.stages) {
        for (const StageShare& share : findings.stages->shares) {
            if (!share.year || share.programme) continue;
            by_level[share.level].push_back(&share);
            years.insert(*share.year);
        }
    }
    if (years.size() < 2) return fail(ErrorKind::statistics, "chart_without_numbers", {{"chart", chart.key}});
    int place = 0;
    for (const auto& [level, shares] : by_level) {
        Panel panel;
        panel.key = "level_" + std::to_string(level);
        panel.title = stage_label(texts, level);
        panel.row = place / 2;
        panel.column = place % 2;
        ++place;
        panel.position_axis.low = *years.begin() - 0.4;
        panel.position_axis.high = *years.rbegin() + 0.4;
        for (const int year : years)
            panel.position_axis.ticks.push_back({static_cast<double>(year), std::to_string(year)});
        panel.value_axis.unit = "%";
        panel.value_axis.label = "%";
        panel.value_axis.grid = true;
        Series series = series_of("share");
        series.shape = Shape::line;
        for (const StageShare* share : shares) series.marks.push_back(mark_of(*share, *share->year));
        panel.series = {std::move(series)};
        const Extent extent = value_extent(panel.series, {0, 0});
        fit_linear_axis(panel.value_axis, 0, extent.high * 1.05, 4, language);
        chart.panels.push_back(std::move(panel));
    }
    chart.height_mm = 40 + 48.0 * ((place + 1) / 2);
    return chart;
}

}  // namespace twinfirm::charts
