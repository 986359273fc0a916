// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/breakdowns/multiplicity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace twinfirm::breakdowns {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

TEST(Multiplicity, HolmMultipliesStepwiseAndRises) {
    EXPECT_THAT(holm(std::vector{0.01, 0.04, 0.03, 0.005}),
                ElementsAre(DoubleEq(0.03), DoubleEq(0.06), DoubleEq(0.06), DoubleEq(0.02)));
    EXPECT_THAT(holm(std::vector{0.6, 0.5}), ElementsAre(1.0, 1.0));
}

TEST(Multiplicity, BenjaminiHochbergOfThePaper) {
    // The first of the example of Benjamini & Hochberg (1995, section 4.1): four of fifteen are findings at 5 %.
    const std::vector<double> p{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000};
    const std::vector<double> adjusted = benjamini_hochberg(p);
    EXPECT_DOUBLE_EQ(adjusted[0], 0.0015);
    EXPECT_DOUBLE_EQ(adjusted[3], 0.0095 * 15 / 4);
    EXPECT_LT(adjusted[3], 0.05);
    EXPECT_GT(adjusted[4], 0.05);
    EXPECT_DOUBLE_EQ(adjusted[5], 0.0298 * 15 / 7) << "made rising from the top";
    EXPECT_EQ(adjusted[14], 1);
    // Holm finds three in the same family.
    const std::vector<double> stepwise = holm(p);
    EXPECT_LT(stepwise[2], 0.05);
    EXPECT_GT(stepwise[3], 0.05);
}

TEST(Multiplicity, MissingPValuesStayAndDoNotCount) {
    const auto adjusted = holm(std::vector{missing, 0.02, 0.01});
    EXPECT_TRUE(std::isnan(adjusted[0]));
    EXPECT_DOUBLE_EQ(adjusted[1], 0.02);
    EXPECT_DOUBLE_EQ(adjusted[2], 0.02);
    const auto rate = benjamini_hochberg(std::vector{missing, 0.02, 0.01});
    EXPECT_TRUE(std::isnan(rate[0]));
    EXPECT_DOUBLE_EQ(rate[1], 0.02);
    EXPECT_DOUBLE_EQ(rate[2], 0.02);
    EXPECT_THAT(holm({}), IsEmpty());
    EXPECT_THAT(benjamini_hochberg({}), IsEmpty());
}

}  // namespace
}  // namespace twinfirm::breakdowns
