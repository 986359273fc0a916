// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/e_value.h"

#include <gtest/gtest.h>

#include <cmath>

namespace twinfirm::effects {
namespace {

TEST(EValue, PublishedExampleBelowOne) {
    const auto value = e_value_of_risk_ratio(0.80, 0.71, 0.91);
    ASSERT_TRUE(value);
    EXPECT_NEAR(value->estimate, 1.809, 5e-4);
    EXPECT_NEAR(value->interval, 1.429, 5e-4);
}

TEST(EValue, AnIntervalThatHoldsOneNeedsNoHiddenFactor) {
    EXPECT_EQ(e_value_of_risk_ratio(1.3, 0.9, 1.9)->interval, 1);
    EXPECT_EQ(e_value_of_risk_ratio(0.8, 0.5, 1)->interval, 1);
    EXPECT_EQ(e_value_of_risk_ratio(1)->estimate, 1);
    EXPECT_TRUE(std::isnan(e_value_of_risk_ratio(2)->interval));
}

TEST(EValue, AReciprocalRatioHasTheSameValue) {
    EXPECT_NEAR(e_value_of_risk_ratio(4, 2, 8)->estimate, e_value_of_risk_ratio(0.25, 0.125, 0.5)->estimate, 1e-14);
    EXPECT_NEAR(e_value_of_risk_ratio(4, 2, 8)->interval, e_value_of_risk_ratio(0.25, 0.125, 0.5)->interval, 1e-14);
    EXPECT_NEAR(e_value_of_mean_difference(3, 1, 2)->estimate, e_value_of_mean_difference(-3, 1, 2)->estimate, 1e-14);
}

TEST(EValue, WhatIsNoRatioIsRefused) {
    EXPECT_EQ(e_value_of_risk_ratio(0).error().code, "sensitivity_risk_ratio");
    EXPECT_EQ(e_value_of_risk_ratio(-2).error().code, "sensitivity_risk_ratio");
    EXPECT_EQ(e_value_of_risk_ratio(std::nan("")).error().code, "sensitivity_risk_ratio");
    EXPECT_EQ(e_value_of_risk_ratio(2, 2.5, 3).error().code, "sensitivity_risk_ratio");
    EXPECT_EQ(e_value_of_risk_ratio(2, 1, std::nan("")).error().code, "sensitivity_risk_ratio");
    EXPECT_EQ(e_value_of_mean_difference(1, 1, 0).error().code, "sensitivity_mean_difference");
    EXPECT_EQ(e_value_of_mean_difference(std::nan(""), 1, 1).error().code, "sensitivity_mean_difference");
}

}  // namespace
}  // namespace twinfirm::effects
