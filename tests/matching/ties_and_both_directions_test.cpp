// SPDX-License-Identifier: GPL-3.0-or-later
// Matching with replacement: all tied candidates kept, and both arms matched for the ATE.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "twinfirm/base/random.h"
#include "twinfirm/matching/nearest_neighbor.h"

namespace twinfirm::matching {
namespace {

struct Case {
    std::vector<double> score;
    std::vector<std::uint8_t> treated;
    std::vector<std::int32_t> stratum;
    CovariatePoints points;
    std::vector<double> limited;
};

Case draw(std::uint64_t number) {
    Random random(77, number);
    Case drawn;
    const std::size_t units = 6 + random.below(50);
    drawn.points.dimensions = 2;
    for (std::size_t i = 0; i < units; ++i) {
        drawn.treated.push_back(i < 4 ? i % 2 == 0 : random.below(2) == 0);
        drawn.stratum.push_back(i < 4 ? 0 : static_cast<std::int32_t>(random.below(2)));
        drawn.score.push_back(static_cast<double>(random.below(10)));
        drawn.limited.push_back(static_cast<double>(random.below(3)));
        for (int k = 0; k < 2; ++k) drawn.points.coordinate.push_back(static_cast<double>(random.below(4)));
    }
    return drawn;
}

/// For each focal unit: everybody no further than its k-th nearest plus the tolerance.
std::map<std::size_t, std::set<std::size_t>> brute_force(const Case& drawn, const design::MatchingSettings& settings,
                                                         bool by_points, bool limits, std::uint8_t focal_arm) {
    std::map<std::size_t, std::set<std::size_t>> sets;
    const auto distance = [&](std::size_t a, std::size_t b) {
        return by_points ? std::sqrt(drawn.points.squared_distance(a, b)) : std::abs(drawn.score[a] - drawn.score[b]);
    };
    for (std::size_t i = 0; i < drawn.score.size(); ++i) {
        if (drawn.treated[i] != focal_arm) continue;
        std::vector<double> distances;
        const auto allowed = [&](std::size_t j) {
            return drawn.treated[j] != focal_arm && drawn.stratum[i] == drawn.stratum[j] &&
                   std::abs(drawn.score[i] - drawn.score[j]) <= *settings.caliper &&
                   (!limits || std::abs(drawn.limited[i] - drawn.limited[j]) <= 1);
        };
        for (std::size_t j = 0; j < drawn.score.size(); ++j) {
            if (allowed(j)) distances.push_back(distance(i, j));
        }
        if (distances.empty()) continue;
        std::sort(distances.begin(), distances.end());
        const auto wanted = std::min(distances.size(), static_cast<std::size_t>(settings.ratio));
        for (std::size_t j = 0; j < drawn.score.size(); ++j) {
            if (allowed(j) && distance(i, j) <= distances[wanted - 1] + settings.tie_tolerance) sets[i].insert(j);
        }
    }
    return sets;
}

std::map<std::size_t, std::set<std::size_t>> sets_of(const MatchedSample& sample) {
    std::map<std::size_t, std::set<std::size_t>> sets;
    for (const Pair& pair : sample.pairs) EXPECT_TRUE(sets[pair.focal].insert(pair.match).second);
    return sets;
}

TEST(KeptTies, AreThoseOfBruteForce) {
    for (std::uint64_t number = 0; number < 1500; ++number) {
        const Case drawn = draw(number);
        design::MatchingSettings settings;
        settings.replace = settings.keep_ties = true;
        settings.ratio = 1 + static_cast<int>(number % 3);
        settings.caliper = 4;
        settings.caliper_unit = design::CaliperUnit::raw;
        settings.tie_tolerance = number % 4 == 0 ? 1 : 0;
        const bool by_points = number % 2 == 0;
        const bool limits = number % 5 == 0;
        MatchProblem problem{drawn.score, drawn.treated, drawn.stratum, {}, {}};
        const CovariateLimit limit{drawn.limited, 1, false};
        if (by_points) problem.points = &drawn.points;
        if (limits) problem.limits = {&limit, 1};
        const auto expected = brute_force(drawn, settings, by_points, limits, 1);
        const auto sample = nearest_neighbor(problem, settings);
        ASSERT_EQ(sample.has_value(), !expected.empty());
        if (!sample) continue;
        ASSERT_EQ(sets_of(*sample), expected) << number;
        EXPECT_EQ(sample->verification.violations(), 0U);
        EXPECT_EQ(sample->tied_choices, 0U);
    }
}

TEST(KeptTies, NeedReplacementAndAFiniteTolerance) {
    const Case drawn = draw(1);
    const MatchProblem problem{drawn.score, drawn.treated, {}, {}, {}};
    design::MatchingSettings settings;
    settings.keep_ties = true;
    EXPECT_EQ(nearest_neighbor(problem, settings).error().code, "ties_need_replacement");
    settings.replace = true;
    settings.tie_tolerance = std::nan("");
    EXPECT_EQ(nearest_neighbor(problem, settings).error().code, "tie_tolerance_value");
    settings.tie_tolerance = -1;
    EXPECT_EQ(nearest_neighbor(problem, settings).error().code, "tie_tolerance_value");
}

TEST(BothDirections, AreTheTwoMatchingsPutTogether) {
    for (std::uint64_t number = 0; number < 300; ++number) {
        const Case drawn = draw(number);
        design::MatchingSettings settings;
        settings.replace = true;
        settings.keep_ties = number % 2 == 0;
        settings.estimand = design::Estimand::ate;
        settings.caliper = 100;
        settings.caliper_unit = design::CaliperUnit::raw;
        const auto sample = nearest_neighbor({drawn.score, drawn.treated, {}, {}, {}}, settings);
        ASSERT_TRUE(sample) << sample.error().code;
        double weights[2] = {0, 0};
        double units[2] = {0, 0};
        std::vector<double> share(drawn.score.size(), 0);
        const auto sets = sets_of(*sample);
        EXPECT_EQ(sets.size(), drawn.score.size()) << "within a wide caliper everybody is matched";
        for (const auto& [focal, matches] : sets) {
            share[focal] += 1;
            for (const std::size_t match : matches) {
                EXPECT_NE(drawn.treated[focal], drawn.treated[match]);
                share[match] += 1.0 / static_cast<double>(matches.size());
            }
        }
        for (std::size_t i = 0; i < drawn.score.size(); ++i) {
            weights[drawn.treated[i]] += sample->weight[i];
            ++units[drawn.treated[i]];
        }
        for (std::size_t i = 0; i < drawn.score.size(); ++i) {
            const double scale = units[drawn.treated[i]] / static_cast<double>(drawn.score.size());
            EXPECT_NEAR(sample->weight[i], share[i] * scale, 1e-12);
        }
        for (const int arm : {0, 1}) EXPECT_NEAR(weights[arm], units[arm], 1e-9);
        EXPECT_EQ(sample->verification.violations(), 0U);
    }
}

TEST(BothDirections, AreRefusedWithoutReplacement) {
    const Case drawn = draw(1);
    design::MatchingSettings settings;
    settings.estimand = design::Estimand::ate;
    EXPECT_EQ(nearest_neighbor({drawn.score, drawn.treated, {}, {}, {}}, settings).error().code,
              "estimand_not_for_nearest");
}

TEST(BothDirections, WhoHasNoMatchIsToldWhyHeFoundNone) {
    // The adopter of stratum 1 meets nobody there; the non-adopter at 9 is out of every adopter's reach.
    const std::vector<double> score{0, 5, 0.1, 9};
    const std::vector<std::uint8_t> treated{1, 1, 0, 0};
    const std::vector<std::int32_t> stratum{0, 1, 0, 0};
    design::MatchingSettings settings;
    settings.replace = true;
    settings.caliper = 1;
    settings.caliper_unit = design::CaliperUnit::raw;
    settings.estimand = design::Estimand::ate;
    const auto sample = nearest_neighbor({score, treated, stratum, {}, {}}, settings);
    ASSERT_TRUE(sample);
    EXPECT_EQ(sample->reason, (std::vector<Reason>{Reason::matched, Reason::no_candidate_in_stratum, Reason::matched,
                                                   Reason::outside_caliper}));
}

}  // namespace
}  // namespace twinfirm::matching
