// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "twinfirm/breakdowns/heterogeneity.h"
#include "twinfirm/breakdowns/traps.h"

namespace twinfirm::breakdowns {
namespace {

TEST(WaldEquality, IsCochransQWithoutCovariance) {
    const std::vector<double> effects{0.1, 0.3, -0.2};
    const std::vector<double> errors{0.1, 0.2, 0.05};
    std::vector<double> covariance(9, 0);
    for (std::size_t g = 0; g < 3; ++g) covariance[4 * g] = errors[g] * errors[g];
    const CochranQ expected = cochran_q(effects, errors);
    const CochranQ found = wald_equality(effects, covariance);
    EXPECT_NEAR(found.q, expected.q, 1e-12);
    EXPECT_EQ(found.df, 2);
    EXPECT_NEAR(found.pooled, expected.pooled, 1e-14);
    EXPECT_NEAR(found.p_value, expected.p_value, 1e-14);
}

TEST(WaldEquality, OfTwoGroupsIsTheSquaredContrast) {
    // Var(a - b) = 0.04 + 0.01 - 2 * 0.015.
    const CochranQ found = wald_equality(std::vector<double>{0.5, 0.2}, std::vector<double>{0.04, 0.015, 0.015, 0.01});
    EXPECT_NEAR(found.q, 0.09 / 0.02, 1e-12);
    EXPECT_EQ(found.df, 1);
}

TEST(WaldEquality, AMatrixThatIsNoneLeavesNothing) {
    const CochranQ found = wald_equality(std::vector<double>{0.5, 0.2}, std::vector<double>{0.01, 0.02, 0.02, 0.01});
    EXPECT_TRUE(std::isnan(found.q));
}

TEST(TrapOutliers, SpeaksWhereOneFirmCarriesTheMean) {
    std::vector<double> before(100, 10.0);
    std::vector<double> after(100, 10.5);
    const auto calm = effects::before_after(before, after, 0.95);
    EXPECT_TRUE(trap_outliers(*calm, true).empty());
    after[0] = 10000;
    const auto carried = effects::before_after(before, after, 0.95);
    ASSERT_EQ(trap_outliers(*carried, true).size(), 1U);
    EXPECT_EQ(trap_outliers(*carried, false).front().code, "trap_outliers");
}

}  // namespace
}  // namespace twinfirm::breakdowns
