// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/stage_shares.h"

#include <gtest/gtest.h>

#include <cmath>

namespace twinfirm::survey {
namespace {

std::vector<StageEvent> events() {
    std::vector<StageEvent> result;
    const auto add = [&](int year, const char* programme, int before, int after, int target, int times) {
        for (int i = 0; i < times; ++i) result.push_back({year, programme, before, after, target});
    };
    add(2018, "신규", 0, 1, 2, 8);
    add(2018, "고도화", 1, 2, 3, 2);
    add(2019, "신규", 0, 1, 1, 3);
    add(2019, "신규", 0, 3, 0, 1);
    add(2019, "", 2, 0, 0, 1);
    return result;
}

TEST(StageShares, OverYearsAndProgrammes) {
    const auto shares = stage_shares(events());
    // three levels: over all, two years, two programmes, three pairs of year and programme
    ASSERT_EQ(shares.size(), 3U * (1 + 2 + 2 + 3));
    EXPECT_FALSE(shares[0].year);
    EXPECT_EQ(shares[0].count, 11);
    EXPECT_EQ(shares[0].base, 14);
    EXPECT_EQ(shares[0].unknown, 1);
    EXPECT_EQ(shares[3].year, 2018);
    EXPECT_NEAR(shares[3].share, 0.8, 1e-15);
    EXPECT_EQ(shares[5].count, 0);  // level 3 in 2018
    EXPECT_EQ(shares[5].interval.low, 0);
    EXPECT_GT(shares[5].interval.high, 0.2);
    EXPECT_EQ(shares[9].programme, "고도화");
    EXPECT_EQ(shares[10].share, 1);
    EXPECT_TRUE(stage_shares({}).empty());
}

// Wilson (1927) as in Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
TEST(StageShares, WilsonIntervalsOfNewcombe) {
    EXPECT_NEAR(wilson_interval(81, 263, 0.95).low, 0.2553, 5e-5);
    EXPECT_NEAR(wilson_interval(81, 263, 0.95).high, 0.3662, 5e-5);
    EXPECT_NEAR(wilson_interval(15, 148, 0.95).low, 0.0624, 5e-5);
    EXPECT_NEAR(wilson_interval(15, 148, 0.95).high, 0.1605, 5e-5);
    EXPECT_NEAR(wilson_interval(0, 20, 0.95).high, 0.1611, 5e-5);
    EXPECT_NEAR(wilson_interval(1, 29, 0.95).low, 0.0061, 5e-5);
    EXPECT_NEAR(wilson_interval(1, 29, 0.95).high, 0.1718, 5e-5);
    EXPECT_TRUE(std::isnan(wilson_interval(0, 0, 0.95).low));
}

TEST(StageShares, Transitions) {
    std::int64_t unknown = 0;
    const auto first = stage_transitions(events(), StageStep::before_to_after, unknown);
    EXPECT_EQ(unknown, 1);
    ASSERT_EQ(first.size(), 6U);  // from 0 and 1, to 1, 2 and 3
    EXPECT_EQ(first[0].count, 11);
    EXPECT_EQ(first[0].from_total, 12);
    EXPECT_EQ(first[1].count, 0);
    EXPECT_EQ(first[2].count, 1);
    EXPECT_EQ(first[4].from, 1);
    EXPECT_EQ(first[4].share, 1);
    const auto second = stage_transitions(events(), StageStep::after_to_target, unknown);
    EXPECT_EQ(unknown, 2);
    ASSERT_EQ(second.size(), 6U);  // from 1 and 2, to 1, 2 and 3
    EXPECT_NEAR(second[1].share, 8.0 / 11, 1e-15);
}

}  // namespace
}  // namespace twinfirm::survey
