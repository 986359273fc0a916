// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/forest_chart.h"

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

using evaluation::Evaluation;

/// One line of the forest, matched effect or before/after change alike.
struct Line {
    std::string label;
    bool suppressed = false;
    ShownInterval effect;
    double naive = effects::not_available;
    std::int64_t n = 0;
    std::string counts;
};

struct Forest {
    std::vector<Line> groups;
    std::optional<Line> total;
    std::string unit;
    int decimals = 1;
    std::optional<int> naive_time;
    bool shares = false;  ///< how many of all adopters a group is belongs to its message
};

Line effect_line(const Evaluation& evaluation, const evaluation::EffectRow& row, const OutcomeScale& scale,
                 const ChartTexts& texts) {
    Line line;
    line.label = row.group.breakdown.empty() ? texts("chart_all") : row.group.label.in(texts.language());
    line.suppressed = row.group.suppressed;
    if (line.suppressed) return line;
    line.effect = shown_effect(row, scale);
    line.n = row.effect.n_treated;
    line.counts = count_label(row.effect.n_treated) + " / " + count_label(row.effect.n_control);
    const auto* naive = before_after_of(evaluation, row.outcome, row.group.breakdown, row.group.key);
    if (naive != nullptr) line.naive = shown_change(*naive, scale).value;
    return line;
}

Forest matched_forest(const Evaluation& evaluation, const design::Outcome& outcome, std::string_view breakdown,
                      const ChartTexts& texts) {
    const OutcomeScale scale = outcome_scale(outcome, texts.language());
    Forest forest;
    forest.unit = scale.change_unit;
    forest.decimals = scale.change_decimals;
    for (const auto* row : group_effects(evaluation, outcome.key, breakdown)) {
        forest.groups.push_back(effect_line(evaluation, *row, scale, texts));
    }
    if (const auto* row = total_effect(evaluation, outcome.key, std::nullopt)) {
        forest.total = effect_line(evaluation, *row, scale, texts);
    }
    if (const auto* naive = before_after_of(evaluation, outcome.key, {}, {})) forest.naive_time = naive->event_time;
    return forest;
}

Line change_line(const evaluation::BeforeAfterRow& row, const ChartTexts& texts) {
    Line line;
    line.label = row.group.breakdown.empty() ? texts("chart_all") : row.group.label.in(texts.language());
    line.suppressed = row.group.suppressed;
    if (line.suppressed) return line;
    const effects::Estimate& estimate = row.change.ratio_of_sums;
    line.effect = {estimate.estimate * 100, estimate.ci_low * 100, estimate.ci_high * 100};
    line.n = row.change.n;
    line.counts = count_label(row.change.n);
    return line;
}

Forest survey_forest(const Evaluation& evaluation, const design::ProcessKpi& kpi, std::string_view breakdown,
                     const ChartTexts& texts) {
    Forest forest;
    forest.unit = "%";
    for (const auto* row : group_changes(evaluation, kpi.key, breakdown)) {
        forest.groups.push_back(change_line(*row, texts));
    }
    if (const auto* row = before_after_of(evaluation, kpi.key, {}, {})) forest.total = change_line(*row, texts);
    return forest;
}

Mark interval_mark(const Line& line, double position) {
    Mark mark;
    mark.position = position;
    mark.suppressed = line.suppressed;
    if (line.suppressed) {
        mark.label = "X";
        return mark;
    }
    mark.value = line.effect.value;
    mark.low = line.effect.low;
    mark.high = line.effect.high;
    mark.n = line.n;
    return mark;
}

/// What to say of the test that the groups do not differ.
std::string heterogeneity_note(const Evaluation& evaluation, std::string_view outcome, std::string_view breakdown,
                               const ChartTexts& texts) {
    const auto* test = heterogeneity_of(evaluation, outcome, breakdown);
    if (test == nullptr || std::isnan(test->p_value)) return {};
    return texts("chart_forest_heterogeneity",
                 {{"q", fixed_text(test->q, 1)}, {"df", fixed_text(test->df, 0)}, {"p", p_label(test->p_value)}});
}

Panel forest_panel(const Forest& forest, const ChartTexts& texts, bool matched) {
    const Language language = texts.language();
    Panel panel;
    panel.key = "groups";
    panel.orientation = Orientation::horizontal;
    panel.position_axis.reversed = true;
    panel.position_axis.low = 0.4;
    panel.value_axis.unit = forest.unit;
    panel.value_axis.label = texts.with_unit(texts(matched ? "chart_effect_axis" : "chart_change_axis"), forest.unit);
    panel.value_axis.grid = true;
    panel.lines.push_back({true, 0, Dash::solid, {}});

    Series groups;
    groups.key = "groups";
    groups.label = texts(matched ? "chart_forest_groups" : "chart_forest_change");
    groups.role = Role::effect;
    groups.shape = Shape::square;
    groups.whiskers = true;
    Series total = groups;
    total.key = "total";
    total.label = texts("chart_forest_total");
    total.role = Role::total;
    total.shape = Shape::diamond;
    Series naive;
    naive.key = "naive";
    naive.label = texts("chart_forest_naive");
    naive.role = Role::naive;
    naive.shape = Shape::tick;

    panel.columns = {{texts("chart_estimate_column", {{"level", texts.confidence()}}), {}},
                     {texts(matched ? "chart_counts_column" : "chart_firms_column"), {}}};
    const bool shares = forest.shares && forest.total && !forest.total->suppressed && forest.total->n > 0;
    if (shares) panel.columns.push_back({texts("chart_share_column"), {}});
    std::int64_t largest = 1;
    for (const Line& line : forest.groups) largest = std::max(largest, line.n);
    const auto add = [&](const Line& line, double position, Series& series) {
        Mark mark = interval_mark(line, position);
        if (&series == &groups) mark.size = std::sqrt(static_cast<double>(line.n) / static_cast<double>(largest));
        if (std::isfinite(line.naive)) {
            Mark faint;
            faint.position = position;
            faint.value = line.naive;
            naive.marks.push_back(faint);
        }
        panel.position_axis.ticks.push_back({position, broken_label(line.label)});
        std::string estimate = "X";
        if (!line.suppressed) {
            estimate = value_label(line.effect.value, forest.unit, forest.decimals, language, true);
            const std::string interval = interval_label(line.effect.low, line.effect.high, forest.decimals, language);
            if (!interval.empty()) estimate += " (" + interval + ")";
        }
        panel.columns[0].cells.push_back({position, estimate});
        panel.columns[1].cells.push_back({position, line.suppressed ? "X" : line.counts});
        if (shares) {
            const double share = 100 * static_cast<double>(line.n) / static_cast<double>(forest.total->n);
            panel.columns[2].cells.push_back({position, line.suppressed ? "X" : value_label(share, "%", 1, language)});
        }
        series.marks.push_back(std::move(mark));
    };
    double position = 0;
    for (const Line& line : forest.groups) add(line, position += 1, groups);
    if (forest.total) add(*forest.total, position += 1, total);
    panel.position_axis.high = position + 0.6;
    panel.series = {std::move(naive), std::move(groups)};
    if (panel.series.front().marks.empty()) panel.series.erase(panel.series.begin());
    if (forest.total) panel.series.push_back(std::move(total));
    fit_value_axis(panel, {0, 0}, 5, language);
    return panel;
}

}  // namespace

Result<Chart> forest_chart(const Evaluation& evaluation, std::string_view outcome, std::string_view breakdown,
                           Language language) {
    const design::Outcome* yearly = find_outcome(evaluation, outcome);
    const design::ProcessKpi* kpi = find_process_kpi(evaluation, outcome);
    if (kpi == nullptr) {
        if (const auto known = require_outcome(evaluation, outcome); !known) return tl::unexpected(known.error());
    }
    const auto division = require_breakdown(evaluation, breakdown);
    if (!division) return tl::unexpected(division.error());
    const ChartTexts texts(evaluation, language);
    Chart chart = texts.frame(ChartKind::forest, "forest_" + std::string(outcome) + "_" + std::string(breakdown));
    const bool matched = yearly != nullptr;
    Forest forest = matched ? matched_forest(evaluation, *yearly, breakdown, texts)
                            : survey_forest(evaluation, *kpi, breakdown, texts);
    forest.shares = (*division)->variable == "level";
    if (forest.groups.empty()) return fail(ErrorKind::statistics, "chart_without_numbers", {{"chart", chart.key}});

    const std::string name = (matched ? yearly->label : kpi->label).in(language);
    chart.title = texts(matched ? "chart_forest_title" : "chart_forest_survey_title",
                        {{"breakdown", (*division)->label.in(language)}, {"outcome", name}});
    chart.subtitle = texts(matched ? "chart_forest_subtitle" : "chart_forest_survey_subtitle",
                           {{"last", integer_text(evaluation.specification.lags)}});
    chart.notes.push_back(texts("chart_interval_note", {{"level", texts.confidence()}}));
    const std::string heterogeneity = heterogeneity_note(evaluation, outcome, breakdown, texts);
    if (!heterogeneity.empty()) chart.notes.push_back(heterogeneity);
    if (forest.groups.size() > 1) {
        chart.notes.push_back(texts("chart_forest_multiplicity", {{"groups", std::to_string(forest.groups.size())}}));
    }
    if (matched) {
        chart.notes.push_back(forest.naive_time
                                  ? texts("chart_forest_naive_year", {{"year", integer_text(*forest.naive_time)}})
                                  : texts("chart_forest_naive_period"));
    }
    chart.panels = {forest_panel(forest, texts, matched)};
    texts.explain_suppression(chart);
    const auto& ticks = chart.panels.front().position_axis.ticks;
    const bool breaks = std::any_of(ticks.begin(), ticks.end(),
                                    [](const Tick& tick) { return tick.label.find('\n') != std::string::npos; });
    chart.height_mm = 66 + (breaks ? 11.0 : 8.0) * static_cast<double>(forest.groups.size() + 1);
    return chart;
}

}  // namespace twinfirm::charts
