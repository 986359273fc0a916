// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/caliper.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "twinfirm/matching/common_support.h"

namespace twinfirm::matching {
namespace {

using design::CaliperSd;
using design::Discard;

const std::vector<double> score = {1, 2, 3, 6, 8, 100};
const std::vector<std::uint8_t> treated = {1, 1, 1, 0, 0, 0};
const std::vector<std::uint8_t> usable = {1, 1, 1, 1, 1, 0};

TEST(Caliper, StandardDeviationByEitherConvention) {
    // Variances: adopters 1, others 2, all five of them 8.5.
    EXPECT_NEAR(score_sd(score, treated, usable, CaliperSd::pooled), std::sqrt(1.5), 1e-15);
    EXPECT_NEAR(score_sd(score, treated, usable, CaliperSd::all), std::sqrt(8.5), 1e-15);
}

TEST(Caliper, OneUnitHasNoStandardDeviation) {
    const std::vector<std::uint8_t> one = {1, 0, 0, 1, 1, 0};
    EXPECT_TRUE(std::isnan(score_sd(score, treated, one, CaliperSd::pooled)));
    EXPECT_FALSE(std::isnan(score_sd(score, treated, one, CaliperSd::all)));
}

TEST(Caliper, InUnitsOfTheScoreOrOfTheStandardDeviation) {
    design::MatchingSettings settings;
    settings.caliper = 0.2;
    const auto scaled = resolve_caliper(score, treated, usable, settings);
    ASSERT_TRUE(scaled);
    EXPECT_NEAR(scaled->raw, 0.2 * std::sqrt(1.5), 1e-15);
    EXPECT_NEAR(scaled->sd, std::sqrt(1.5), 1e-15);
    settings.caliper_unit = design::CaliperUnit::raw;
    const auto raw = resolve_caliper(score, treated, usable, settings);
    ASSERT_TRUE(raw);
    EXPECT_EQ(raw->raw, 0.2);
    EXPECT_EQ(raw->sd, 0);
}

TEST(CommonSupport, EachRule) {
    const std::vector<double> values = {1, 3, 5, 2, 4, 6, -9};
    const std::vector<std::uint8_t> arm = {1, 1, 1, 0, 0, 0, 0};
    const std::vector<std::uint8_t> used = {1, 1, 1, 1, 1, 1, 0};
    using Flags = std::vector<std::uint8_t>;
    EXPECT_EQ(outside_common_support(values, arm, used, Discard::none), (Flags{0, 0, 0, 0, 0, 0, 0}));
    EXPECT_EQ(outside_common_support(values, arm, used, Discard::treated), (Flags{1, 0, 0, 0, 0, 0, 0}));
    EXPECT_EQ(outside_common_support(values, arm, used, Discard::control), (Flags{0, 0, 0, 0, 0, 1, 0}));
    EXPECT_EQ(outside_common_support(values, arm, used, Discard::both), (Flags{1, 0, 0, 0, 0, 1, 0}));
}

}  // namespace
}  // namespace twinfirm::matching
