// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/kernel_matching.h"

#include <gtest/gtest.h>

#include <vector>

namespace twinfirm::matching {
namespace {

design::MatchingSettings kernel(double bandwidth) {
    design::MatchingSettings settings;
    settings.method = design::MatchMethod::kernel;
    settings.bandwidth = bandwidth;
    return settings;
}

/// Adopters at 0 and 10; others at -0.5, 0.5 and 1: the first adopter gives 3/8, 3/8 and nothing at u = 1; the second
/// finds nobody.
TEST(KernelMatching, SharesFollowTheKernel) {
    const std::vector<double> score{0, 10, -0.5, 0.25, 1};
    const std::vector<std::uint8_t> treated{1, 1, 0, 0, 0};
    const auto sample = kernel_matching({score, treated, {}, {}, {}}, kernel(1));
    ASSERT_TRUE(sample);
    EXPECT_EQ(sample->reason[1], Reason::outside_caliper);
    EXPECT_EQ(sample->reason[4], Reason::outside_caliper);
    EXPECT_EQ(sample->weight[0], 1);
    // 1 - 1/4 and 1 - 1/16, scaled to mean 1.
    EXPECT_NEAR(sample->weight[2], 2 * 0.75 / (0.75 + 0.9375), 1e-15);
    EXPECT_NEAR(sample->weight[3], 2 * 0.9375 / (0.75 + 0.9375), 1e-15);
    EXPECT_EQ(sample->verification.nearest_checked, 3) << "every unit with a weight";
    EXPECT_EQ(sample->verification.violations(), 0);
}

TEST(KernelMatching, AUniformKernelIsTheMeanOfAllWithinTheBandwidth) {
    const std::vector<double> score{0, 4, -0.5, 0.5, 3.5};
    const std::vector<std::uint8_t> treated{1, 1, 0, 0, 0};
    design::MatchingSettings settings = kernel(1);
    settings.kernel = design::Kernel::uniform;
    const auto sample = kernel_matching({score, treated, {}, {}, {}}, settings);
    ASSERT_TRUE(sample);
    // Shares 1/2, 1/2 and 1, whose mean is 2/3.
    EXPECT_NEAR(sample->weight[2], 0.75, 1e-15);
    EXPECT_NEAR(sample->weight[4], 1.5, 1e-15);
}

TEST(KernelMatching, TheBandwidthOfTheDataIsThatOfPairMatching) {
    // Distances to the nearest: 1, 2 and 0, which does not count; the 90 % quantile of 1 and 2 is 1.9.
    const std::vector<double> score{0, 10, 20, -1, 12, 20};
    const std::vector<std::uint8_t> treated{1, 1, 1, 0, 0, 0};
    design::MatchingSettings settings = kernel(1);
    settings.bandwidth.reset();
    const auto sample = kernel_matching({score, treated, {}, {}, {}}, settings);
    ASSERT_TRUE(sample);
    EXPECT_NEAR(sample->bandwidth, 1.5 * 1.9, 1e-14);
    const std::vector<double> tied{0, 0};
    const auto undefined = kernel_matching({tied, std::vector<std::uint8_t>{1, 0}, {}, {}, {}}, settings);
    EXPECT_EQ(undefined.error().code, "bandwidth_undefined");
}

TEST(KernelMatching, AdoptersWithoutAnybodyNearAreToldOf) {
    std::vector<double> score{0, 1, 2, 3, 100, 0.1, 1.1, 2.1, 3.1};
    const std::vector<std::uint8_t> treated{1, 1, 1, 1, 1, 0, 0, 0, 0};
    const auto sample = kernel_matching({score, treated, {}, {}, {}}, kernel(0.5));
    ASSERT_TRUE(sample);
    ASSERT_EQ(sample->messages.size(), 1);
    EXPECT_EQ(sample->messages[0].code, "caliper_drops_many");
    EXPECT_EQ(sample->messages[0].arguments.at("count"), "1");
    EXPECT_EQ(sample->messages[0].arguments.at("total"), "5");
    EXPECT_EQ(sample->messages[0].arguments.at("percent"), "20.0");
    EXPECT_EQ(sample->messages[0].arguments.at("outside"), "1");
    score[4] = 3.2;
    const auto all = kernel_matching({score, treated, {}, {}, {}}, kernel(0.5));
    ASSERT_TRUE(all);
    EXPECT_TRUE(all->messages.empty());
}

TEST(KernelMatching, WhatItCannotDoIsRefused) {
    const std::vector<double> score{0, 1};
    const std::vector<std::uint8_t> treated{1, 0};
    EXPECT_EQ(kernel_matching({score, treated, {}, {}, {}}, kernel(-1)).error().code, "bandwidth_value");
    EXPECT_EQ(kernel_matching({score, treated, {}, {}, {}}, kernel(0.5)).error().code, "caliper_drops_all");
    design::MatchingSettings settings = kernel(1);
    settings.caliper = 0.2;
    EXPECT_EQ(kernel_matching({score, treated, {}, {}, {}}, settings).error().code, "setting_not_for_method");
}

}  // namespace
}  // namespace twinfirm::matching
