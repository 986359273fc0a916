// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/love_plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

#include "chart_texts.h"
#include "series_look.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/axis_scale.h"
#include "twinfirm/charts/label_format.h"
#include "twinfirm/design/term_label.h"

namespace twinfirm::charts {
namespace {

using balance::BalanceRow;
using evaluation::Evaluation;

constexpr std::size_t most_rows = 40;

std::string row_label(const Evaluation& evaluation, const BalanceRow& row, const ChartTexts& texts) {
    if (row.type == "distance") return texts("chart_love_score");
    std::string label = design::term_label(evaluation.specification, row.covariate, texts.language());
    if (!row.level.empty()) label += ": " + row.level;
    return label;
}

bool exceeds(double smd) {
    return std::abs(smd) > smd_limit;
}

constexpr SeriesLook before_look = {Role::unadjusted, Shape::circle, Fill::hollow};
constexpr SeriesLook after_look = {Role::adjusted, Shape::circle, Fill::solid};

Mark dot(double position, double value) {
    Mark mark;
    mark.position = position;
    mark.value = value;
    return mark;
}

/// Ticks at powers of two that hold every ratio; 1/2 and 2 are always there.
void fit_ratio_axis(Axis& axis, const std::vector<Series>& series) {
    int steps = 1;
    for (const Series& one : series) {
        for (const Mark& mark : one.marks) {
            if (std::isfinite(mark.value)) {
                steps = std::max(steps, static_cast<int>(std::ceil(std::abs(std::log2(mark.value)))));
            }
        }
    }
    axis.scale = Scale::logarithmic;
    axis.low = std::pow(2.0, -steps) / 1.15;
    axis.high = std::pow(2.0, steps) * 1.15;
    const int stride = steps <= 2 ? 1 : (steps + 1) / 2;
    for (int power = -(steps / stride) * stride; power <= steps; power += stride) {
        const double at = std::pow(2.0, power);
        axis.ticks.push_back({at, shortest_text(at)});
    }
}

}  // namespace

Result<Chart> love_plot(const Evaluation& evaluation, Language language) {
    if (evaluation.balance.empty())
        return fail(ErrorKind::statistics, "chart_without_numbers", {{"chart", "love_plot"}});
    const ChartTexts texts(evaluation, language);
    Chart chart = texts.frame(ChartKind::love_plot, "love_plot");

    std::vector<const BalanceRow*> rows;
    std::size_t covariates = 0;
    std::size_t above_before = 0;
    std::size_t above_after = 0;
    for (const BalanceRow& row : evaluation.balance) {
        rows.push_back(&row);
        if (row.type == "distance") continue;
        ++covariates;
        above_before += exceeds(row.before.smd) ? 1 : 0;
        above_after += exceeds(row.after.smd) ? 1 : 0;
    }
    const auto magnitude = [](const BalanceRow* row) {
        return std::isnan(row->before.smd) ? -1 : std::abs(row->before.smd);
    };
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const BalanceRow* a, const BalanceRow* b) { return magnitude(a) > magnitude(b); });
    const std::size_t hidden = rows.size() > most_rows ? rows.size() - most_rows : 0;
    rows.resize(rows.size() - hidden);

    Panel smd;
    smd.key = "smd";
    smd.orientation = Orientation::horizontal;
    smd.stretch = 2;
    smd.position_axis.low = 0.4;
    smd.position_axis.high = static_cast<double>(rows.size()) + 0.6;
    smd.position_axis.reversed = true;
    smd.position_axis.grid = true;
    smd.value_axis.label = texts("chart_love_smd_axis");
    Panel ratio = smd;
    ratio.key = "variance_ratio";
    ratio.column = 1;
    ratio.stretch = 1;
    ratio.value_axis.label = texts("chart_love_ratio_axis");
    ratio.position_axis.tick_labels = false;

    Series smd_before = series_of("before", texts("chart_love_before"), before_look);
    Series smd_after = series_of("after", texts("chart_love_after"), after_look);
    Series ratio_before = series_of("before", {}, before_look);
    Series ratio_after = series_of("after", {}, after_look);
    double position = 0;
    for (const BalanceRow* row : rows) {
        position += 1;
        smd.position_axis.ticks.push_back({position, row_label(evaluation, *row, texts)});
        smd_before.marks.push_back(dot(position, std::abs(row->before.smd)));
        smd_after.marks.push_back(dot(position, std::abs(row->after.smd)));
        if (row->hidden) {
            smd_before.marks.back().suppressed = smd_after.marks.back().suppressed = true;
            smd_after.marks.back().label = "X";
        }
        const auto drawable = [](double value) {
            return value > 0 && std::isfinite(value) ? value : effects::not_available;
        };
        ratio_before.marks.push_back(dot(position, drawable(row->before.variance_ratio)));
        ratio_after.marks.push_back(dot(position, drawable(row->after.variance_ratio)));
    }
    ratio.position_axis.ticks = smd.position_axis.ticks;
    smd.series = {std::move(smd_before), std::move(smd_after)};
    ratio.series = {std::move(ratio_before), std::move(ratio_after)};
    const Extent extent = value_extent(smd.series, {0, smd_limit * 1.5});
    fit_linear_axis(smd.value_axis, extent.low, extent.high, 6, language);
    smd.value_axis.low = -0.02 * smd.value_axis.high;  // a whole dot at zero
    smd.lines = {{true, smd_limit, Dash::dashed, shortest_text(smd_limit)}};
    fit_ratio_axis(ratio.value_axis, ratio.series);
    ratio.lines = {{true, 0.5, Dash::dotted, {}}, {true, 1, Dash::solid, {}}, {true, 2, Dash::dotted, {}}};

    chart.title = texts("chart_love_title");
    chart.subtitle = texts("chart_love_subtitle", {{"limit", shortest_text(smd_limit)},
                                                   {"covariates", std::to_string(covariates)},
                                                   {"before", std::to_string(above_before)},
                                                   {"after", std::to_string(above_after)}});
    chart.notes = {texts("chart_love_note")};
    if (hidden > 0) {
        chart.notes.push_back(
            texts("chart_love_hidden", {{"shown", std::to_string(rows.size())}, {"hidden", std::to_string(hidden)}}));
    }
    chart.height_mm = std::max(80.0, 52 + 5.0 * static_cast<double>(rows.size()));
    chart.panels = {std::move(smd), std::move(ratio)};
    texts.explain_suppression(chart);
    return chart;
}

}  // namespace twinfirm::charts
