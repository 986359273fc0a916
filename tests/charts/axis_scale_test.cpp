// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/axis_scale.h"

#include <gtest/gtest.h>

namespace twinfirm::charts {
namespace {

TEST(AxisScale, HoldsTheRangeWithRoundSteps) {
    for (const double factor : {1e-6, 0.03, 1.0, 7.3, 5e9}) {
        for (const int wanted : {2, 4, 8}) {
            Axis axis;
            fit_linear_axis(axis, -1.37 * factor, 4.91 * factor, wanted, Language::english);
            EXPECT_LE(axis.low, -1.37 * factor);
            EXPECT_GE(axis.high, 4.91 * factor);
            EXPECT_GE(axis.ticks.size(), 2U);
            EXPECT_LE(axis.ticks.size(), static_cast<std::size_t>(2 * wanted + 2));
            EXPECT_NEAR(axis.ticks.front().position, axis.low, 1e-12 * factor);
            EXPECT_NEAR(axis.ticks.back().position, axis.high, 1e-12 * factor);
        }
    }
}

TEST(AxisScale, LabelsHaveTheDecimalsOfTheStep) {
    Axis axis;
    fit_linear_axis(axis, 0, 1, 4, Language::korean);
    ASSERT_EQ(axis.ticks.size(), 5U);
    EXPECT_EQ(axis.ticks[1].label, "0.25");
    fit_linear_axis(axis, -60000, 0, 3, Language::korean);
    EXPECT_EQ(axis.ticks.front().label, "△60,000");
}

TEST(AxisScale, WidensAnEmptyRange) {
    Axis axis;
    fit_linear_axis(axis, 5, 5, 4, Language::korean);
    EXPECT_LT(axis.low, 5);
    EXPECT_GT(axis.high, 5);
}

}  // namespace
}  // namespace twinfirm::charts
