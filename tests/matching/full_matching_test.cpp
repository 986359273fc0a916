// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/full_matching.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "matching/brute_force.h"
#include "twinfirm/matching/generalized_full_matching.h"
#include "twinfirm/matching/match.h"

namespace twinfirm::matching {
namespace {

using design::Estimand;
using design::MatchingSettings;

MatchingSettings full() {
    MatchingSettings settings;
    settings.method = design::MatchMethod::full;
    return settings;
}

double total_of(const MatchedSample& sample) {
    double total = 0;
    for (const Pair& pair : sample.pairs) total += pair.distance;
    return total;
}

struct Bounds {
    int least = 1;
    int most = 1000;
};

/// The smallest total of links that give everybody with a possible link at least one, by trying all sets of links.
std::optional<double> shortest_by_enumeration(const test::Instance& data, double caliper, Bounds adopters,
                                              Bounds others) {
    std::vector<std::pair<std::size_t, std::size_t>> links;
    std::vector<int> possible(data.size(), 0);
    for (std::size_t i = 0; i < data.size(); ++i) {
        for (std::size_t j = 0; j < data.size(); ++j) {
            if (data.treated[i] == 0 || data.treated[j] != 0 || data.stratum[i] != data.stratum[j]) continue;
            if (std::abs(data.score[i] - data.score[j]) > caliper || !data.allows(i, j)) continue;
            links.emplace_back(i, j);
            ++possible[i];
            ++possible[j];
        }
    }
    std::optional<double> best;
    for (std::size_t chosen = 0; chosen < std::size_t{1} << links.size(); ++chosen) {
        std::vector<int> count(data.size(), 0);
        double total = 0;
        for (std::size_t k = 0; k < links.size(); ++k) {
            if ((chosen >> k & 1U) == 0) continue;
            ++count[links[k].first];
            ++count[links[k].second];
            total += std::abs(data.score[links[k].first] - data.score[links[k].second]);
        }
        bool sound = true;
        for (std::size_t i = 0; i < data.size(); ++i) {
            const Bounds& bounds = data.treated[i] != 0 ? adopters : others;
            sound &= possible[i] == 0 || (count[i] >= bounds.least && count[i] <= bounds.most);
        }
        if (sound && (!best || total < *best)) best = total;
    }
    return best;
}

test::Instance small_instance(Random& random) {
    test::Instance data = test::random_instance(random, 4 + random.below(4), 4 + random.below(20), 1 + random.below(2));
    std::size_t links = 0;
    for (std::size_t i = 0; i < data.size(); ++i) {
        for (std::size_t j = 0; j < data.size(); ++j) links += data.treated[i] == 1 && data.treated[j] == 0;
    }
    return links <= 12 ? data : small_instance(random);
}

TEST(FullMatching, IsAsShortAsTheBestOfAllCoversByEnumeration) {
    Random random(20260301);
    int compared = 0;
    for (int i = 0; i < 3000; ++i) {
        const test::Instance data = small_instance(random);
        MatchingSettings settings = full();
        settings.estimand = static_cast<Estimand>(random.below(3));
        settings.caliper_unit = design::CaliperUnit::raw;
        if (random.below(2) == 0) settings.caliper = static_cast<double>(1 + random.below(10)) / 8;
        const auto sample = full_matching(data.problem(), settings);
        if (!sample) continue;
        const auto best =
            shortest_by_enumeration(data, settings.caliper.value_or(std::numeric_limits<double>::infinity()), {}, {});
        ASSERT_TRUE(best);
        ASSERT_NEAR(total_of(*sample), *best, 1e-12) << i;
        ++compared;
    }
    EXPECT_GT(compared, 2000);
}

TEST(FullMatching, IsAsShortWithLimitsOnCovariates) {
    Random random(20260302);
    int compared = 0;
    for (int i = 0; i < 1000; ++i) {
        test::Instance data = small_instance(random);
        data.width = static_cast<double>(2 + random.below(12)) / 8;
        data.must_differ = random.below(2) == 0;
        const auto sample = full_matching(data.problem(), full());
        if (!sample) continue;
        const auto best = shortest_by_enumeration(data, std::numeric_limits<double>::infinity(), {}, {});
        ASSERT_TRUE(best);
        ASSERT_NEAR(total_of(*sample), *best, 1e-9) << i;
        ++compared;
    }
    EXPECT_GT(compared, 500);
}

TEST(FullMatching, IsAsShortWithinBoundsOrKnowsThatTheyCannotBeMet) {
    Random random(20260303);
    int compared = 0;
    int infeasible = 0;
    for (int i = 0; i < 1500; ++i) {
        const test::Instance data = small_instance(random);
        MatchingSettings settings = full();
        const int sharing = 1 + static_cast<int>(random.below(3));  // adopters that may share a control
        const int most = 1 + static_cast<int>(random.below(3));
        settings.min_controls = 1.0 / sharing;
        settings.max_controls = most;
        settings.estimand = random.below(2) == 0 ? Estimand::att : Estimand::atc;
        const auto sample = full_matching(data.problem(), settings);
        const auto best =
            shortest_by_enumeration(data, std::numeric_limits<double>::infinity(), {1, most}, {1, sharing});
        if (!sample && sample.error().code == "full_matching_infeasible") {
            ASSERT_FALSE(best) << i;
            ++infeasible;
            continue;
        }
        if (!sample) continue;
        ASSERT_TRUE(best) << i;
        ASSERT_NEAR(total_of(*sample), *best, 1e-9) << i;
        ++compared;
    }
    EXPECT_GT(compared, 300);
    EXPECT_GT(infeasible, 300);
}

/// A distance of covariates of one dimension is the score's.
TEST(FullMatching, ADistanceOfCovariatesGivesTheSameTotalAsTheScoreItIs) {
    Random random(20260304);
    for (int i = 0; i < 200; ++i) {
        const test::Instance data = test::random_instance(random, 40, 100, 2);
        const auto on_score = full_matching(data.problem(), full());
        CovariatePoints points;
        points.dimensions = 1;
        points.coordinate = data.score;
        MatchProblem problem = data.problem();
        const std::vector<double> no_score(data.size(), 0);
        problem.score = no_score;
        problem.points = &points;
        const auto on_points = full_matching(problem, full());
        ASSERT_EQ(on_score.has_value(), on_points.has_value());
        if (on_score) {
            ASSERT_NEAR(total_of(*on_score), total_of(*on_points), 1e-9) << i;
        }
    }
}

TEST(FullMatching, PairsBeginWithTheFocalArm) {
    Random random(20261122);
    const test::Instance data = test::random_instance(random, 30, 60, 1);
    for (const design::Estimand estimand : {design::Estimand::att, design::Estimand::atc}) {
        for (const bool quick : {false, true}) {
            MatchingSettings settings = full();
            settings.estimand = estimand;
            const auto sample =
                quick ? generalized_full_matching(data.problem(), settings) : full_matching(data.problem(), settings);
            ASSERT_TRUE(sample);
            ASSERT_FALSE(sample->pairs.empty());
            const std::uint8_t focal = estimand == design::Estimand::atc ? 0 : 1;
            for (const Pair& pair : sample->pairs) {
                EXPECT_EQ(sample->treated[pair.focal], focal);
                EXPECT_NE(sample->treated[pair.match], focal);
            }
        }
    }
}

TEST(FullMatching, SettingsOfPairsAreRefused) {
    const std::vector<double> score{0, 1};
    const std::vector<std::uint8_t> treated{1, 0};
    const MatchProblem problem{score, treated, {}, {}, {}};
    MatchingSettings settings = full();
    settings.replace = true;
    EXPECT_EQ(full_matching(problem, settings).error().code, "setting_not_for_method");
    settings = full();
    settings.min_controls = 3;
    settings.max_controls = 2;
    EXPECT_EQ(full_matching(problem, settings).error().code, "full_ratio_value");
}

TEST(FullMatching, ManyPairsWithoutALineAreRefusedByTheirNumber) {
    const std::size_t each = 2001;
    std::vector<double> score;
    std::vector<std::uint8_t> treated;
    for (std::size_t i = 0; i < 2 * each; ++i) {
        score.push_back(static_cast<double>(i));
        treated.push_back(i % 2 == 0);
    }
    MatchingSettings settings = full();
    settings.max_controls = 2;
    const auto sample = full_matching(MatchProblem{score, treated, {}, {}, {}}, settings);
    ASSERT_FALSE(sample);
    EXPECT_EQ(sample.error().code, "full_matching_too_large");
}

TEST(FullMatching, APairJustAtTheCaliperMaySave) {
    // a - c 0.125, c - b 0.875, b - d 1 (the caliper), d - e 0.875, e - f 0.125: b and d together cost 1, apart 1.75.
    const std::vector<double> score{0, 0.125, 1, 2, 2.875, 3};
    const std::vector<std::uint8_t> treated{1, 0, 1, 0, 1, 0};
    MatchingSettings settings = full();
    settings.caliper = 1;
    settings.caliper_unit = design::CaliperUnit::raw;
    MatchProblem problem{score, treated, {}, {}, {}};
    const CovariateLimit wide{score, 100, false};
    for (const bool limited : {false, true}) {
        if (limited) problem.limits = {&wide, 1};
        const auto sample = match(problem, settings);
        ASSERT_TRUE(sample) << sample.error().code;
        EXPECT_DOUBLE_EQ(total_of(*sample), 1.25);
    }
}

}  // namespace
}  // namespace twinfirm::matching
