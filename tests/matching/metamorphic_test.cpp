// SPDX-License-Identifier: GPL-3.0-or-later
// What must not change, or change in a known way, when the problem does: for every method on random problems.
#include <gtest/gtest.h>

#include <algorithm>
#include <clocale>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "matching/random_set_designs.h"

namespace twinfirm::matching {
namespace {

using design::Estimand;
using design::MatchMethod;

constexpr int problems = 300;

/// A design of any method, its numbers no multiples, so that scores do not tie.
test::RandomDesign any_design(Random& random) {
    test::RandomDesign design = random.below(2) == 0 ? test::RandomDesign(random) : test::random_set_design(random);
    for (double& score : design.data.score) score += 1e-3 * random.normal();
    return design;
}

MatchProblem problem_of(const test::RandomDesign& design) {
    MatchProblem problem = design.problem();
    if (design.settings.method == MatchMethod::subclass) problem.stratum = {};
    return problem;
}

/// The rows in another order; the ranks go with them.
test::RandomDesign shuffled(const test::RandomDesign& design, const std::vector<std::size_t>& order) {
    test::RandomDesign other = design;
    for (std::size_t i = 0; i < order.size(); ++i) {
        other.data.score[i] = design.data.score[order[i]];
        other.data.treated[i] = design.data.treated[order[i]];
        other.data.stratum[i] = design.data.stratum[order[i]];
        other.data.rank[i] = design.data.rank[order[i]];
        other.data.covariate[i] = design.data.covariate[order[i]];
        other.data.group[0][i] = design.data.group[0][order[i]];
        other.preset[i] = design.preset[order[i]];
    }
    return other;
}

TEST(Metamorphic, RowsInAnotherOrderGiveTheSameSampleToTheBit) {
    Random random(20260401);
    int compared = 0;
    for (int i = 0; i < problems; ++i) {
        const test::RandomDesign design = any_design(random);
        std::vector<std::size_t> order(design.data.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        random.shuffle(order);
        const test::RandomDesign other = shuffled(design, order);
        const auto first = match(problem_of(design), design.settings);
        const auto second = match(problem_of(other), other.settings);
        ASSERT_EQ(first.has_value(), second.has_value()) << i;
        if (!first) continue;
        std::vector<Pair> pairs;
        for (const Pair& pair : second->pairs) pairs.push_back({order[pair.focal], order[pair.match], pair.distance});
        const auto by_row = [](const Pair& a, const Pair& b) {
            return std::pair(a.focal, a.match) < std::pair(b.focal, b.match);
        };
        std::vector<Pair> expected = first->pairs;
        std::sort(pairs.begin(), pairs.end(), by_row);
        std::sort(expected.begin(), expected.end(), by_row);
        ASSERT_EQ(pairs, expected) << i << " method " << static_cast<int>(design.settings.method);
        for (std::size_t k = 0; k < order.size(); ++k) {
            ASSERT_EQ(second->weight[k], first->weight[order[k]]) << i;
            ASSERT_EQ(second->reason[k], first->reason[order[k]]) << i;
        }
        ++compared;
    }
    EXPECT_GT(compared, problems / 2);
}

TEST(Metamorphic, AnyNumberOfThreadsAndAnyLocaleGiveTheSameSampleToTheBit) {
    Random random(20260402);
    for (int i = 0; i < problems; ++i) {
        const test::RandomDesign design = any_design(random);
        MatchProblem problem = problem_of(design);
        problem.threads = 1;
        const auto first = match(problem, design.settings);
        for (const unsigned threads : {2U, 4U}) {
            problem.threads = threads;
            const std::string before = std::setlocale(LC_ALL, nullptr);
            std::setlocale(LC_ALL, threads == 2 ? "de_DE.UTF-8" : "ko_KR.UTF-8");
            const auto again = match(problem, design.settings);
            std::setlocale(LC_ALL, before.c_str());
            ASSERT_EQ(first.has_value(), again.has_value());
            if (!first) continue;
            ASSERT_EQ(first->pairs, again->pairs);
            ASSERT_EQ(first->weight, again->weight);
            ASSERT_EQ(first->subclass, again->subclass);
            ASSERT_EQ(first->messages.size(), again->messages.size());
            for (std::size_t k = 0; k < first->messages.size(); ++k) {
                ASSERT_EQ(first->messages[k].arguments, again->messages[k].arguments);
            }
        }
    }
}

/// The arms exchanged and the other arm asked for: the same units, weights and sets.
TEST(Metamorphic, ArmsExchangedWithTheEstimandGiveTheSameSample) {
    Random random(20260403);
    int compared = 0;
    for (int i = 0; i < problems; ++i) {
        test::RandomDesign design = any_design(random);
        if (design.settings.max_controls > 0 && design.settings.method == MatchMethod::full) continue;
        test::RandomDesign other = design;
        for (std::uint8_t& treated : other.data.treated) treated = 1 - treated;
        other.settings.estimand = design.settings.estimand == Estimand::att   ? Estimand::atc
                                  : design.settings.estimand == Estimand::atc ? Estimand::att
                                                                              : Estimand::ate;
        other.settings.discard = design.settings.discard == design::Discard::treated   ? design::Discard::control
                                 : design.settings.discard == design::Discard::control ? design::Discard::treated
                                                                                       : design.settings.discard;
        const auto first = match(problem_of(design), design.settings);
        const auto second = match(problem_of(other), other.settings);
        ASSERT_EQ(first.has_value(), second.has_value()) << i;
        if (!first) continue;
        // The ATE of linked sets has no focal arm to be exchanged: ties of whole matchings may fall otherwise.
        const bool linked = design.settings.method == MatchMethod::full || design.settings.method == MatchMethod::quick;
        if (linked && design.settings.estimand == Estimand::ate) continue;
        for (std::size_t k = 0; k < first->weight.size(); ++k) {
            ASSERT_NEAR(first->weight[k], second->weight[k], 1e-12)
                << i << " method " << static_cast<int>(design.settings.method);
            ASSERT_EQ(first->reason[k], second->reason[k]) << i;
        }
        ++compared;
    }
    EXPECT_GT(compared, problems / 3);
}

/// A candidate out of everybody's reach changes nothing.
TEST(Metamorphic, AFarAwayCandidateChangesNoPair) {
    Random random(20260404);
    int compared = 0;
    for (int i = 0; i < problems; ++i) {
        test::RandomDesign design = any_design(random);
        if (design.settings.method == MatchMethod::subclass || design.settings.method == MatchMethod::none ||
            design.settings.method == MatchMethod::exact || design.settings.max_controls > 0) {
            continue;
        }
        design.settings.discard = design::Discard::none;
        design.settings.estimand = Estimand::att;
        const bool kernel = design.settings.method == MatchMethod::kernel;
        if (kernel) {
            design.settings.bandwidth = 0.5;
        } else {
            design.settings.caliper = 0.5;
            design.settings.caliper_unit = design::CaliperUnit::raw;
        }
        test::RandomDesign other = design;
        other.data.score.push_back(1000);
        other.data.treated.push_back(0);
        other.data.stratum.push_back(0);
        other.data.rank.push_back(static_cast<std::uint32_t>(design.data.size()));
        other.data.covariate.push_back(0);
        other.data.group[0].push_back(0);
        other.preset.push_back(Reason::matched);
        const auto first = match(problem_of(design), design.settings);
        const auto second = match(problem_of(other), other.settings);
        ASSERT_EQ(first.has_value(), second.has_value()) << i;
        if (!first) continue;
        const bool by_flow = !design.data.problem().limits.empty() || design.data.must_differ;
        if (by_flow &&
            (design.settings.method == MatchMethod::optimal || design.settings.method == MatchMethod::full)) {
            // Of several choices of the same total another one may be found.
            const auto total = [](const MatchedSample& sample) {
                return std::accumulate(sample.pairs.begin(), sample.pairs.end(), 0.0,
                                       [](double sum, const Pair& pair) { return sum + pair.distance; });
            };
            ASSERT_NEAR(total(*first), total(*second), 1e-9) << i;
            continue;
        }
        ASSERT_EQ(first->pairs, second->pairs) << i;
        for (std::size_t k = 0; k < first->weight.size(); ++k) ASSERT_EQ(first->weight[k], second->weight[k]) << i;
        ASSERT_EQ(second->weight.back(), 0);
        ++compared;
    }
    EXPECT_GT(compared, problems / 4);
}

TEST(Metamorphic, AWiderCaliperWithReplacementLosesNobody) {
    Random random(20260405);
    for (int i = 0; i < 50; ++i) {
        const test::Instance data = test::random_instance(random, 60, 200, 2);
        design::MatchingSettings settings;
        settings.replace = true;
        settings.caliper_unit = design::CaliperUnit::raw;
        std::size_t before = 0;
        for (const double caliper : {0.05, 0.1, 0.3, 1.0, 3.0}) {
            settings.caliper = caliper;
            const auto sample = match(data.problem(), settings);
            const std::size_t pairs = sample ? sample->pairs.size() : 0;
            ASSERT_GE(pairs, before);
            before = pairs;
        }
    }
}

}  // namespace
}  // namespace twinfirm::matching
