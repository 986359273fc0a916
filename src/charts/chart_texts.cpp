// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart_texts.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/label_format.h"

namespace twinfirm::charts {

std::string ChartTexts::confidence() const {
    return shortest_text(std::round(evaluation_.specification.confidence_level * 10000) / 100);
}

std::string ChartTexts::source() const {
    return (*this)("chart_source", {{"first", integer_text(evaluation_.data.first_year)},
                                    {"last", integer_text(evaluation_.data.last_year)},
                                    {"firms", count_label(evaluation_.data.firms)},
                                    {"version", evaluation_.engine_version},
                                    {"hash", evaluation_.specification_hash.substr(0, 8)}});
}

void ChartTexts::explain_suppression(Chart& chart) const {
    const auto shows_x = [](const Series& series) {
        return std::any_of(series.marks.begin(), series.marks.end(), [](const Mark& mark) { return mark.suppressed; });
    };
    const bool any = std::any_of(chart.panels.begin(), chart.panels.end(), [&](const Panel& panel) {
        return std::any_of(panel.series.begin(), panel.series.end(), shows_x);
    });
    if (!any) return;
    chart.notes.push_back(
        (*this)("chart_note_suppression", {{"minimum", integer_text(evaluation_.specification.minimum_cell)}}));
}

std::string ChartTexts::with_unit(const std::string& name, const std::string& unit) const {
    return unit.empty() ? name : name + " (" + unit + ")";
}

Chart ChartTexts::frame(ChartKind kind, std::string key) const {
    Chart chart;
    chart.kind = kind;
    chart.key = std::move(key);
    chart.language = language();
    chart.source = source();
    return chart;
}

}  // namespace twinfirm::charts
