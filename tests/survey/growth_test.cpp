// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/growth.h"

#include <gtest/gtest.h>

#include <cmath>

namespace twinfirm::survey {
namespace {

// 156.5 bn in 2024 to 346.8 bn in 2028: four intervals at 22.0 % a year.
TEST(Growth, EachUnknownOfTheMarketOutlook) {
    const auto rate = solve_growth({156.5, 346.8, 4, {}});
    ASSERT_TRUE(rate);
    EXPECT_NEAR(rate->rate, 0.220, 5e-4);
    EXPECT_EQ(rate->solved, "rate");
    const double g = rate->rate;
    EXPECT_NEAR(solve_growth({156.5, {}, 4, g})->last, 346.8, 1e-10);
    EXPECT_NEAR(solve_growth({{}, 346.8, 4, g})->first, 156.5, 1e-10);
    EXPECT_NEAR(solve_growth({156.5, 346.8, {}, g})->intervals, 4, 1e-12);
    EXPECT_NEAR(solve_growth({{}, 346.8, 4, 0.22})->first, 156.5, 0.05);
}

// 299 suppliers in 2016, 2,460 in 2024.
TEST(Growth, SuppliersInEightYears) {
    EXPECT_NEAR(solve_growth({299, 2460, 8, {}})->rate, 0.301, 5e-4);
}

TEST(Growth, ThePathLeadsFromTheFirstToTheLast) {
    const auto growth = solve_growth({100, {}, 3, 0.1});
    ASSERT_TRUE(growth);
    ASSERT_EQ(growth->path.size(), 4U);
    EXPECT_EQ(growth->path.front().value, 100);
    EXPECT_NEAR(growth->path[1].value, 110, 1e-12);
    EXPECT_NEAR(growth->path[2].value, 121, 1e-12);
    EXPECT_EQ(growth->path.back().value, growth->last);
    const auto half = solve_growth({100, {}, 1.5, 0.1});
    ASSERT_EQ(half->path.size(), 3U);
    EXPECT_EQ(half->path.back().interval, 1.5);
    EXPECT_LT(solve_growth({100, 50, 2, {}})->rate, 0);
}

TEST(Growth, WhatCannotBeSolvedIsNamed) {
    const auto code = [](const GrowthQuestion& question) { return solve_growth(question).error().code; };
    EXPECT_EQ(code({1, 2, 3, 0.1}), "growth_unknowns");
    EXPECT_EQ(code({1, 2, {}, {}}), "growth_unknowns");
    EXPECT_EQ(code({0, 2, 3, {}}), "growth_value");
    EXPECT_EQ(code({1, -2, 3, {}}), "growth_value");
    EXPECT_EQ(code({1, 2, 0, {}}), "growth_value");
    EXPECT_EQ(code({1, std::nan(""), 3, {}}), "growth_value");
    EXPECT_EQ(code({1, {}, 3, -1}), "growth_value");
    EXPECT_EQ(code({1, 2, {}, -0.1}), "growth_unreachable");
    EXPECT_EQ(code({1, 2, {}, 0}), "growth_unreachable");
    EXPECT_EQ(code({1, {}, 201, 0.01}), "growth_too_long");
}

TEST(Growth, SourcesStandSideBySide) {
    const double none = std::nan("");
    const auto compared = compare_sources({{"B", "스마트제조", 2028, 346.8, 1263, 0.22},
                                           {"A", "스마트제조", 2028, 438000, 1, none},
                                           {"A", "스마트제조", 2024, 156.5, 1263, none}});
    ASSERT_TRUE(compared);
    ASSERT_EQ(compared->size(), 2U);
    EXPECT_EQ((*compared)[0].year, 2024);
    EXPECT_EQ((*compared)[0].disagreement, 0);
    EXPECT_TRUE(std::isnan((*compared)[0].rate_low));
    const MarketComparison& later = (*compared)[1];
    EXPECT_EQ(later.figures, (std::vector<std::size_t>{1, 0}));
    EXPECT_NEAR(later.disagreement, 438008.4 / 438000 - 1, 1e-12);
    EXPECT_EQ(later.rate_low, 0.22);
    EXPECT_EQ(later.rate_high, 0.22);
    EXPECT_EQ(compare_sources({{"A", "m", 2028, 0, 1, none}}).error().code, "growth_value");
}

}  // namespace
}  // namespace twinfirm::survey
