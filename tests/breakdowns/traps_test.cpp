// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/breakdowns/traps.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "twinfirm/base/message_catalogue.h"

namespace twinfirm::breakdowns {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

effects::BeforeAfter change_of(const std::vector<double>& before, const std::vector<double>& after) {
    return effects::before_after(before, after, 0.95).value();
}

TEST(Traps, RegressionToTheMeanIsBandsOfTheOutcomeItself) {
    design::Breakdown bands;
    bands.variable = "sales";
    bands.edges = {0, 1e9, 5e9};
    const std::vector<std::string_view> sales{"sales"};
    const std::vector<std::string_view> accidents{"accidents", "employees"};
    const Messages found = trap_regression_to_mean(bands, sales, 87);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].code, "trap_regression_to_mean");
    EXPECT_EQ(found[0].count, 87);
    EXPECT_TRUE(trap_regression_to_mean(bands, accidents, 87).empty());

    bands.variable = "employees";
    EXPECT_EQ(trap_regression_to_mean(bands, accidents, 87).size(), 1U);
    bands.edges.clear();  // categories of a register, not bands of a value
    EXPECT_TRUE(trap_regression_to_mean(bands, accidents, 87).empty());
}

TEST(Traps, TinyDenominatorByTheExcessOfTheMeanOfRatios) {
    // One firm of ten grows from 1 to 31; the others stand still at 100: sums +3.3 %, mean of ratios +300 %.
    std::vector<double> before(10, 100.0);
    std::vector<double> after(10, 100.0);
    before[0] = 1;
    after[0] = 31;
    const Messages found = trap_tiny_denominator(change_of(before, after), before);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].code, "trap_tiny_denominator");
    EXPECT_EQ(found[0].count, 1);

    // Three times a small growth is not yet a trap: +0.5 % and +2 % lie less than 10 %p apart.
    before = {1000, 100};
    after = {1000, 104};
    EXPECT_TRUE(trap_tiny_denominator(change_of(before, after), before).empty());
}

TEST(Traps, TinyDenominatorByTheShareOfTinyBases) {
    std::vector<double> before(20, 100.0);
    std::vector<double> after(20, 110.0);
    before[0] = 4;
    after[0] = 4.4;
    EXPECT_TRUE(trap_tiny_denominator(change_of(before, after), before).empty()) << "one in twenty is the limit";
    before[1] = 4;
    after[1] = 4.4;
    before.insert(before.end(), {missing, 0.0});  // neither is a positive base
    after.insert(after.end(), {1.0, 0.0});
    const Messages found = trap_tiny_denominator(change_of(before, after), before);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].count, 2);
    EXPECT_TRUE(trap_tiny_denominator(effects::BeforeAfter{}, {}).empty());
}

TEST(Traps, SmallCellAndZeroBase) {
    EXPECT_TRUE(trap_small_cell(30).empty());
    const Messages small = trap_small_cell(29);
    ASSERT_EQ(small.size(), 1U);
    EXPECT_EQ(small[0].count, 29);

    EXPECT_TRUE(trap_zero_base(change_of({1, 2}, {2, 2})).empty());
    const Messages zero = trap_zero_base(change_of({0, 2, -1, missing}, {2, 2, 3, 4}));
    ASSERT_EQ(zero.size(), 1U);
    EXPECT_EQ(zero[0].count, 2);
}

TEST(Traps, EachHasATextAndAHintInBothLanguages) {
    for (const Language language : {Language::korean, Language::english}) {
        const MessageCatalogue catalogue(language);
        for (const char* code :
             {"trap_regression_to_mean", "trap_tiny_denominator", "trap_small_cell", "trap_zero_base"}) {
            EXPECT_NE(catalogue.text(code, {}), code);
            EXPECT_FALSE(catalogue.hint(code, {}).empty()) << code;
        }
    }
}

}  // namespace
}  // namespace twinfirm::breakdowns
