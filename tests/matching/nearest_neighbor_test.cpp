// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/nearest_neighbor.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <map>
#include <set>
#include <stdexcept>

#include "matching/brute_force.h"

namespace twinfirm::matching {
namespace {

using design::Estimand;
using design::MatchingSettings;
using design::MatchOrder;
using test::BruteForce;
using test::Instance;
using test::random_instance;

constexpr double no_caliper = std::numeric_limits<double>::infinity();

MatchingSettings raw_settings(double caliper) {
    MatchingSettings settings;
    settings.caliper_unit = design::CaliperUnit::raw;
    if (caliper < no_caliper) settings.caliper = caliper;
    return settings;
}

/// Every combination of the settings that change who is matched with whom.
std::vector<MatchingSettings> all_settings() {
    std::vector<MatchingSettings> all;
    for (const double caliper : {no_caliper, 0.0625, 0.25}) {
        for (const Estimand estimand : {Estimand::att, Estimand::atc}) {
            for (const MatchOrder order :
                 {MatchOrder::largest, MatchOrder::smallest, MatchOrder::data, MatchOrder::closest}) {
                for (const int ratio : {1, 2, 3}) {
                    for (const bool replace : {false, true}) {
                        MatchingSettings settings = raw_settings(caliper);
                        settings.estimand = estimand;
                        settings.order = order;
                        settings.ratio = ratio;
                        settings.replace = replace;
                        all.push_back(settings);
                    }
                }
            }
        }
    }
    return all;
}

TEST(NearestNeighbor, AgreesWithTheDefinitionByBruteForce) {
    Random random(20260101);
    std::size_t compared = 0;
    for (int repeat = 0; repeat < 60; ++repeat) {
        const Instance instance =
            random_instance(random, 2 + random.below(22), 1 + random.below(30), 1 + random.below(3));
        for (const MatchingSettings& settings : all_settings()) {
            BruteForce brute(instance, settings, settings.caliper.value_or(no_caliper));
            const std::vector<Pair> expected = brute.pairs();
            const auto ours = nearest_neighbor(instance.problem(), settings);
            if (expected.empty()) {
                ASSERT_FALSE(ours);
                continue;
            }
            ASSERT_TRUE(ours) << ours.error().code;
            ASSERT_EQ(ours->pairs, expected) << "order " << static_cast<int>(settings.order);
            ASSERT_EQ(ours->tied_choices, brute.tied());
            ASSERT_EQ(ours->verification.violations(), 0);
            ++compared;
        }
    }
    EXPECT_GT(compared, 5000);
}

/// One of the designs with limits beside the caliper, re-use up to a number, a variable ratio or the order `farthest`.
MatchingSettings random_settings(Random& random) {
    const std::array calipers{no_caliper, 0.125, 0.5};
    const std::array orders{MatchOrder::largest, MatchOrder::smallest, MatchOrder::data, MatchOrder::closest,
                            MatchOrder::farthest};
    MatchingSettings settings = raw_settings(calipers[random.below(3)]);
    settings.estimand = random.below(2) == 0 ? Estimand::att : Estimand::atc;
    settings.order = orders[random.below(5)];
    settings.ratio = 1 + static_cast<int>(random.below(3));
    settings.replace = random.below(3) == 0;
    if (settings.replace) settings.max_reuse = static_cast<int>(random.below(4));
    if (random.below(3) == 0) {
        settings.min_controls = 1 + static_cast<int>(random.below(static_cast<std::uint64_t>(settings.ratio)));
        settings.max_controls = settings.ratio + 1 + static_cast<int>(random.below(2));
    }
    return settings;
}

TEST(NearestNeighbor, AgreesWithTheDefinitionUnderEveryLimit) {
    Random random(20260102);
    std::size_t compared = 0;
    for (int repeat = 0; repeat < 6000; ++repeat) {
        Instance instance = random_instance(random, 2 + random.below(22), 1 + random.below(30), 1 + random.below(3));
        if (random.below(2) == 0) instance.width = static_cast<double>(1 + random.below(8)) / 8;
        instance.must_differ = random.below(3) == 0;
        const MatchingSettings settings = random_settings(random);
        BruteForce brute(instance, settings, settings.caliper.value_or(no_caliper));
        const std::vector<Pair> expected = brute.pairs();
        const auto ours = nearest_neighbor(instance.problem(), settings);
        if (expected.empty()) {
            ASSERT_FALSE(ours);
            continue;
        }
        ASSERT_TRUE(ours) << ours.error().code;
        ASSERT_EQ(ours->pairs, expected) << "order " << static_cast<int>(settings.order) << " repeat " << repeat;
        ASSERT_EQ(ours->tied_choices, brute.tied()) << "order " << static_cast<int>(settings.order);
        ++compared;
    }
    EXPECT_GT(compared, 4000);
}

TEST(NearestNeighbor, OrderOfTheRowsDoesNotMatter) {
    Random random(7);
    for (int repeat = 0; repeat < 40; ++repeat) {
        const Instance instance = random_instance(random, 30, 20, 2);
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
        for (MatchingSettings settings : all_settings()) {
            for (const bool lots : {false, true}) {
                if (lots) settings.order = MatchOrder::random;
                if (settings.caliper) settings.caliper_unit = design::CaliperUnit::sd;
                const auto first = nearest_neighbor(instance.problem(), settings);
                const auto second = nearest_neighbor(shuffled.problem(), settings);
                ASSERT_EQ(first.has_value(), second.has_value());
                if (!first) continue;
                std::set<std::array<std::size_t, 2>> pairs;
                std::set<std::array<std::size_t, 2>> shuffled_pairs;
                for (const Pair& pair : first->pairs) pairs.insert({pair.focal, pair.match});
                for (const Pair& pair : second->pairs) shuffled_pairs.insert({rows[pair.focal], rows[pair.match]});
                ASSERT_EQ(pairs, shuffled_pairs);
                ASSERT_EQ(first->caliper_raw, second->caliper_raw);
                ASSERT_EQ(first->messages, second->messages);
                ASSERT_EQ(first->tied_choices, second->tied_choices);
                for (std::size_t i = 0; i < rows.size(); ++i) {
                    ASSERT_EQ(second->weight[i], first->weight[rows[i]]);
                    ASSERT_EQ(second->reason[i], first->reason[rows[i]]);
                }
            }
        }
    }
}

TEST(NearestNeighbor, WeightsOfEachArmAverageOne) {
    Random random(11);
    for (int repeat = 0; repeat < 30; ++repeat) {
        const Instance instance = random_instance(random, 25, 40, 2);
        for (const MatchingSettings& settings : all_settings()) {
            const auto sample = nearest_neighbor(instance.problem(), settings);
            if (!sample) continue;
            std::array<double, 2> sum{};
            std::array<double, 2> count{};
            for (std::size_t i = 0; i < instance.size(); ++i) {
                if (sample->weight[i] > 0) {
                    sum[instance.treated[i]] += sample->weight[i];
                    ++count[instance.treated[i]];
                }
            }
            for (const std::size_t arm : {0U, 1U}) ASSERT_NEAR(sum[arm] / count[arm], 1, 1e-14);
        }
    }
}

TEST(NearestNeighbor, MatchesShareTheWeightOfTheirSet) {
    // 1 takes 0.9 and, in the second round, 0.5; 0 takes 0.1 and finds nobody left: sets of two and of one.
    const std::vector<double> score = {1.0, 0.0, 0.9, 0.5, 0.1};
    const std::vector<std::uint8_t> treated = {1, 1, 0, 0, 0};
    MatchingSettings settings;
    settings.ratio = 2;
    const auto sample = nearest_neighbor({score, treated, {}, {}, {}}, settings);
    ASSERT_TRUE(sample);
    ASSERT_EQ(sample->pairs.size(), 3);
    EXPECT_EQ(sample->pairs[0].match, 2);
    EXPECT_EQ(sample->pairs[1].match, 3);
    EXPECT_EQ(sample->pairs[2].match, 4);
    EXPECT_EQ(sample->weight, (std::vector<double>{1, 1, 0.75, 0.75, 1.5}));
    EXPECT_EQ(sample->subclass, (std::vector<std::int32_t>{0, 1, 0, 0, 1}));
    ASSERT_EQ(sample->messages.size(), 1);
    EXPECT_EQ(sample->messages[0].code, "sets_incomplete");
    EXPECT_EQ(sample->messages[0].count, 1);
}

TEST(NearestNeighbor, TieGoesToTheLowerScoreAndThenToTheSmallerRank) {
    const std::vector<double> score = {0.5, 0.75, 0.25, 0.25};
    const std::vector<std::uint8_t> treated = {1, 0, 0, 0};
    const std::vector<std::uint32_t> rank = {0, 1, 9, 3};
    const auto sample = nearest_neighbor({score, treated, {}, rank, {}}, MatchingSettings{});
    ASSERT_TRUE(sample);
    EXPECT_EQ(sample->pairs, (std::vector<Pair>{{0, 3, 0.25}}));
    EXPECT_EQ(sample->tied_choices, 1);
}

TEST(NearestNeighbor, RandomOrderFollowsTheSeed) {
    Random random(3);
    const Instance instance = random_instance(random, 60, 400, 1);
    MatchingSettings settings;
    settings.order = MatchOrder::random;
    std::set<std::vector<std::size_t>> outcomes;
    for (settings.seed = 1; settings.seed <= 8; ++settings.seed) {
        const auto first = nearest_neighbor(instance.problem(), settings);
        const auto again = nearest_neighbor(instance.problem(), settings);
        ASSERT_TRUE(first && again);
        EXPECT_EQ(first->pairs, again->pairs);
        std::vector<std::size_t> matches;
        for (const Pair& pair : first->pairs) matches.push_back(pair.match);
        outcomes.insert(matches);
    }
    EXPECT_GT(outcomes.size(), 1);
}

TEST(NearestNeighbor, DefaultOrderDependsOnTheEstimand) {
    EXPECT_EQ(default_order(Estimand::att), MatchOrder::largest);
    EXPECT_EQ(default_order(Estimand::atc), MatchOrder::smallest);
}

TEST(NearestNeighbor, SpansOfDifferentLengthsAreAFault) {
    const std::vector<double> score = {1, 2};
    const std::vector<std::uint8_t> treated = {1};
    EXPECT_THROW((void)nearest_neighbor({score, treated, {}, {}, {}}, MatchingSettings{}), std::invalid_argument);
}

TEST(NearestNeighbor, StopsWhenCancelled) {
    const std::vector<double> score = {1, 2};
    const std::vector<std::uint8_t> treated = {1, 0};
    const CancellationToken token;
    token.cancel();
    const auto sample = nearest_neighbor({score, treated, {}, {}, {}}, MatchingSettings{}, token);
    ASSERT_FALSE(sample);
    EXPECT_EQ(sample.error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace twinfirm::matching
