// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/validation/comparison.h"

#include <gtest/gtest.h>

#include <cmath>

namespace twinfirm::validation {
namespace {

const double missing = std::nan("");

TEST(AgreeingDigits, AreThoseOfTheRelativeDifference) {
    EXPECT_NEAR(agreeing_digits(100.001, 100, 100), 5, 1e-9);
    EXPECT_EQ(agreeing_digits(0.1, 0.1, 1), 16);
    EXPECT_EQ(agreeing_digits(1e300, 0, 1), -16);
}

TEST(AgreeingDigits, AMissingNumberAgreesWithAMissingOneOnly) {
    EXPECT_EQ(agreeing_digits(missing, missing, 1), 16);
    EXPECT_EQ(agreeing_digits(missing, 3, 3), -16);
    EXPECT_EQ(agreeing_digits(3, missing, missing), -16);
    EXPECT_EQ(agreeing_digits(INFINITY, 3, 3), -16);
}

TEST(CaseReport, KeepsTheNumberWithTheLeastToSpare) {
    CaseReport report("family", "case");
    report.near("coefficients", 1, 1, 1, 8);
    report.near("coefficients", 1.00001, 1, 1, 8);
    report.near("coefficients", 1.000001, 1, 1, 8);
    ASSERT_EQ(report.rows().size(), 1U);
    EXPECT_EQ(report.rows()[0].ours, 1.00001);
    EXPECT_EQ(report.rows()[0].numbers, 3);
    EXPECT_FALSE(report.rows()[0].pass);
}

TEST(CaseReport, AFailureIsNotHiddenByWhatPasses) {
    CaseReport report("family", "case");
    report.equal("pairs", 3, 4);
    report.equal("pairs", 4, 4);
    report.at_most("distance", 2, 1);
    report.at_most("distance", 1, 1);
    report.equal("nothing", missing, 0);
    ASSERT_EQ(report.rows().size(), 3U);
    for (const Comparison& row : report.rows()) EXPECT_FALSE(row.pass) << row.quantity;
}

TEST(CaseReport, TotalsMayBeSmaller) {
    CaseReport report("family", "case");
    report.at_most("distance", 0.5, 1);
    report.at_most("other", missing, 1);
    EXPECT_TRUE(report.rows()[0].pass);
    EXPECT_FALSE(report.rows()[1].pass);
}

}  // namespace
}  // namespace twinfirm::validation
