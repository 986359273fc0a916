// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/neighbor_sets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "effects/replacement_twin.h"
#include "twinfirm/base/random.h"

namespace twinfirm::effects {
namespace {

using Members = std::set<std::size_t>;

Members members(const NeighborSets& sets, std::size_t unit) {
    Members result;
    for (const NeighborSets::Range& range : sets.of(unit)) {
        for (std::uint32_t place = range.begin; place < range.end; ++place) {
            EXPECT_TRUE(result.insert(sets.order[place]).second) << "twice in the set of " << unit;
        }
    }
    EXPECT_EQ(result.size(), sets.count(unit));
    return result;
}

struct Case {
    std::vector<double> score;
    matching::CovariatePoints points;
    std::vector<std::uint8_t> asking;
    std::vector<std::uint8_t> answering;
    std::vector<std::int32_t> stratum;
};

/// Coarse values, so that there are ties; some missing; some strata without an answer.
Case draw(std::uint64_t number) {
    Random random(4711, number);
    Case drawn;
    const std::size_t units = 3 + random.below(60);
    const std::uint64_t grid = 2 + random.below(40);
    drawn.points.dimensions = 1 + random.below(3);
    for (std::size_t i = 0; i < units; ++i) {
        const bool missing = random.below(15) == 0;
        const double none = std::numeric_limits<double>::quiet_NaN();
        drawn.score.push_back(missing ? none : static_cast<double>(random.below(grid)));
        for (std::size_t k = 0; k < drawn.points.dimensions; ++k) {
            drawn.points.coordinate.push_back(missing ? none : static_cast<double>(random.below(grid)));
        }
        drawn.asking.push_back(random.below(3) > 0);
        drawn.answering.push_back(random.below(2) > 0);
        drawn.stratum.push_back(static_cast<std::int32_t>(random.below(4)) - 1);
    }
    return drawn;
}

TEST(NeighborSets, ScoreNeighborsAreThoseOfBruteForce) {
    for (std::uint64_t number = 0; number < 2000; ++number) {
        const Case drawn = draw(number);
        const NeighborRule rule{1 + number % 4, number % 3 == 0 ? 1.0 : 0.0};
        const bool strata = number % 2 == 0;
        const NeighborSearch search{drawn.asking, drawn.answering,
                                    strata ? drawn.stratum : std::span<const std::int32_t>(), rule};
        const NeighborSets sets = score_neighbors(drawn.score, search);
        ASSERT_EQ(sets.units(), drawn.score.size());
        for (std::size_t i = 0; i < drawn.score.size(); ++i) {
            const auto distance = [&](std::size_t other) { return std::abs(drawn.score[i] - drawn.score[other]); };
            ASSERT_EQ(members(sets, i), brute_force_neighbors(i, distance, search)) << number << ' ' << i;
        }
    }
}

TEST(NeighborSets, PointNeighborsAreThoseOfBruteForce) {
    for (std::uint64_t number = 0; number < 2000; ++number) {
        const Case drawn = draw(number);
        const NeighborRule rule{1 + number % 4, number % 3 == 0 ? 1.0 : 0.0};
        const bool strata = number % 2 == 0;
        const NeighborSearch search{drawn.asking, drawn.answering,
                                    strata ? drawn.stratum : std::span<const std::int32_t>(), rule};
        const NeighborSets sets = point_neighbors(drawn.points, search);
        for (std::size_t i = 0; i < drawn.score.size(); ++i) {
            const auto distance = [&](std::size_t other) { return std::sqrt(drawn.points.squared_distance(i, other)); };
            ASSERT_EQ(members(sets, i), brute_force_neighbors(i, distance, search)) << number << ' ' << i;
        }
    }
}

TEST(NeighborSets, PairsBecomeSets) {
    const std::vector<matching::Pair> pairs = {{1, 4, 0.1}, {1, 2, 0.3}, {3, 4, 0}};
    const NeighborSets sets = pair_neighbors(pairs, 5);
    EXPECT_EQ(members(sets, 0), Members{});
    EXPECT_EQ(members(sets, 1), (Members{2, 4}));
    EXPECT_EQ(members(sets, 3), (Members{4}));
}

}  // namespace
}  // namespace twinfirm::effects
