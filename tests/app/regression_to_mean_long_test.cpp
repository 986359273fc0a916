// SPDX-License-Identifier: GPL-3.0-or-later
// The made-up register without any effect: the smallest sales band of adopters still grows, as the published figure of
// 2019 did; its matched number does not, and the study says why.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "twinfirm/demo/demo_panel.h"
#include "twinfirm/evaluation/evaluate.h"

namespace twinfirm::app {
namespace {

constexpr std::uint64_t seeds = 20;

design::Specification banded_study(design::BandYear band_year) {
    design::Specification specification = design::preset("basic").value();
    specification.matching.caliper = 0.2;
    specification.roles.survey_table.clear();
    specification.process_kpis.clear();
    specification.sensitivity.enabled = false;
    std::erase_if(specification.outcomes, [](const design::Outcome& outcome) { return outcome.key != "sales"; });
    std::erase_if(specification.breakdowns,
                  [](const design::Breakdown& breakdown) { return breakdown.key != "sales_band"; });
    specification.breakdowns.front().within = true;
    specification.breakdowns.front().band_year = band_year;
    specification.breakdowns.front().edges = {0, 1e9, 5e9};
    specification.breakdowns.front().labels = {{"소", "small"}, {"중", "middle"}, {"대", "large"}};
    return specification;
}

evaluation::Evaluation study_without_effect(std::uint64_t seed, design::BandYear band_year) {
    demo::DemoOptions options;
    options.firms = 2000;
    options.seed = seed;
    options.effect_scale = 0;
    const auto made = demo::demo_panel(options);
    evaluation::StudyData data{made.value().panel, {}, {}, {}, {}, {}};
    return evaluation::evaluate(banded_study(band_year), data, 1).value();
}

bool warns(const evaluation::Evaluation& result) {
    return std::any_of(result.messages.begin(), result.messages.end(),
                       [](const Message& message) { return message.code == "study_regression_to_mean"; });
}

TEST(RegressionToTheMeanOfTheDemo, TheSmallestBandGrowsWithoutEffectAndItsMatchedNumberCoversZero) {
    int covered = 0;
    int shown = 0;
    double naive = 0;
    double everybody = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const evaluation::Evaluation result = study_without_effect(seed, design::BandYear::base);
        const auto& rows = result.groups.band_shifts;
        const auto lowest = std::find_if(rows.begin(), rows.end(), [](const evaluation::BandShiftRow& row) {
            return row.group.key == "0" && row.band_year == "base" && !row.group.suppressed;
        });
        if (lowest == rows.end()) continue;
        EXPECT_TRUE(warns(result)) << seed;
        ++shown;
        naive += lowest->mean_of_ratios.estimate;
        everybody += result.before_after.front().change.mean_of_ratios.estimate;
        covered += lowest->matched.effect.ci_low <= 0 && 0 <= lowest->matched.effect.ci_high ? 1 : 0;
    }
    ASSERT_GE(shown, 12);
    naive /= shown;
    everybody /= shown;
    std::cout << "mean naive growth of the smallest band " << naive << ", of all adopters " << everybody
              << ", matched intervals that hold 0: " << covered << " of " << shown << '\n';
    EXPECT_GT(naive, 2 * everybody);
    EXPECT_GT(naive, 0.05);
    EXPECT_GE(covered, shown - 3);
}

TEST(RegressionToTheMeanOfTheDemo, WithBandsOfTheYearBeforeNobodyIsWarned) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        EXPECT_FALSE(warns(study_without_effect(seed, design::BandYear::lagged))) << seed;
    }
}

}  // namespace
}  // namespace twinfirm::app
