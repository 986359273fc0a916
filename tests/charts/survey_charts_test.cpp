// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cmath>

#include "survey/sample_findings.h"
#include "twinfirm/charts/survey_estimate_chart.h"
#include "twinfirm/charts/survey_market_chart.h"
#include "twinfirm/charts/survey_stage_chart.h"
#include "twinfirm/charts/survey_supplier_chart.h"
#include "twinfirm/charts/survey_technology_chart.h"

namespace twinfirm::charts {
namespace {

void expect_everything_inside(const Chart& chart) {
    for (const Panel& panel : chart.panels) {
        for (const Series& series : panel.series) {
            double last = -1e9;
            for (const Mark& mark : series.marks) {
                EXPECT_GE(mark.position, last) << chart.key << ' ' << series.key;
                last = mark.position;
                EXPECT_GE(mark.position, panel.position_axis.low) << chart.key;
                EXPECT_LE(mark.position, panel.position_axis.high) << chart.key;
                for (const double value : {mark.value, mark.low, mark.high}) {
                    if (std::isnan(value)) continue;
                    EXPECT_GE(value, panel.value_axis.low) << chart.key << ' ' << series.key;
                    EXPECT_LE(value, panel.value_axis.high) << chart.key << ' ' << series.key;
                }
            }
        }
    }
}

TEST(SurveyCharts, EveryMarkLiesInsideItsAxesInBothLanguages) {
    const survey::SurveyFindings findings = survey::sample_findings();
    for (const Language language : {Language::korean, Language::english}) {
        std::vector<Result<Chart>> list;
        list.push_back(survey_estimate_chart(findings, "adoption", "size", {}, language));
        list.push_back(survey_estimate_chart(findings, "adoption", {}, {}, language));
        list.push_back(survey_stage_chart(findings, language));
        list.push_back(survey_stage_years_chart(findings, language));
        list.push_back(survey_technology_chart(findings, language));
        list.push_back(survey_technology_change_chart(findings, language));
        list.push_back(survey_market_chart(findings, language));
        list.push_back(survey_supplier_chart(findings, language));
        for (const auto& chart : list) {
            ASSERT_TRUE(chart) << chart.error().code;
            EXPECT_FALSE(chart->title.empty());
            EXPECT_FALSE(chart->source.empty());
            expect_everything_inside(*chart);
            // No text of the catalogue is missing.
            EXPECT_EQ(chart_to_json(*chart).find("chart_"), std::string::npos) << chart_to_json(*chart);
        }
    }
}

TEST(SurveyCharts, AGroupsIntervalIsItsEstimates) {
    const survey::SurveyFindings findings = survey::sample_findings();
    const auto chart = survey_estimate_chart(findings, "adoption", "size", {}, Language::english);
    ASSERT_TRUE(chart);
    const Panel& panel = chart->panels.front();
    std::size_t marks = 0;
    for (const Series& series : panel.series) {
        for (const Mark& mark : series.marks) {
            ++marks;
            // Groups in their order, all at the end.
            const auto& rows = findings.status->questions.front().rows;
            const auto place = static_cast<std::size_t>(mark.position);
            const survey::QuestionRow& row = rows.at(place == rows.size() ? 0 : place);
            EXPECT_NEAR(mark.value, 100 * row.estimate.value, 1e-12);
            EXPECT_NEAR(mark.low, 100 * row.interval.low, 1e-12);
            EXPECT_NEAR(mark.high, 100 * row.interval.high, 1e-12);
            EXPECT_EQ(*mark.n, row.estimate.n);
        }
    }
    EXPECT_EQ(marks, 4u);
}

TEST(SurveyCharts, AnEstimateOfLowReliabilityIsHollowAndSaysSo) {
    const auto chart = survey_estimate_chart(survey::sample_findings(), "adoption", "size", {}, Language::korean);
    ASSERT_TRUE(chart);
    const Panel& panel = chart->panels.front();
    ASSERT_EQ(panel.columns.size(), 3u);
    ASSERT_EQ(panel.columns[2].cells.size(), 1u);
    EXPECT_EQ(panel.columns[2].cells[0].label, "이용 주의");
    bool hollow = false;
    for (const Series& series : panel.series)
        hollow = hollow || (series.fill == Fill::hollow && series.marks.size() == 1);
    EXPECT_TRUE(hollow);
}

TEST(SurveyCharts, WhatIsNotThereIsAnError) {
    const survey::SurveyFindings nothing;
    EXPECT_EQ(survey_stage_chart(nothing, Language::korean).error().code, "chart_without_numbers");
    EXPECT_EQ(survey_technology_chart(nothing, Language::korean).error().code, "chart_without_numbers");
    EXPECT_EQ(survey_market_chart(nothing, Language::korean).error().code, "chart_without_numbers");
    EXPECT_EQ(survey_supplier_chart(nothing, Language::korean).error().code, "chart_without_numbers");
    EXPECT_EQ(survey_estimate_chart(nothing, "adoption", {}, {}, Language::korean).error().code,
              "chart_outcome_unknown");
}

TEST(SurveyCharts, WithheldSuppliersAreNotDrawn) {
    const auto chart = survey_supplier_chart(survey::sample_findings(), Language::english);
    ASSERT_TRUE(chart);
    EXPECT_EQ(chart->panels.front().position_axis.ticks.size(), 6u);
    for (const Tick& tick : chart->panels.front().position_axis.ticks) EXPECT_NE(tick.label, "lone");
}

}  // namespace
}  // namespace twinfirm::charts
