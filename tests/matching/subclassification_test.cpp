// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/subclassification.h"

#include <gtest/gtest.h>

#include <vector>

namespace twinfirm::matching {
namespace {

design::MatchingSettings bands(int count) {
    design::MatchingSettings settings;
    settings.method = design::MatchMethod::subclass;
    settings.subclasses = count;
    return settings;
}

/// Adopters 0 .. 3 in two bands cut at 1.5; all others lie in the lower one, which hands its highest on.
TEST(Subclassification, AnEmptyBandBorrowsTheNearest) {
    const std::vector<double> score{0, 1, 2, 3, 0.1, 0.2, 0.3};
    const std::vector<std::uint8_t> treated{1, 1, 1, 1, 0, 0, 0};
    const auto sample = subclassification({score, treated, {}, {}, {}}, bands(2));
    ASSERT_TRUE(sample);
    EXPECT_EQ(sample->subclass, (std::vector<std::int32_t>{0, 0, 1, 1, 0, 0, 1}));
    // Two adopters for two others, and two for one; the three weights average 1.
    EXPECT_DOUBLE_EQ(sample->weight[4], 0.75);
    EXPECT_DOUBLE_EQ(sample->weight[6], 1.5);
    EXPECT_EQ(sample->verification.violations(), 0);
}

TEST(Subclassification, BandsThatCannotBeFilledAreRefused) {
    const std::vector<double> score{0, 1, 2, 3, 0.1};
    const std::vector<std::uint8_t> treated{1, 1, 1, 1, 0};
    EXPECT_EQ(subclassification({score, treated, {}, {}, {}}, bands(2)).error().code, "subclass_too_few_units");
    EXPECT_EQ(subclassification({score, treated, {}, {}, {}}, bands(1)).error().code, "subclasses_value");
    design::MatchingSettings settings = bands(2);
    settings.replace = true;
    EXPECT_EQ(subclassification({score, treated, {}, {}, {}}, settings).error().code, "setting_not_for_method");
}

}  // namespace
}  // namespace twinfirm::matching
