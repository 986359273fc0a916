// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/ranks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace twinfirm::stats {
namespace {

using testing::ElementsAre;

TEST(Ranks, IdsRankInCodePointOrder) {
    const std::vector<std::string> ids{"나", "F10", "F2", "가", "😀", "F10", "F1"};
    EXPECT_THAT(code_point_ranks(ids), ElementsAre(5, 1, 3, 4, 6, 1, 0));
}

TEST(Ranks, EqualNumbersShareTheMeanRank) {
    EXPECT_THAT(midranks(std::vector<double>{3, 1, 3, 2, 3}), ElementsAre(4, 1, 4, 2, 4));
    EXPECT_THAT(midranks({}), ElementsAre());
}

}  // namespace
}  // namespace twinfirm::stats
