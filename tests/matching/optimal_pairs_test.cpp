// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/optimal_pairs.h"

#include <gtest/gtest.h>

#include <set>

#include "matching/optimal_brute_force.h"
#include "twinfirm/matching/nearest_neighbor.h"

namespace twinfirm::matching {
namespace {

using design::MatchingSettings;
using design::MatchOrder;
using test::Instance;
using test::Value;
using test::value_of;

TEST(OptimalPairs, AreTheBestOfAllChoices) {
    EXPECT_EQ(test::first_difference(20260103, 2000), "");
}

TEST(OptimalPairs, CutsAndWindowsLoseNothing) {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const Instance instance = test::overlapping(300, seed % 3 == 0 ? 1.5 : 0.5, seed % 2 == 0 ? 0.2 : 0.5, seed);
        for (const int ratio : {1, 2}) {
            for (const double caliper : {0.02, 0.3, 100.0}) {
                MatchingSettings settings;
                settings.ratio = ratio;
                settings.caliper = caliper;
                settings.caliper_unit = design::CaliperUnit::raw;
                const Value expected = test::best_of_all_monotone(instance, ratio, caliper);
                const auto ours = optimal_pairs(instance.problem(), settings);
                ASSERT_TRUE(ours);
                EXPECT_EQ(value_of(*ours).first, expected.first);
                EXPECT_NEAR(value_of(*ours).second, expected.second, 1e-9);
            }
        }
    }
}

TEST(OptimalPairs, NoOrderOfGreedyChoicesIsBetter) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Instance instance = test::overlapping(400, 1, 0.3, seed);
        for (const double caliper : {0.05, 0.4, 100.0}) {
            MatchingSettings settings;
            settings.caliper = caliper;
            settings.caliper_unit = design::CaliperUnit::raw;
            const auto optimal = optimal_pairs(instance.problem(), settings);
            ASSERT_TRUE(optimal);
            for (const MatchOrder order : {MatchOrder::largest, MatchOrder::smallest, MatchOrder::closest,
                                           MatchOrder::data, MatchOrder::random, MatchOrder::farthest}) {
                settings.order = order;
                const auto greedy = nearest_neighbor(instance.problem(), settings);
                ASSERT_TRUE(greedy);
                const Value theirs = value_of(*greedy);
                const Value ours = value_of(*optimal);
                EXPECT_GE(ours.first, theirs.first);
                if (ours.first == theirs.first) {
                    EXPECT_LE(ours.second, theirs.second + 1e-9);
                }
            }
        }
    }
}

TEST(OptimalPairs, OrderOfTheRowsAndThreadsDoNotMatter) {
    Random random(5);
    for (int repeat = 0; repeat < 200; ++repeat) {
        const Instance instance = test::random_instance(random, 30, 20, 3);
        const MatchingSettings settings = test::random_optimal_settings(random);
        std::vector<std::size_t> rows(instance.size());
        std::iota(rows.begin(), rows.end(), std::size_t{0});
        random.shuffle(rows);
        Instance shuffled;
        for (const std::size_t row : rows) {
            shuffled.score.push_back(instance.score[row]);
            shuffled.treated.push_back(instance.treated[row]);
            shuffled.stratum.push_back(instance.stratum[row]);
            shuffled.rank.push_back(instance.rank[row]);
        }
        MatchProblem problem = instance.problem();
        problem.threads = 1;
        MatchProblem other = shuffled.problem();
        other.threads = 4;
        const auto first = optimal_pairs(problem, settings);
        const auto second = optimal_pairs(other, settings);
        ASSERT_EQ(first.has_value(), second.has_value());
        if (!first) continue;
        std::set<std::pair<std::size_t, std::size_t>> pairs;
        std::set<std::pair<std::size_t, std::size_t>> shuffled_pairs;
        for (const Pair& pair : first->pairs) pairs.emplace(pair.focal, pair.match);
        for (const Pair& pair : second->pairs) shuffled_pairs.emplace(rows[pair.focal], rows[pair.match]);
        EXPECT_EQ(pairs, shuffled_pairs);
    }
}

TEST(OptimalPairs, RefusesWhatItCannotDo) {
    const Instance instance = test::overlapping(50, 0.5, 0.3, 1);
    const auto refused = [&](const MatchProblem& problem, const MatchingSettings& settings) {
        const auto result = optimal_pairs(problem, settings);
        EXPECT_FALSE(result);
        return result ? "" : result.error().arguments.at("setting");
    };
    MatchingSettings settings;
    settings.replace = true;
    EXPECT_EQ(refused(instance.problem(), settings), "replace");
    settings = {};
    settings.ratio = 2;
    settings.min_controls = 1;
    settings.max_controls = 3;
    EXPECT_EQ(refused(instance.problem(), settings), "max_controls");
}

}  // namespace
}  // namespace twinfirm::matching
