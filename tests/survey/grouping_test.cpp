// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/grouping.h"

#include <gtest/gtest.h>

#include <limits>

namespace twinfirm::survey {
namespace {

TEST(Grouping, NumbersInRisingOrderAndGapsInNone) {
    const double missing = std::numeric_limits<double>::quiet_NaN();
    const Grouping grouping = grouping_of(stats::Column::numbers("band", {10, 2, missing, 10, 1.5}));
    EXPECT_EQ(grouping.labels, (std::vector<std::string>{"1.5", "2", "10"}));
    EXPECT_EQ(grouping.codes, (std::vector<std::int32_t>{2, 1, -1, 2, 0}));
}

TEST(Grouping, LevelsWithoutRowsAreLeftOut) {
    const auto column = stats::Column::categories("size", {"중", "소", "대"}, {0, -1, 1, 0});
    const Grouping grouping = grouping_of(column);
    EXPECT_EQ(grouping.labels, (std::vector<std::string>{"소", "중"}));
    EXPECT_EQ(grouping.codes, (std::vector<std::int32_t>{1, -1, 0, 1}));
}

}  // namespace
}  // namespace twinfirm::survey
