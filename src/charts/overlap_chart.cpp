// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/overlap_chart.h"

#include <algorithm>
#include <cstdint>

#include "chart_texts.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/axis_scale.h"
#include "twinfirm/charts/label_format.h"

namespace twinfirm::charts {
namespace {

using evaluation::Evaluation;
using evaluation::OverlapBin;

Series bars(const Evaluation& evaluation, std::int64_t OverlapBin::*count, const char* key, Role role, Fill fill) {
    Series series;
    series.key = key;
    series.role = role;
    series.shape = Shape::bar;
    series.fill = fill;
    series.bar_width = evaluation.overlap.front().high - evaluation.overlap.front().low;
    for (const OverlapBin& bin : evaluation.overlap) {
        Mark mark;
        mark.position = (bin.low + bin.high) / 2;
        mark.suppressed = bin.*count == evaluation::hidden_count;
        if (!mark.suppressed) {
            mark.value = static_cast<double>(bin.*count);
            mark.n = bin.*count;
        }
        series.marks.push_back(mark);
    }
    return series;
}

/// Of two counts; hidden if one is.
std::int64_t sum(std::int64_t a, std::int64_t b) {
    return a == evaluation::hidden_count || b == evaluation::hidden_count ? evaluation::hidden_count : a + b;
}

/// The range of scores where both arms have firms, to the width of a bin.
std::vector<ReferenceLine> support_limits(const Evaluation& evaluation) {
    const auto has_both = [](const OverlapBin& bin) {
        const bool treated = bin.treated_matched != 0 || bin.treated_unmatched != 0;
        return treated && (bin.control_matched != 0 || bin.control_unmatched != 0);
    };
    const auto first = std::find_if(evaluation.overlap.begin(), evaluation.overlap.end(), has_both);
    const auto last = std::find_if(evaluation.overlap.rbegin(), evaluation.overlap.rend(), has_both);
    if (first == evaluation.overlap.end()) return {};
    return {{false, first->low, Dash::dotted, {}}, {false, last->high, Dash::dotted, {}}};
}

std::string caliper_note(const Evaluation& evaluation, const ChartTexts& texts) {
    const auto& matching = evaluation.specification.matching;
    if (!matching.caliper) return texts("chart_overlap_no_caliper");
    double narrowest = 0;
    double widest = 0;
    for (const evaluation::Cohort& cohort : evaluation.cohorts) {
        narrowest = narrowest == 0 ? cohort.caliper_raw : std::min(narrowest, cohort.caliper_raw);
        widest = std::max(widest, cohort.caliper_raw);
    }
    const std::string low = fixed_text(narrowest, 3);
    const std::string high = fixed_text(widest, 3);
    const std::string width = low == high ? low : interval_label(narrowest, widest, 3, texts.language());
    return texts(
        matching.caliper_unit == design::CaliperUnit::sd ? "chart_overlap_caliper_sd" : "chart_overlap_caliper_raw",
        {{"caliper", shortest_text(*matching.caliper)}, {"width", width}});
}

Panel strip(const Evaluation& evaluation, const char* key, int row, std::string axis_label, double highest,
            const ChartTexts& texts) {
    Panel panel;
    panel.key = key;
    panel.row = row;
    panel.joins_above = row == 1;
    panel.position_axis.low = evaluation.overlap.front().low;
    panel.position_axis.high = evaluation.overlap.back().high;
    panel.position_axis.tick_labels = false;
    panel.value_axis.label = std::move(axis_label);
    panel.value_axis.unit = texts("chart_unit_firms");
    panel.value_axis.reversed = row > 0;
    panel.value_axis.grid = true;
    fit_linear_axis(panel.value_axis, 0, highest, 3, texts.language());
    if (row == 1) panel.value_axis.ticks.erase(panel.value_axis.ticks.begin());  // the zero of the panel above
    panel.lines = support_limits(evaluation);
    return panel;
}

}  // namespace

Result<Chart> overlap_chart(const Evaluation& evaluation, Language language) {
    if (evaluation.overlap.empty()) return fail(ErrorKind::statistics, "chart_without_numbers", {{"chart", "overlap"}});
    const ChartTexts texts(evaluation, language);
    Chart chart = texts.frame(ChartKind::overlap, "overlap");

    std::int64_t tallest_mirrored = 1;
    std::int64_t tallest_discarded = 1;
    for (const OverlapBin& bin : evaluation.overlap) {
        tallest_mirrored =
            std::max({tallest_mirrored, bin.treated_matched + bin.treated_unmatched, bin.control_matched});
        tallest_discarded = std::max(tallest_discarded, bin.control_unmatched);
    }
    const auto named = [&](Series series, const char* code, std::int64_t OverlapBin::*count) {
        series.label = texts(code) + " " + n_label(evaluation.overlap_total.*count);
        return series;
    };

    const auto mirrored = static_cast<double>(tallest_mirrored);
    Panel adopters = strip(evaluation, "adopters", 0, texts("chart_overlap_adopters_axis"), mirrored, texts);
    adopters.stretch = 1.1;
    adopters.series.push_back(
        named(bars(evaluation, &OverlapBin::treated_matched, "adopter_matched", Role::adopter, Fill::solid),
              "chart_overlap_adopter_matched", &OverlapBin::treated_matched));
    adopters.series.push_back(
        named(bars(evaluation, &OverlapBin::treated_unmatched, "adopter_discarded", Role::adopter, Fill::hatched),
              "chart_overlap_adopter_discarded", &OverlapBin::treated_unmatched));
    adopters.series.back().stacked = true;

    Panel matched = strip(evaluation, "non_adopters_matched", 1, texts("chart_overlap_matched_axis"), mirrored, texts);
    matched.stretch = 1.1;
    matched.series.push_back(
        named(bars(evaluation, &OverlapBin::control_matched, "non_adopter_matched", Role::non_adopter, Fill::solid),
              "chart_overlap_non_adopter_matched", &OverlapBin::control_matched));

    Panel discarded = strip(evaluation, "non_adopters_discarded", 2, texts("chart_overlap_discarded_axis"),
                            static_cast<double>(tallest_discarded), texts);
    discarded.series.push_back(named(
        bars(evaluation, &OverlapBin::control_unmatched, "non_adopter_discarded", Role::non_adopter, Fill::hatched),
        "chart_overlap_non_adopter_discarded", &OverlapBin::control_unmatched));
    discarded.position_axis.label =
        texts(evaluation.overlap_axis == "probability" ? "chart_score_probability" : "chart_score_linear_predictor");
    Axis ticks;
    // A score is a coordinate: minus signs, not the triangles of changes.
    fit_linear_axis(ticks, discarded.position_axis.low, discarded.position_axis.high, 8, Language::english);
    for (const Tick& tick : ticks.ticks) {
        if (tick.position >= discarded.position_axis.low && tick.position <= discarded.position_axis.high) {
            discarded.position_axis.ticks.push_back(tick);
        }
    }
    adopters.position_axis.ticks = matched.position_axis.ticks = discarded.position_axis.ticks;
    discarded.position_axis.tick_labels = true;

    const std::int64_t kept = evaluation.overlap_total.treated_matched;
    const std::int64_t all = sum(kept, evaluation.overlap_total.treated_unmatched);
    const bool known = kept != evaluation::hidden_count && all != evaluation::hidden_count;
    const double share = all == 0 ? 0 : 100.0 * static_cast<double>(kept) / static_cast<double>(all);
    chart.title = texts("chart_overlap_title");
    chart.subtitle = texts(
        "chart_overlap_subtitle",
        {{"all", count_label(all)}, {"matched", count_label(kept)}, {"share", known ? fixed_text(share, 1) : "X"}});
    chart.notes = {texts("chart_overlap_scales"), caliper_note(evaluation, texts), texts("chart_overlap_counting")};
    chart.panels = {std::move(adopters), std::move(matched), std::move(discarded)};
    const auto left_out = [](const Series& series) {
        return std::any_of(series.marks.begin(), series.marks.end(), [](const Mark& mark) { return mark.suppressed; });
    };
    if (std::any_of(chart.panels.begin(), chart.panels.end(), [&](const Panel& panel) {
            return std::any_of(panel.series.begin(), panel.series.end(), left_out);
        })) {
        chart.notes.push_back(
            texts("chart_note_bars_left_out", {{"minimum", integer_text(evaluation.specification.minimum_cell)}}));
    }
    chart.height_mm = 140;
    return chart;
}

}  // namespace twinfirm::charts
