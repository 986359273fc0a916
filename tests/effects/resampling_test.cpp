// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "twinfirm/base/random.h"
#include "twinfirm/effects/difference_in_means.h"
#include "twinfirm/effects/pair_bootstrap.h"
#include "twinfirm/effects/permutation_test.h"

namespace twinfirm::effects {
namespace {

/// `ratio` controls to each adopter.
MatchedOutcomes draw(int pairs, int ratio, double effect, std::uint64_t seed) {
    Random random(seed);
    MatchedOutcomes outcomes;
    for (int pair = 0; pair < pairs; ++pair) {
        const double shared = random.normal();
        for (int k = 0; k <= ratio; ++k) {
            outcomes.set.push_back(pair);
            outcomes.firm.push_back(static_cast<std::int32_t>(outcomes.firm.size()));
            outcomes.treated.push_back(k == 0);
            outcomes.weight.push_back(k == 0 ? 1 : 1.0 / ratio);
            outcomes.value.push_back(1e6 + shared + random.normal() + (k == 0 ? effect : 0));
        }
    }
    return outcomes;
}

/// p value over all subsets of adopters by brute force.
double all_relabelings(const std::vector<double>& value, std::size_t adopters) {
    const auto statistic = [&](std::uint32_t mask) {
        double sums[2] = {0, 0};
        double counts[2] = {0, 0};
        for (std::size_t i = 0; i < value.size(); ++i) {
            const std::size_t arm = (mask >> i) & 1U;
            sums[arm] += value[i];
            ++counts[arm];
        }
        return std::abs(sums[1] / counts[1] - sums[0] / counts[0]);
    };
    int as_far = 0;
    int all = 0;
    for (std::uint32_t mask = 0; mask < (1U << value.size()); ++mask) {
        if (static_cast<std::size_t>(__builtin_popcount(mask)) != adopters) continue;
        ++all;
        as_far += statistic(mask) >= statistic((1U << adopters) - 1) - 1e-9;
    }
    return static_cast<double>(as_far) / all;
}

TEST(PermutationTest, IsExactOnAllTwentyRelabelingsOfSixFirms) {
    Random random(20);
    for (int repeat = 0; repeat < 200; ++repeat) {
        MatchedOutcomes outcomes{
            std::vector<std::int32_t>(6, -1), {0, 1, 2, 3, 4, 5}, {1, 1, 1, 0, 0, 0}, std::vector<double>(6, 1), {}};
        for (int i = 0; i < 6; ++i) outcomes.value.push_back(static_cast<double>(random.below(9)));  // with ties
        const PermutationTest test = permutation_test(outcomes, {}).value();
        EXPECT_TRUE(test.exact);
        EXPECT_EQ(test.assignments, 20U);
        EXPECT_DOUBLE_EQ(test.effect.p_value, all_relabelings(outcomes.value, 3));
        EXPECT_TRUE(std::isnan(test.effect.std_error));
    }
}

TEST(PermutationTest, OfPairsIsTheTestOfAllChangesOfSign) {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        const MatchedOutcomes outcomes = draw(9, 1, 0.5, seed);
        double observed = 0;
        std::vector<double> differences;
        for (std::size_t i = 0; i < 18; i += 2) {
            differences.push_back(outcomes.value[i] - outcomes.value[i + 1]);
            observed += differences.back();
        }
        int as_far = 0;
        for (std::uint32_t mask = 0; mask < 512; ++mask) {
            double sum = 0;
            for (std::size_t i = 0; i < 9; ++i) sum += ((mask >> i) & 1U) != 0 ? -differences[i] : differences[i];
            as_far += std::abs(sum) >= std::abs(observed) - 1e-7;
        }
        const PermutationTest test = permutation_test(outcomes, {}).value();
        EXPECT_EQ(test.assignments, 512U);
        EXPECT_DOUBLE_EQ(test.effect.p_value, as_far / 512.0);
        EXPECT_NEAR(test.effect.estimate, difference_in_means(outcomes, SeKind::cr0, 0.95)->estimate, 1e-8);
    }
}

TEST(PermutationTest, DrawnAssignmentsComeNearTheExactShareForAnyNumberOfThreads) {
    const MatchedOutcomes few = draw(8, 3, 0.4, 5);    // 65,536 assignments
    const MatchedOutcomes many = draw(40, 3, 0.4, 5);  // drawn
    ResamplingOptions options{20000, 3, 1};
    const PermutationTest exact = permutation_test(few, options).value();
    EXPECT_TRUE(exact.exact);
    EXPECT_EQ(exact.assignments, 65536U);
    const PermutationTest drawn = permutation_test(many, options).value();
    EXPECT_FALSE(drawn.exact);
    options.threads = 2;
    EXPECT_EQ(permutation_test(many, options).value().effect.p_value, drawn.effect.p_value);
    const Estimate normal = difference_in_means(many, SeKind::paired, 0.95).value();
    EXPECT_NEAR(drawn.effect.p_value, normal.p_value, 0.02);
}

TEST(PermutationTest, RefusesSharedFirmsAndUnequalWeights) {
    MatchedOutcomes outcomes = draw(5, 2, 0, 1);
    outcomes.weight[1] = 2;
    EXPECT_EQ(permutation_test(outcomes, {}).error().code, "permutation_unequal_weights");
    outcomes = draw(5, 1, 0, 1);
    outcomes.firm[3] = outcomes.firm[1];
    EXPECT_EQ(permutation_test(outcomes, {}).error().code, "permutation_with_replacement");
    outcomes.treated.assign(outcomes.treated.size(), 1);
    outcomes.firm[3] = 3;
    EXPECT_TRUE(std::isnan(permutation_test(outcomes, {})->effect.p_value));
}

TEST(PairBootstrap, ErrorIsThatOfThePairs) {
    const MatchedOutcomes outcomes = draw(300, 1, 0.3, 8);
    const Estimate pair = difference_in_means(outcomes, SeKind::cr0, 0.95).value();
    const Estimate drawn = bootstrap_difference(outcomes, {4000, 1, 2}, 0.95).value();
    EXPECT_EQ(drawn.estimate, pair.estimate);
    EXPECT_NEAR(drawn.std_error, pair.std_error, 0.05 * pair.std_error);
    EXPECT_NEAR(drawn.ci_low, pair.ci_low, 0.2 * pair.std_error);
    EXPECT_NEAR(drawn.ci_high, pair.ci_high, 0.2 * pair.std_error);
    EXPECT_NEAR(drawn.p_value, pair.p_value, 0.02);
    EXPECT_EQ(drawn.se_kind, "bootstrap");
}

TEST(PairBootstrap, SameBitsForAnyNumberOfThreadsAndOtherSeedsDiffer) {
    const MatchedOutcomes outcomes = draw(50, 2, 0.3, 9);
    const Estimate one = bootstrap_difference(outcomes, {500, 1, 1}, 0.95).value();
    EXPECT_EQ(one.std_error, bootstrap_difference(outcomes, {500, 1, 2}, 0.95)->std_error);
    EXPECT_NE(one.std_error, bootstrap_difference(outcomes, {500, 2, 1}, 0.95)->std_error);
}

TEST(PairBootstrap, OfTheRegressionIsNearItsClusteredError) {
    const MatchedOutcomes outcomes = draw(150, 1, 0.3, 10);
    Eigen::MatrixXd x(300, 1);
    Random random(10);
    for (Eigen::Index i = 0; i < 300; ++i) x(i, 0) = random.normal();
    const Estimate clustered = regression_adjusted(outcomes, x, Adjustment::interacted, SeKind::cr0, 0.95).value();
    const Estimate drawn = bootstrap_regression(outcomes, x, Adjustment::interacted, {500, 1, 2}, 0.95).value();
    EXPECT_NEAR(drawn.estimate, clustered.estimate, 1e-9);
    EXPECT_NEAR(drawn.std_error, clustered.std_error, 0.12 * clustered.std_error);
}

TEST(PairBootstrap, IsRefusedWithReplacementAndNamesWhy) {
    MatchedOutcomes outcomes = draw(20, 1, 0, 11);
    outcomes.firm[3] = outcomes.firm[1];
    const auto refused = bootstrap_difference(outcomes, {}, 0.95);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "bootstrap_with_replacement");
    EXPECT_EQ(refused.error().kind, ErrorKind::usage);
    const Estimate one = bootstrap_difference(draw(1, 1, 0, 12), {}, 0.95).value();
    EXPECT_TRUE(std::isfinite(one.estimate));
    EXPECT_TRUE(std::isnan(one.std_error));
}

}  // namespace
}  // namespace twinfirm::effects
