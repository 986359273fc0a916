// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/render/chart_renderer.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "charts/sample_evaluation.h"
#include "twinfirm/charts/before_after_chart.h"
#include "twinfirm/charts/event_study_chart.h"
#include "twinfirm/charts/flow_chart.h"
#include "twinfirm/charts/forest_chart.h"
#include "twinfirm/charts/love_plot.h"
#include "twinfirm/charts/overlap_chart.h"

namespace twinfirm::render {
namespace {

std::vector<charts::Chart> all_charts(Language language) {
    const auto evaluation = charts::SampleEvaluation::make();
    std::vector<charts::Chart> result;
    const auto add = [&](Result<charts::Chart> chart) {
        ASSERT_TRUE(chart) << chart.error().code;
        result.push_back(std::move(*chart));
    };
    add(charts::overlap_chart(evaluation, language));
    add(charts::love_plot(evaluation, language));
    add(charts::before_after_chart(evaluation, language));
    add(charts::process_change_chart(evaluation, language));
    add(charts::flow_chart(evaluation, language));
    for (const char* outcome : {"sales", "profit_rate"}) {
        add(charts::event_study_chart(evaluation, outcome, language));
        add(charts::forest_chart(evaluation, outcome, "size", language));
    }
    add(charts::forest_chart(evaluation, "accident_rate", "level", language));
    add(charts::forest_chart(evaluation, "quality", "size", language));
    return result;
}

TEST(ChartRenderer, DrawsEachChart) {
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / "look";
    std::filesystem::create_directories(folder);
    for (const Language language : {Language::korean, Language::english}) {
        for (const charts::Chart& chart : all_charts(language)) {
            const std::string name = std::string(language_tag(language)) + "_" + chart.key;
            EXPECT_TRUE(render_png(chart, folder / (name + ".png"), 130));
            EXPECT_TRUE(render_svg(chart, folder / (name + ".svg")));
            EXPECT_TRUE(render_pdf(chart, folder / (name + ".pdf")));
        }
    }
}

}  // namespace
}  // namespace twinfirm::render
