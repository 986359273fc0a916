// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/breakdowns/ranking.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace twinfirm::breakdowns {
namespace {

std::vector<double> diagonal(const std::vector<double>& errors) {
    std::vector<double> matrix(errors.size() * errors.size(), 0);
    for (std::size_t g = 0; g < errors.size(); ++g) matrix[g * errors.size() + g] = errors[g] * errors[g];
    return matrix;
}

TEST(Ranking, ShrinksASmallGroupMoreThanALargeOne) {
    const std::vector<double> effects{0.30, 0.20, 0.0, 0.05, 0.1};
    const auto ranked = rank_groups(effects, diagonal({0.2, 0.01, 0.01, 0.01, 0.01}), {2, 4000, 7});
    EXPECT_LT(ranked[0].shrunken, ranked[1].shrunken) << "the small group's luck does not make it the first";
    EXPECT_NEAR(ranked[1].shrunken, 0.20, 0.01);
    EXPECT_EQ(ranked[1].rank, 1);
    EXPECT_GT(ranked[1].top_share, 0.95);
    EXPECT_EQ(ranked[2].rank, 5);
    EXPECT_NEAR(ranked[2].rank_high, 5, 1e-12);
    double sum = 0;
    for (const RankedGroup& group : ranked) sum += group.top_share;
    EXPECT_NEAR(sum, 2, 1e-9);
}

TEST(Ranking, WhereNothingDiffersAllShareThePlaces) {
    const auto ranked = rank_groups(std::vector<double>{0.1, 0.1, 0.1, 0.1}, diagonal({0.1, 0.1, 0.1, 0.1}), {1, 4000});
    for (const RankedGroup& group : ranked) {
        EXPECT_EQ(group.rank, 2.5);
        EXPECT_NEAR(group.top_share, 0.25, 0.03);
    }
}

TEST(Ranking, LowerIsBetterTurnsTheOrder) {
    RankingOptions options{1, 500};
    options.higher_is_better = false;
    const auto ranked = rank_groups(std::vector<double>{-0.3, 0.0, 0.3}, diagonal({0.02, 0.02, 0.02}), options);
    EXPECT_EQ(ranked[0].rank, 1);
    EXPECT_EQ(ranked[2].rank, 3);
}

TEST(Ranking, GroupsWithoutAnEstimateHaveNoPlace) {
    const double nan = std::nan("");
    const auto ranked = rank_groups(std::vector<double>{0.1, nan, 0.2}, diagonal({0.1, nan, 0.1}), {1, 100});
    EXPECT_TRUE(std::isnan(ranked[1].rank));
    EXPECT_TRUE(std::isfinite(ranked[2].rank));
    const auto alone = rank_groups(std::vector<double>{0.1}, diagonal({0.1}), {1, 100});
    EXPECT_TRUE(std::isnan(alone[0].rank));
}

TEST(Ranking, SameSeedSameBits) {
    const std::vector<double> effects{0.1, 0.2, 0.15};
    const auto covariance = diagonal({0.05, 0.06, 0.07});
    const auto first = rank_groups(effects, covariance, {1, 200, 5});
    const auto second = rank_groups(effects, covariance, {1, 200, 5});
    for (std::size_t g = 0; g < effects.size(); ++g) EXPECT_EQ(first[g].top_share, second[g].top_share);
}

}  // namespace
}  // namespace twinfirm::breakdowns
