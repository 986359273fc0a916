// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/chart_editing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <tuple>

#include "charts/sample_charts.h"
#include "twinfirm/charts/label_format.h"

namespace twinfirm::charts {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Chart sample_forest(Language language = Language::english) {
    return forest_chart(SampleEvaluation::make(), "sales", "size", language).value();
}

std::vector<std::string> codes_of(const Messages& messages) {
    std::vector<std::string> codes;
    for (const Message& message : messages) codes.push_back(message.code);
    return codes;
}

const Series& series_of(const Chart& chart, const std::string& key) {
    for (const Series& series : chart.panels.front().series) {
        if (series.key == key) return series;
    }
    throw std::out_of_range(key);
}

/// What stands beside a row: its name, its value with the interval, its texts.
using Row = std::tuple<std::string, double, double, double, std::string, std::string>;

std::vector<Row> rows_of(const Chart& chart) {
    const Panel& panel = chart.panels.front();
    const auto text_at = [](const std::vector<Tick>& ticks, double position) {
        for (const Tick& tick : ticks) {
            if (tick.position == position) return tick.label;
        }
        return std::string("none");
    };
    std::vector<Row> rows;
    for (const Mark& mark : series_of(chart, "groups").marks) {
        const auto shown = [](double value) { return std::isnan(value) ? -999.0 : value; };
        rows.emplace_back(text_at(panel.position_axis.ticks, mark.position), shown(mark.value), shown(mark.low),
                          shown(mark.high), text_at(panel.columns[0].cells, mark.position),
                          text_at(panel.columns[1].cells, mark.position));
    }
    return rows;
}

TEST(ChartEditing, NothingAskedChangesNothing) {
    for (const Language language : {Language::korean, Language::english}) {
        for (Chart chart : sample_charts(language)) {
            const std::string before = chart_to_json(chart);
            EXPECT_TRUE(edit_chart(design::ChartEdit{chart.key}, chart).empty());
            EXPECT_EQ(chart_to_json(chart), before);
        }
    }
}

TEST(ChartEditing, OrderMovesRowsWithEverythingThatStandsInThem) {
    Chart chart = sample_forest();
    const std::vector<Row> before = rows_of(chart);
    const double total_at = series_of(chart, "total").marks.front().position;
    design::ChartEdit edit{"forest_sales_size"};
    for (std::size_t i = before.size(); i > 0; --i) edit.order.push_back(static_cast<int>(i));
    EXPECT_TRUE(edit_chart(edit, chart).empty());
    std::vector<Row> after = rows_of(chart);
    std::reverse(after.begin(), after.end());
    EXPECT_EQ(after, before);
    EXPECT_EQ(series_of(chart, "total").marks.front().position, total_at);
    for (const Series& series : chart.panels.front().series) {
        EXPECT_TRUE(std::is_sorted(series.marks.begin(), series.marks.end(),
                                   [](const Mark& a, const Mark& b) { return a.position < b.position; }));
    }
}

TEST(ChartEditing, AnOrderThatDoesNotFitIsLeftOut) {
    for (const std::vector<int>& order : {std::vector<int>{1}, {1, 1, 2}, {0, 1, 2}}) {
        Chart chart = sample_forest();
        const std::string before = chart_to_json(chart);
        design::ChartEdit edit{chart.key};
        edit.order = order;
        EXPECT_THAT(codes_of(edit_chart(edit, chart)), ElementsAre("chart_edit_order"));
        EXPECT_EQ(chart_to_json(chart), before);
    }
    Chart years = event_study_chart(SampleEvaluation::make(), "sales", Language::english).value();
    design::ChartEdit edit{years.key};
    edit.order = {2, 1};
    EXPECT_THAT(codes_of(edit_chart(edit, years)), ElementsAre("chart_edit_order"));
}

TEST(ChartEditing, DecimalsAreThoseOfTheMarkRoundedAnew) {
    for (const Language language : {Language::korean, Language::english}) {
        Chart chart = sample_forest(language);
        design::ChartEdit edit{chart.key};
        edit.decimals = 3;
        EXPECT_TRUE(edit_chart(edit, chart).empty());
        const Panel& panel = chart.panels.front();
        std::size_t seen = 0;
        for (const Series& series : panel.series) {
            if (series.key == "naive") continue;
            for (const Mark& mark : series.marks) {
                for (const Tick& cell : panel.columns[0].cells) {
                    if (cell.position != mark.position || mark.suppressed) continue;
                    EXPECT_EQ(cell.label, value_label(mark.value, panel.value_axis.unit, 3, language, true) + " (" +
                                              interval_label(mark.low, mark.high, 3, language) + ")");
                    ++seen;
                }
            }
        }
        EXPECT_GE(seen, 3u);
    }
    Chart bars = before_after_chart(SampleEvaluation::make(), Language::english).value();
    design::ChartEdit edit{bars.key};
    edit.decimals = 2;
    edit_chart(edit, bars);
    for (const Series& series : bars.panels.front().series) {
        for (const Mark& mark : series.marks) EXPECT_EQ(mark.label, number_label(mark.value, 2, Language::english));
    }
}

TEST(ChartEditing, ARangeIsTakenAsItIsWhereItHoldsEverything) {
    Chart chart = sample_forest();
    design::ChartEdit edit{chart.key};
    edit.ranges = {{"groups", -500, 500}};
    EXPECT_TRUE(edit_chart(edit, chart).empty());
    const Axis& axis = chart.panels.front().value_axis;
    EXPECT_EQ(axis.low, -500);
    EXPECT_EQ(axis.high, 500);
    ASSERT_GE(axis.ticks.size(), 3u);
    EXPECT_GE(axis.ticks.front().position, -500);
    EXPECT_LE(axis.ticks.back().position, 500);
}

TEST(ChartEditing, ARangeNeverCutsAValueOff) {
    for (Chart chart : sample_charts(Language::english)) {
        design::ChartEdit edit{chart.key};
        edit.ranges = {{"", 1000000, 1000001}};
        EXPECT_FALSE(edit_chart(edit, chart).empty());
        for (const Panel& panel : chart.panels) {
            for (const Series& series : panel.series) {
                for (const Mark& mark : series.marks) {
                    for (const double value : {mark.value, mark.low, mark.high}) {
                        if (!std::isfinite(value)) continue;
                        EXPECT_GE(value, panel.value_axis.low) << chart.key;
                        EXPECT_LE(value, panel.value_axis.high) << chart.key;
                    }
                    // A bar that does not begin at 0 shows another ratio than there is.
                    if (series.shape == Shape::bar) {
                        EXPECT_LE(panel.value_axis.low, 0) << chart.key;
                    }
                }
            }
        }
    }
}

TEST(ChartEditing, NamesAreInTheLanguageOfTheChart) {
    Chart chart = sample_forest(Language::korean);
    design::ChartEdit edit{chart.key};
    edit.title = {"규모별 매출", "Sales by size"};
    edit.rows = {{2, {"둘째 구간", "second band"}}};
    edit.series = {{"groups", {"집단", "group"}}};
    edit.palette = "grey";
    EXPECT_TRUE(edit_chart(edit, chart).empty());
    EXPECT_EQ(chart.title, "규모별 매출");
    EXPECT_EQ(chart.panels.front().position_axis.ticks[1].label, "둘째 구간");
    EXPECT_EQ(series_of(chart, "groups").label, "집단");
    EXPECT_EQ(chart.palette, Palette::grey);
    EXPECT_THAT(chart_to_json(chart), HasSubstr("\"palette\": \"grey\""));
}

TEST(ChartEditing, WhatIsNotThereIsSaid) {
    Chart chart = sample_forest();
    design::ChartEdit edit{chart.key};
    edit.rows = {{99, {"", ""}}};
    edit.series = {{"nobody", {"", ""}}};
    edit.ranges = {{"nowhere", 0, 1}};
    edit.palette = "rainbow";
    edit.decimals = 7;
    EXPECT_THAT(codes_of(edit_chart(edit, chart)),
                ElementsAre("chart_edit_palette", "chart_edit_decimals", "chart_edit_series", "chart_edit_row",
                            "chart_edit_panel"));
}

TEST(ChartEditing, TheNumbersBehindAChartStayTheSame) {
    Chart chart = sample_forest();
    const ChartTable before = chart_table(chart);
    design::ChartEdit edit{chart.key};
    edit.decimals = 0;
    edit.ranges = {{"", -900, 900}};
    edit_chart(std::vector<design::ChartEdit>{design::ChartEdit{"another"}, edit}, chart);
    EXPECT_EQ(chart_table(chart).rows, before.rows);
}

}  // namespace
}  // namespace twinfirm::charts
