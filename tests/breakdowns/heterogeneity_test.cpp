// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/breakdowns/heterogeneity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace twinfirm::breakdowns {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

TEST(CochranQ, TwoGroupsAreTheSquaredZOfTheirDifference) {
    const CochranQ test = cochran_q(std::vector{0.10, 0.25}, std::vector{0.03, 0.04});
    EXPECT_NEAR(test.q, 9.0, 1e-12);  // (0.15 / 0.05)^2
    EXPECT_EQ(test.df, 1);
    EXPECT_NEAR(test.p_value, 0.0026997960632601866, 1e-14);  // P(|Z| >= 3)
    EXPECT_NEAR(test.pooled, (0.10 / 0.0009 + 0.25 / 0.0016) / (1 / 0.0009 + 1 / 0.0016), 1e-15);
}

TEST(CochranQ, ThreeGroupsByHand) {
    const CochranQ test = cochran_q(std::vector{1.0, 2.0, 6.0}, std::vector{1.0, 1.0, 1.0});
    EXPECT_NEAR(test.q, 14, 1e-13);  // about 3: 4 + 1 + 9
    EXPECT_EQ(test.df, 2);
    EXPECT_NEAR(test.p_value, std::exp(-7.0), 1e-15);
}

TEST(CochranQ, LeavesOutGroupsWithoutAnErrorAndNeedsTwo) {
    const CochranQ test = cochran_q(std::vector{1.0, missing, 6.0, 3.0, 9.0}, std::vector{1.0, 1.0, 1.0, missing, 0.0});
    EXPECT_EQ(test.df, 1);
    EXPECT_NEAR(test.q, 12.5, 1e-13);
    const CochranQ one = cochran_q(std::vector{1.0, missing}, std::vector{1.0, 1.0});
    EXPECT_TRUE(std::isnan(one.q));
    EXPECT_TRUE(std::isnan(one.p_value));
    EXPECT_TRUE(std::isnan(cochran_q({}, {}).df));
}

}  // namespace
}  // namespace twinfirm::breakdowns
