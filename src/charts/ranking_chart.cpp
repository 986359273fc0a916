// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/ranking_chart.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "chart_texts.h"
#include "series_look.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/axis_scale.h"
#include "twinfirm/charts/effect_rows.h"
#include "twinfirm/charts/label_format.h"
#include "twinfirm/charts/outcome_scale.h"

namespace twinfirm::charts {
namespace {

using evaluation::RankRow;

std::vector<const RankRow*> ranked(const evaluation::Evaluation& evaluation, std::string_view outcome,
                                   std::string_view breakdown) {
    std::vector<const RankRow*> rows;
    for (const RankRow& row : evaluation.groups.ranking) {
        const bool wanted = row.outcome == outcome && row.group.breakdown == breakdown && !row.group.suppressed;
        if (wanted && std::isfinite(row.rank)) rows.push_back(&row);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const RankRow* a, const RankRow* b) { return a->rank < b->rank; });
    return rows;
}

/// Ranked effects are in the scale of the estimate: logarithms for changes in %.
double shown(double value, const OutcomeScale& scale) {
    return scale.change_factor * (scale.change_is_ratio ? std::expm1(value) : value);
}

std::int64_t adopters_of(const evaluation::Evaluation& evaluation, const RankRow& rank) {
    for (const auto* row : group_effects(evaluation, rank.outcome, rank.group.breakdown)) {
        if (row->group.key == rank.group.key) return row->effect.n_treated;
    }
    return 0;
}

Panel ranking_panel(const evaluation::Evaluation& evaluation, const std::vector<const RankRow*>& rows,
                    const OutcomeScale& scale, const ChartTexts& texts) {
    const Language language = texts.language();
    const auto top = static_cast<std::size_t>(std::max(evaluation.specification.groups.top, 1));
    const std::string places = integer_text(static_cast<std::int64_t>(top));
    Panel panel;
    panel.key = "ranking";
    panel.orientation = Orientation::horizontal;
    panel.position_axis.reversed = true;
    panel.position_axis.low = 0.4;
    panel.value_axis.unit = scale.change_unit;
    panel.value_axis.label = texts.with_unit(texts("chart_ranking_axis"), scale.change_unit);
    panel.value_axis.grid = true;
    panel.lines.push_back({true, 0, Dash::solid, {}});
    panel.columns = {{texts("chart_estimate_column", {{"level", texts.confidence()}}), {}},
                     {texts("chart_adopters_column"), {}},
                     {texts("chart_rank_column", {{"level", texts.confidence()}}), {}},
                     {texts("chart_top_share_column", {{"top", places}}), {}}};
    Series first =
        series_of("first", texts("chart_ranking_first", {{"top", places}}), {Role::effect, Shape::circle, Fill::solid});
    Series later = series_of("later", texts("chart_ranking_later"), {Role::naive, Shape::circle, Fill::hollow});
    first.whiskers = later.whiskers = true;
    double position = 0;
    for (std::size_t i = 0; i < std::min(rows.size(), 2 * top); ++i) {
        const RankRow& row = *rows[i];
        Mark mark;
        mark.position = position += 1;
        mark.value = shown(row.shrunken, scale);
        mark.low = shown(row.shrunken_low, scale);
        mark.high = shown(row.shrunken_high, scale);
        mark.n = adopters_of(evaluation, row);
        panel.position_axis.ticks.push_back({position, broken_label(row.group.label.in(language))});
        panel.columns[0].cells.push_back(
            {position, value_label(mark.value, scale.change_unit, scale.change_decimals, language, true) + " (" +
                           interval_label(mark.low, mark.high, scale.change_decimals, language) + ")"});
        panel.columns[1].cells.push_back({position, count_label(*mark.n)});
        panel.columns[2].cells.push_back({position, interval_label(row.rank_low, row.rank_high, 0, language)});
        panel.columns[3].cells.push_back({position, number_label(100 * row.top_share, 0, language) + "%"});
        (row.rank <= static_cast<double>(top) ? first : later).marks.push_back(std::move(mark));
    }
    panel.position_axis.high = position + 0.6;
    panel.series = {std::move(later), std::move(first)};
    std::erase_if(panel.series, [](const Series& series) { return series.marks.empty(); });
    fit_value_axis(panel, {0, 0}, 4, language);
    return panel;
}

}  // namespace

Result<Chart> ranking_chart(const evaluation::Evaluation& evaluation, std::string_view outcome,
                            std::string_view breakdown, Language language) {
    const auto yearly = require_outcome(evaluation, outcome);
    if (!yearly) return tl::unexpected(yearly.error());
    const auto division = require_breakdown(evaluation, breakdown);
    if (!division) return tl::unexpected(division.error());
    const ChartTexts texts(evaluation, language);
    Chart chart = texts.frame(ChartKind::forest, "ranking_" + std::string(outcome) + "_" + std::string(breakdown));
    const auto rows = ranked(evaluation, outcome, breakdown);
    // Five places among five groups are no news.
    const bool any_later = rows.size() > static_cast<std::size_t>(std::max(evaluation.specification.groups.top, 1));
    if (!any_later) return fail(ErrorKind::statistics, "chart_without_numbers", {{"chart", chart.key}});
    chart.title = texts("chart_ranking_title",
                        {{"breakdown", (*division)->label.in(language)}, {"outcome", (*yearly)->label.in(language)}});
    chart.subtitle = texts("chart_forest_subtitle", {{"last", integer_text(evaluation.specification.lags)}});
    chart.panels = {ranking_panel(evaluation, rows, outcome_scale(**yearly, language), texts)};
    const std::size_t drawn = chart.panels.front().position_axis.ticks.size();
    chart.notes.push_back(texts("chart_ranking_note", {{"draws", count_label(evaluation.specification.groups.draws)}}));
    if (drawn < rows.size()) {
        chart.notes.push_back(texts("chart_ranking_not_drawn",
                                    {{"count", integer_text(static_cast<std::int64_t>(rows.size() - drawn))}}));
    }
    chart.height_mm = 62 + 10.0 * static_cast<double>(drawn);
    return chart;
}

}  // namespace twinfirm::charts
