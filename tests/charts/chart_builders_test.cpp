// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "charts/sample_charts.h"
#include "twinfirm/charts/band_shift_chart.h"
#include "twinfirm/charts/effect_rows.h"
#include "twinfirm/charts/ranking_chart.h"

namespace twinfirm::charts {
namespace {

using testing::Contains;
using testing::HasSubstr;

const Series& series_of(const Panel& panel, std::string_view key) {
    for (const Series& series : panel.series) {
        if (series.key == key) return series;
    }
    ADD_FAILURE() << "no series " << key;
    return panel.series.front();
}

void expect_inside(double value, const Axis& axis, const std::string& where) {
    if (std::isnan(value)) return;
    EXPECT_GE(value, axis.low) << where;
    EXPECT_LE(value, axis.high) << where;
}

TEST(Charts, RangesHoldEveryMarkIntervalAndLine) {
    for (const Language language : {Language::korean, Language::english}) {
        for (const Chart& chart : sample_charts(language)) {
            EXPECT_FALSE(chart.title.empty());
            EXPECT_FALSE(chart.source.empty());
            EXPECT_FALSE(chart.notes.empty());
            for (const Panel& panel : chart.panels) {
                const std::string where = chart.key + "/" + panel.key;
                for (const Series& series : panel.series) {
                    double position = -1e300;
                    for (const Mark& mark : series.marks) {
                        EXPECT_GT(mark.position, position) << where << ": marks out of order";
                        position = mark.position;
                        expect_inside(mark.position, panel.position_axis, where);
                        expect_inside(mark.value, panel.value_axis, where);
                        expect_inside(mark.low, panel.value_axis, where);
                        expect_inside(mark.high, panel.value_axis, where);
                        EXPECT_FALSE(mark.low > mark.value || mark.high < mark.value) << where;
                        if (mark.suppressed) {
                            EXPECT_TRUE(std::isnan(mark.value) && std::isnan(mark.low) && !mark.n) << where;
                        }
                    }
                }
                for (const ReferenceLine& line : panel.lines) {
                    expect_inside(line.at, line.on_value_axis ? panel.value_axis : panel.position_axis, where);
                }
            }
        }
    }
}

TEST(Charts, NoTextIsMissingInTheCatalogue) {
    for (const Language language : {Language::korean, Language::english}) {
        for (const Chart& chart : sample_charts(language)) {
            const std::string json = chart_to_json(chart);
            EXPECT_EQ(json.find("\"chart_"), std::string::npos) << chart.key;
            for (const std::string& note : chart.notes) EXPECT_EQ(note.find('{'), std::string::npos) << note;
        }
    }
}

TEST(OverlapChart, CountsEveryFirmOnce) {
    const auto evaluation = SampleEvaluation::make();
    const Chart chart = overlap_chart(evaluation, Language::korean).value();
    double drawn = 0;
    double counted = 0;
    for (const Panel& panel : chart.panels) {
        for (const Series& series : panel.series) {
            for (const Mark& mark : series.marks) drawn += mark.value;
        }
    }
    for (const auto& bin : evaluation.overlap) {
        counted += static_cast<double>(bin.treated_matched + bin.treated_unmatched + bin.control_matched +
                                       bin.control_unmatched);
    }
    EXPECT_NEAR(drawn, counted, 0);
    // Adopters up, matched non-adopters down, on one scale.
    EXPECT_FALSE(chart.panels[0].value_axis.reversed);
    EXPECT_TRUE(chart.panels[1].value_axis.reversed);
    EXPECT_NEAR(chart.panels[0].value_axis.high, chart.panels[1].value_axis.high, 0);
    EXPECT_THAT(chart.notes[1], HasSubstr("0.2"));
}

TEST(LovePlot, SortsByTheBalanceBeforeAndCountsTheLimit) {
    const auto evaluation = SampleEvaluation::make();
    const Chart chart = love_plot(evaluation, Language::korean).value();
    const Series& before = series_of(chart.panels[0], "before");
    for (std::size_t i = 1; i < before.marks.size(); ++i) EXPECT_GE(before.marks[i - 1].value, before.marks[i].value);
    // 11 of 13 covariates before, log(sales) alone after; the score is drawn, not counted.
    EXPECT_THAT(chart.subtitle, HasSubstr("11개"));
    EXPECT_THAT(chart.subtitle, HasSubstr("1개"));
    EXPECT_THAT(chart.subtitle, HasSubstr("13개"));
    EXPECT_EQ(before.fill, Fill::hollow);
    EXPECT_EQ(chart.panels[0].position_axis.ticks[2].label, "매출액(로그)");
}

TEST(LovePlot, DrawsTheFortyMostUnbalancedRows) {
    auto evaluation = SampleEvaluation::make();
    const auto rows = evaluation.balance;
    while (evaluation.balance.size() < 60) {
        evaluation.balance.insert(evaluation.balance.end(), rows.begin(), rows.end());
    }
    const Chart chart = love_plot(evaluation, Language::english).value();
    EXPECT_EQ(chart.panels[0].position_axis.ticks.size(), 40U);
    EXPECT_THAT(chart.notes, Contains(HasSubstr(std::to_string(evaluation.balance.size() - 40))));
}

TEST(ForestChart, ShowsEachEffectWithItsInterval) {
    const auto evaluation = SampleEvaluation::make();
    const Chart chart = forest_chart(evaluation, "sales", "size", Language::korean).value();
    const auto rows = group_effects(evaluation, "sales", "size");
    const Series& groups = series_of(chart.panels[0], "groups");
    ASSERT_EQ(groups.marks.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(chart.panels[0].position_axis.ticks[i].label, rows[i]->group.label.ko);
        if (rows[i]->group.suppressed) {
            EXPECT_TRUE(groups.marks[i].suppressed);
            EXPECT_EQ(chart.panels[0].columns[0].cells[i].label, "X");
            EXPECT_EQ(chart.panels[0].columns[1].cells[i].label, "X");
            continue;
        }
        EXPECT_NEAR(groups.marks[i].value, rows[i]->percent * 100, 1e-12);
        EXPECT_NEAR(groups.marks[i].low, rows[i]->percent_low * 100, 1e-12);
        EXPECT_NEAR(groups.marks[i].high, rows[i]->percent_high * 100, 1e-12);
        EXPECT_NEAR(groups.marks[i].size, std::sqrt(static_cast<double>(rows[i]->effect.n_treated) / 2036), 1e-12);
    }
    EXPECT_EQ(series_of(chart.panels[0], "total").shape, Shape::diamond);
    EXPECT_THAT(chart.notes, Contains(HasSubstr("p값 0.048")));
}

TEST(ForestChart, NeverTellsAnythingOfASuppressedGroup) {
    const Chart chart = forest_chart(SampleEvaluation::make(), "sales", "size", Language::korean).value();
    for (const Series& series : chart.panels[0].series) {
        for (const Mark& mark : series.marks) {
            EXPECT_EQ(mark.suppressed, mark.position == 5) << series.key;
        }
    }
}

evaluation::RankRow rank_row(std::string key, double shrunken, double rank) {
    evaluation::RankRow row;
    row.outcome = "sales";
    row.group = {"size", key, {key, key}};
    row.estimate = shrunken * 1.2;
    row.shrunken = shrunken;
    row.shrunken_low = shrunken - 0.01;
    row.shrunken_high = shrunken + 0.01;
    row.rank = rank;
    row.rank_low = rank;
    row.rank_high = rank + 1;
    row.top_share = 1 / rank;
    return row;
}

TEST(RankingChart, BestFirstAndLaterPlacesFaint) {
    evaluation::Evaluation evaluation = SampleEvaluation::make();
    evaluation.specification.groups.top = 2;
    evaluation.groups.ranking = {rank_row("a", 0.01, 3), rank_row("b", 0.05, 1), rank_row("c", 0.03, 2),
                                 rank_row("d", 0.0, 4), rank_row("e", -0.01, 5)};
    const Chart chart = ranking_chart(evaluation, "sales", "size", Language::english).value();
    const Panel& panel = chart.panels.at(0);
    ASSERT_EQ(panel.position_axis.ticks.size(), 4U);  // twice the places asked about
    EXPECT_EQ(panel.position_axis.ticks[0].label, "b");
    EXPECT_EQ(panel.position_axis.ticks[3].label, "d");
    ASSERT_EQ(panel.series.size(), 2U);
    EXPECT_EQ(panel.series[0].role, Role::naive);
    EXPECT_EQ(panel.series[1].role, Role::effect);
    ASSERT_EQ(panel.series[1].marks.size(), 2U);
    EXPECT_NEAR(panel.series[1].marks[0].value, 100 * std::expm1(0.05), 1e-12);
    EXPECT_NEAR(panel.series[1].marks[0].high, 100 * std::expm1(0.06), 1e-12);
    EXPECT_EQ(panel.columns.at(3).cells.at(1).label, "50%");
    EXPECT_EQ(ranking_chart(evaluation, "sales", "level", Language::english).error().code, "chart_without_numbers");
    EXPECT_EQ(ranking_chart(evaluation, "none", "size", Language::english).error().code, "chart_outcome_unknown");
}

TEST(BandShiftChart, ThreeBandYearsAndTheMatchedEffectInEveryBand) {
    evaluation::Evaluation evaluation = SampleEvaluation::make();
    double growth = 0.30;
    for (const char* year : {"base", "lagged", "averaged"}) {
        evaluation::BandShiftRow row;
        row.outcome = "sales";
        row.group = {"size", "0", {"작은", "small"}};
        row.band_year = year;
        row.n = 40;
        row.mean_of_ratios.estimate = growth;
        row.mean_of_ratios.ci_low = growth - 0.1;
        row.mean_of_ratios.ci_high = growth + 0.1;
        row.matched = {{}, 0.02, -0.01, 0.05};
        row.matched.effect.n_treated = 38;
        evaluation.groups.band_shifts.push_back(row);
        row.group = {"size", "1", {"큰", "large"}};
        row.group.suppressed = true;
        evaluation.groups.band_shifts.push_back(row);
        growth -= 0.1;
    }
    const Chart chart = band_shift_chart(evaluation, "sales", "size", Language::english).value();
    const Panel& panel = chart.panels.at(0);
    ASSERT_EQ(panel.series.size(), 4U);
    EXPECT_NEAR(panel.series[0].marks.at(0).value, 30, 1e-9);
    EXPECT_NEAR(panel.series[1].marks.at(0).value, 20, 1e-9);
    EXPECT_NEAR(panel.series[2].marks.at(0).low, 0, 1e-9);
    EXPECT_NEAR(panel.series[3].marks.at(0).value, 2, 1e-9);
    EXPECT_EQ(panel.series[3].marks.at(0).n, 38);
    // Of the hidden band an X, and nothing else.
    ASSERT_EQ(panel.series[0].marks.size(), 1U);
    EXPECT_TRUE(panel.series[3].marks.at(1).suppressed);
    for (const TextColumn& column : panel.columns) EXPECT_EQ(column.cells.at(1).label, "X");
    EXPECT_EQ(band_shift_chart(evaluation, "accident_rate", "size", Language::english).error().code,
              "chart_without_numbers");
}

TEST(EventStudyChart, SetsTheBaseYearToZeroAndHundred) {
    const auto evaluation = SampleEvaluation::make();
    const Chart chart = event_study_chart(evaluation, "sales", Language::korean).value();
    const Series& base = series_of(chart.panels[1], "base_year");
    ASSERT_EQ(base.marks.size(), 1U);
    EXPECT_EQ(base.fill, Fill::hollow);
    EXPECT_NEAR(base.marks[0].value, 0, 0);
    for (const char* key : {"adopter", "non_adopter"}) {
        for (const Mark& mark : series_of(chart.panels[0], key).marks) {
            if (mark.position == -1) {
                EXPECT_NEAR(mark.value, 100, 0);
            }
        }
    }
    // The ratio of the two indices is the effect of the year.
    const auto* row = total_effect(evaluation, "sales", 3);
    const double adopters = series_of(chart.panels[0], "adopter").marks.back().value;
    const double controls = series_of(chart.panels[0], "non_adopter").marks.back().value;
    EXPECT_NEAR(adopters / controls - 1, row->percent, 1e-9);
    EXPECT_EQ(chart.panels[1].position_axis.ticks.back().label, "+3\nn=3,802");
}

TEST(BeforeAfterChart, KeepsUnitsApart) {
    const Chart chart = before_after_chart(SampleEvaluation::make(), Language::korean).value();
    ASSERT_EQ(chart.panels.size(), 4U);
    EXPECT_EQ(chart.panels[0].value_axis.unit, "억원");
    EXPECT_EQ(chart.panels[1].value_axis.unit, "명");
    EXPECT_EQ(chart.panels[2].value_axis.unit, "%");
    for (const Panel& panel : chart.panels) EXPECT_NEAR(panel.value_axis.low, 0, 0);
    EXPECT_EQ(series_of(chart.panels[0], "adopter_before").marks[0].label, "119.7");
    EXPECT_THAT(chart.panels[2].note, HasSubstr("%p"));
}

TEST(Charts, AskForWhatIsThere) {
    const auto evaluation = SampleEvaluation::make();
    const evaluation::Evaluation empty;
    EXPECT_EQ(forest_chart(evaluation, "nothing", "size", Language::korean).error().code, "chart_outcome_unknown");
    EXPECT_EQ(forest_chart(evaluation, "sales", "nothing", Language::korean).error().code, "chart_breakdown_unknown");
    EXPECT_EQ(forest_chart(evaluation, "sales", "industry", Language::korean).error().code, "chart_without_numbers");
    EXPECT_EQ(event_study_chart(evaluation, "nothing", Language::korean).error().code, "chart_outcome_unknown");
    EXPECT_EQ(overlap_chart(empty, Language::korean).error().code, "chart_without_numbers");
    EXPECT_EQ(love_plot(empty, Language::korean).error().code, "chart_without_numbers");
    EXPECT_EQ(before_after_chart(empty, Language::korean).error().code, "chart_without_numbers");
    EXPECT_EQ(process_change_chart(empty, Language::korean).error().code, "chart_without_numbers");
    EXPECT_EQ(flow_chart(empty, Language::korean).error().code, "chart_without_numbers");
}

TEST(ChartTable, HasOneRowAMark) {
    const Chart chart = forest_chart(SampleEvaluation::make(), "sales", "size", Language::korean).value();
    const ChartTable table = chart_table(chart);
    std::size_t marks = 0;
    for (const Series& series : chart.panels[0].series) marks += series.marks.size();
    EXPECT_EQ(table.rows.size(), marks);
    EXPECT_THAT(table.rows, Contains(Contains("300인 이상")));
    EXPECT_THAT(table.rows, Contains(Contains("X")));
    for (const auto& row : table.rows) EXPECT_EQ(row.size(), table.columns.size());
}

}  // namespace
}  // namespace twinfirm::charts
