// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/disclosure/primary_rules.h"

#include <gtest/gtest.h>

namespace twinfirm::disclosure {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

Protection protection_of(Content content, const Cell& cell) {
    AggregateTable table;
    table.content = content;
    table.cells = {cell};
    return required_protection(table, {}).front();
}

Protection count(double value) {
    Cell cell;
    cell.value = value;
    return protection_of(Content::counts, cell);
}

Protection sum(double value, double contributors, double largest, double second) {
    Cell cell;
    cell.value = value;
    cell.contributors = contributors;
    cell.largest = largest;
    cell.second = second;
    return protection_of(Content::magnitudes, cell);
}

TEST(PrimaryRules, CountsBelowThreeAreHiddenAndZeroIsNot) {
    EXPECT_EQ(count(0).reason, Sensitivity::none);
    EXPECT_EQ(count(1).reason, Sensitivity::frequency);
    EXPECT_EQ(count(2).reason, Sensitivity::frequency);
    EXPECT_EQ(count(2).whole_numbers, 2);
    EXPECT_EQ(count(3).reason, Sensitivity::none);
}

TEST(PrimaryRules, EachArmIsCountedByItself) {
    Cell cell;
    cell.value = 40;
    cell.treated = 38;
    cell.control = 2;
    EXPECT_EQ(protection_of(Content::counts, cell).reason, Sensitivity::frequency);
    cell.control = 3;
    EXPECT_EQ(protection_of(Content::counts, cell).reason, Sensitivity::none);
}

TEST(PrimaryRules, ASumOfTwoEnterprisesIsHidden) {
    const Protection two = sum(300, 2, 200, 100);
    EXPECT_EQ(two.reason, Sensitivity::frequency);
    EXPECT_NEAR(two.up, 30, 1e-12);  // 15 % of 200, the others hold nothing
    EXPECT_NEAR(two.down, 30, 1e-12);
}

TEST(PrimaryRules, OneThatHoldsThreeQuartersDominates) {
    // 76 of 100; the rest of 24 is made of many, so that p% (11.4) is kept: 100 - 76 - 4 = 20.
    const Protection one = sum(100, 20, 76, 4);
    EXPECT_EQ(one.reason, Sensitivity::dominance);
    EXPECT_NEAR(one.up, 76 * 100 / 75.0 - 100, 1e-12);
    EXPECT_EQ(sum(100, 20, 75, 4).reason, Sensitivity::none);
}

TEST(PrimaryRules, TwoThatHoldEightyFivePerCentDominate) {
    const Protection two = sum(100, 20, 50, 36);
    EXPECT_EQ(two.reason, Sensitivity::dominance);
    EXPECT_NEAR(two.up, 86 * 100 / 85.0 - 100, 1e-12);
    EXPECT_EQ(sum(100, 20, 50, 35).reason, Sensitivity::none);
}

TEST(PrimaryRules, TheSecondMustNotKnowTheLargestWithinFifteenPerCent) {
    const Protection close = sum(5000, 3, 4700, 200);
    EXPECT_EQ(close.reason, Sensitivity::p_percent);
    EXPECT_NEAR(close.up, 605, 1e-9);  // 705 - 100
    const Protection low = sum(1000, 5, 800, 150);
    EXPECT_NEAR(low.down, 70, 1e-9);
}

TEST(PrimaryRules, NegativeContributionsAreJudgedByTheirSize) {
    EXPECT_EQ(sum(-100, 9, -90, -4).reason, Sensitivity::p_percent);
}

TEST(PrimaryRules, WithoutContributionsTheFrequencyAloneDecides) {
    EXPECT_EQ(sum(1000, 2, unknown, unknown).reason, Sensitivity::frequency);
    EXPECT_NEAR(sum(1000, 2, unknown, unknown).up, 150, 1e-9);
    EXPECT_EQ(sum(1000, 3, unknown, unknown).reason, Sensitivity::none);
    EXPECT_EQ(sum(1000, unknown, unknown, unknown).reason, Sensitivity::none);
}

TEST(PrimaryRules, TwoEnterprisesWithoutSalesAreHiddenToo) {
    const Protection none = sum(0, 2, 0, 0);
    EXPECT_EQ(none.reason, Sensitivity::frequency);
    EXPECT_GT(none.up, 0);
    EXPECT_EQ(none.down, 0);
}

TEST(PrimaryRules, ExtremesAreOfTenAtLeast) {
    EXPECT_FALSE(extremes_may_be_shown(9, {}));
    EXPECT_TRUE(extremes_may_be_shown(10, {}));
    EXPECT_FALSE(extremes_may_be_shown(unknown, {}));
}

TEST(PrimaryRules, ImpossibleFiguresAreRefused) {
    EXPECT_TRUE(check_rules({}));
    PrimaryRules rules;
    for (const double wrong : {0.0, 101.0, unknown}) {
        rules.p_percent = wrong;
        ASSERT_FALSE(check_rules(rules)) << wrong;
    }
    rules = {};
    rules.dominance = {{3, 80}};
    EXPECT_EQ(check_rules(rules).error().code, "disclosure_rules");
}

}  // namespace
}  // namespace twinfirm::disclosure
