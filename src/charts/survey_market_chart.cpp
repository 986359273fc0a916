// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/survey_market_chart.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "series_look.h"
#include "survey_frame.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/axis_scale.h"
#include "twinfirm/charts/label_format.h"

namespace twinfirm::charts {

namespace {

using survey::MarketFigure;
using survey::MarketFinding;

std::vector<Series> source_series(const MarketFinding& finding) {
    constexpr std::array<SeriesLook, 4> looks{{{Role::non_adopter, Shape::square, Fill::solid},
                                               {Role::naive, Shape::diamond, Fill::solid},
                                               {Role::total, Shape::circle, Fill::hollow},
                                               {Role::naive, Shape::square, Fill::hollow}}};
    std::vector<std::string> names;
    for (const MarketFigure& figure : finding.figures)
        if (std::find(names.begin(), names.end(), figure.source) == names.end()) names.push_back(figure.source);
    std::vector<Series> list;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const SeriesLook& look = looks[i % looks.size()];
        Series series = series_of("source_" + std::to_string(i + 1), names[i], look);
        for (const MarketFigure& figure : finding.figures) {
            if (figure.source != names[i]) continue;
            Mark mark;
            mark.position = figure.year;
            mark.value = figure.value * figure.exchange_rate;
            series.marks.push_back(mark);
        }
        std::stable_sort(series.marks.begin(), series.marks.end(),
                         [](const Mark& a, const Mark& b) { return a.position < b.position; });
        list.push_back(std::move(series));
    }
    return list;
}

}  // namespace

Result<Chart> survey_market_chart(const survey::SurveyFindings& findings, Language language) {
    const MessageCatalogue texts(language);
    Chart chart = survey_frame(findings, texts, ChartKind::market, "market");
    if (!findings.market) return fail(ErrorKind::statistics, "chart_without_numbers", {{"chart", chart.key}});
    const MarketFinding& finding = *findings.market;
    chart.title = texts.text("chart_market_title", {});
    Panel panel;
    panel.key = "market";
    panel.value_axis.unit = finding.unit;
    panel.value_axis.label = finding.unit;
    panel.value_axis.grid = true;
    if (finding.growth && finding.first_year) {
        Series path;
        path.key = "path";
        path.label = texts.text("chart_market_path", {{"rate", number_label(100 * finding.growth->rate, 1, language)}});
        path.shape = Shape::line;
        for (const survey::GrowthPoint& point : finding.growth->path) {
            Mark mark;
            mark.position = *finding.first_year + point.interval;
            mark.value = point.value;
            const bool end = point.interval == 0 || point.interval == finding.growth->intervals;
            if (end) mark.label = number_label(point.value, 1, language);
            path.marks.push_back(std::move(mark));
        }
        panel.series.push_back(std::move(path));
        chart.notes.push_back(texts.text("chart_market_path_note", {}));
    }
    std::vector<Series> sources = source_series(finding);
    if (!sources.empty()) chart.notes.push_back(texts.text("chart_market_sources_note", {}));
    for (Series& series : sources) panel.series.push_back(std::move(series));
    double first = 1e9;
    double last = -1e9;
    for (const Series& series : panel.series) {
        for (const Mark& mark : series.marks) {
            first = std::min(first, mark.position);
            last = std::max(last, mark.position);
        }
    }
    if (!(first <= last)) return fail(ErrorKind::statistics, "chart_without_numbers", {{"chart", chart.key}});
    panel.position_axis.low = first - 0.5;
    panel.position_axis.high = last + 0.5;
    const double step = std::max(1.0, std::ceil((last - first) / 12));
    for (double year = std::ceil(first); year <= last; year += step)
        panel.position_axis.ticks.push_back({year, fixed_text(year, 0)});
    const Extent extent = value_extent(panel.series, {0, 0});
    fit_linear_axis(panel.value_axis, 0, extent.high * 1.1, 5, language);
    chart.panels = {std::move(panel)};
    chart.height_mm = 88;
    return chart;
}

}  // namespace twinfirm::charts
