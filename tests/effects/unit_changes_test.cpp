// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/unit_changes.h"

#include <gtest/gtest.h>

#include <cmath>

namespace twinfirm::effects {

namespace {

constexpr double nan = not_available;

/// Three firms in 2018 .. 2021; the third lacks 2020, nobody has 2021.
stats::Panel panel() {
    stats::Panel result({"a", "b", "c"}, 2018, 2021);
    result.add_variable("sales", {10, 20, 30, nan, 5, 5, 5, nan, 1, 2, nan, nan});
    result.add_variable("staff", {1, 2, 3, nan, 1, 1, 1, nan, 1, 1, 1, nan});
    return result;
}

const std::vector<std::size_t> everybody{0, 1, 2};

TEST(UnitChanges, AllFirmsAreComparedOverTheSameYears) {
    const auto changes = unit_changes(panel(), everybody, 2019, {"sales", "", false}, {0, 2}).value();
    EXPECT_DOUBLE_EQ(changes.change[0], 25 - 10) << "2019 and 2020; nobody has 2021";
    EXPECT_DOUBLE_EQ(changes.change[1], 0);
    EXPECT_TRUE(std::isnan(changes.change[2])) << "2020 is missing";
    EXPECT_TRUE(changes.base_denominator.empty());
    const auto first = unit_changes(panel(), everybody, 2019, {"sales", "", true}, {0, 0}).value();
    EXPECT_DOUBLE_EQ(first.change[2], std::log(2.0));
    EXPECT_DOUBLE_EQ(first.after[2], 2);
}

TEST(UnitChanges, RatesKeepSumsAndDenominators) {
    const auto changes = unit_changes(panel(), everybody, 2019, {"sales", "staff", false}, {0, 1}).value();
    EXPECT_DOUBLE_EQ(changes.after[0], 50);
    EXPECT_DOUBLE_EQ(changes.after_denominator[0], 5);
    EXPECT_DOUBLE_EQ(changes.base_denominator[0], 1);
}

TEST(UnitChanges, AWindowWithoutYearsIsMissing) {
    const auto changes = unit_changes(panel(), everybody, 2019, {"sales", "", false}, {5, 6}).value();
    EXPECT_TRUE(std::isnan(changes.change[0]));
    const auto unknown = unit_changes(panel(), everybody, 2019, {"profit", "", false}, {0, 0});
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, "variable_unknown");
}

}  // namespace

}  // namespace twinfirm::effects
