// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/set_weights.h"

#include <gtest/gtest.h>

namespace twinfirm::effects {

namespace {

const std::vector<std::int32_t> set{0, 0, 0, 1, 1, 1, 2, -1};
const std::vector<std::uint8_t> treated{1, 0, 0, 1, 1, 0, 1, 0};

TEST(SetWeights, EachOfTheTargetCountsOnceAndItsSetsOtherArmTogetherOnce) {
    EXPECT_EQ(set_weights({set, treated}, Target::adopters), (std::vector<double>{1, 0.5, 0.5, 1, 1, 2, 0, 0}));
    EXPECT_EQ(set_weights({set, treated}, Target::non_adopters), (std::vector<double>{2, 1, 1, 0.5, 0.5, 1, 0, 0}));
    EXPECT_EQ(set_weights({set, treated}, Target::all), (std::vector<double>{3, 1.5, 1.5, 1.5, 1.5, 3, 0, 0}));
}

TEST(SetWeights, WhoeverIsLeftIsWeightedAnew) {
    const std::vector<std::uint8_t> observed{1, 1, 0, 1, 0, 1, 1, 1};
    EXPECT_EQ(set_weights({set, treated, observed}, Target::adopters), (std::vector<double>{1, 1, 0, 1, 0, 1, 0, 0}));
    const std::vector<std::uint8_t> no_partner{1, 0, 0, 1, 1, 1, 1, 1};
    EXPECT_EQ(set_weights({set, treated, no_partner}, Target::adopters), (std::vector<double>{0, 0, 0, 1, 1, 2, 0, 0}));
}

TEST(SetWeights, AGroupIsComparedWithEverybodyOfItsSets) {
    const std::vector<std::uint8_t> member{0, 0, 0, 1, 0, 0, 1, 0};
    EXPECT_EQ(set_weights({set, treated, {}, member}, Target::adopters), (std::vector<double>{0, 0, 0, 1, 0, 1, 0, 0}));
}

}  // namespace

}  // namespace twinfirm::effects
