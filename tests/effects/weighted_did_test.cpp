// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/weighted_did.h"

#include <gtest/gtest.h>

#include <cmath>

#include "twinfirm/base/random.h"
#include "twinfirm/effects/difference_in_means.h"

namespace twinfirm::effects {

namespace {

constexpr std::size_t firms = 60;

/// Levels about 10 with a rise of 2 for adopters; every third firm adopts.
WeightedCohort cohort_of(const matching::BalancingWeights& weights, std::uint64_t seed) {
    Random random(seed);
    WeightedCohort cohort;
    cohort.weights = &weights;
    for (std::size_t i = 0; i < firms; ++i) {
        const bool adopter = i % 3 == 0;
        cohort.treated.push_back(adopter ? 1 : 0);
        // Adopters of each cohort are its own, the others stand in every cohort.
        cohort.firm.push_back(static_cast<std::int32_t>(adopter ? seed * firms + i : i));
        const double base = 10 + random.normal();
        const double after = base + 1 + (adopter ? 2 : 0) + random.normal();
        cohort.changes.base.push_back(base);
        cohort.changes.after.push_back(after);
        cohort.changes.change.push_back(after - base);
    }
    return cohort;
}

matching::BalancingWeights known_weights(double first) {
    matching::BalancingWeights weights;
    weights.basis = Eigen::MatrixXd::Ones(firms, 1);
    for (std::size_t i = 0; i < firms; ++i) {
        weights.weight.push_back(i % 3 == 0 ? 1 : first + static_cast<double>(i % 5));
        weights.target.push_back(i % 3 == 0 ? 1 : 0);
    }
    return weights;
}

TEST(WeightedDid, OneCohortIsTheDifferenceInMeansWithItsRobustError) {
    const matching::BalancingWeights weights = known_weights(1);
    const WeightedCohort cohort = cohort_of(weights, 1);
    const auto did =
        weighted_did(std::vector{cohort}, WeightedEstimator::difference, WeightedError::firm, false, 0.95).value();
    MatchedOutcomes outcomes;
    for (std::size_t i = 0; i < firms; ++i) {
        outcomes.set.push_back(-1);
        outcomes.firm.push_back(cohort.firm[i]);
        outcomes.treated.push_back(cohort.treated[i]);
        outcomes.weight.push_back(weights.weight[i]);
        outcomes.value.push_back(cohort.changes.change[i]);
    }
    const auto plain = difference_in_means(outcomes, SeKind::hc1, 0.95).value();
    EXPECT_NEAR(did.effect.estimate, plain.estimate, 1e-12);
    EXPECT_NEAR(did.effect.std_error, plain.std_error, 1e-12);
    EXPECT_EQ(did.effect.n_treated, 20);
    EXPECT_EQ(did.effect.se_kind, "firm");
    EXPECT_NEAR(did.treated_after - did.treated_base - (did.control_after - did.control_base), did.effect.estimate,
                1e-12);
    EXPECT_NEAR(did.percent.percent, did.effect.estimate / (did.treated_after - did.effect.estimate), 1e-12);
}

TEST(WeightedDid, EveryAdopterCountsOnceWhateverItsYear) {
    const matching::BalancingWeights even = known_weights(1);
    const matching::BalancingWeights uneven = known_weights(7);
    WeightedCohort first = cohort_of(even, 1);
    WeightedCohort second = cohort_of(uneven, 2);
    second.used.assign(firms, 1);
    for (std::size_t i = 0; i < firms * 3 / 4; ++i) second.used[i] = 0;
    const auto one = [](const WeightedCohort& cohort) {
        return weighted_did(std::vector{cohort}, WeightedEstimator::difference, WeightedError::firm, false, 0.95)
            .value();
    };
    const auto both =
        weighted_did(std::vector{first, second}, WeightedEstimator::difference, WeightedError::firm, false, 0.95)
            .value();
    EXPECT_NEAR(both.effect.estimate, (20 * one(first).effect.estimate + 5 * one(second).effect.estimate) / 25, 1e-12);
    EXPECT_EQ(both.effect.n_treated, 25);
    EXPECT_EQ(both.effect.n_control, 40) << "each firm once";
}

TEST(WeightedDid, ACohortWithoutAnArmIsLeftOut) {
    const matching::BalancingWeights weights = known_weights(1);
    const WeightedCohort whole = cohort_of(weights, 1);
    WeightedCohort lost = cohort_of(weights, 2);
    for (std::size_t i = 0; i < firms; ++i) {
        if (lost.treated[i] == 0) lost.changes.change[i] = not_available;
    }
    for (const WeightedError error : {WeightedError::firm, WeightedError::m_estimation}) {
        const auto alone = weighted_did(std::vector{whole}, WeightedEstimator::difference, error, false, 0.95).value();
        const auto both =
            weighted_did(std::vector{whole, lost}, WeightedEstimator::difference, error, false, 0.95).value();
        EXPECT_NEAR(both.effect.estimate, alone.effect.estimate, 1e-12);
        EXPECT_NEAR(both.effect.std_error, alone.effect.std_error, 1e-12);
    }
    const auto nothing =
        weighted_did(std::vector{lost}, WeightedEstimator::difference, WeightedError::firm, false, 0.95).value();
    EXPECT_TRUE(std::isnan(nothing.effect.estimate));
}

TEST(WeightedDid, RatesAreRatiosOfSums) {
    const matching::BalancingWeights weights = known_weights(1);
    WeightedCohort cohort = cohort_of(weights, 3);
    for (std::size_t i = 0; i < firms; ++i) {
        cohort.changes.base_denominator.push_back(100 + static_cast<double>(i));
        cohort.changes.after_denominator.push_back(120 + static_cast<double>(i));
    }
    double sum[2][4] = {};
    for (std::size_t i = 0; i < firms; ++i) {
        const double w = weights.weight[i];
        const double terms[] = {cohort.changes.base[i], cohort.changes.base_denominator[i], cohort.changes.after[i],
                                cohort.changes.after_denominator[i]};
        for (std::size_t k = 0; k < 4; ++k) sum[cohort.treated[i]][k] += w * terms[k];
    }
    const auto change = [&](const double* s) { return 100 * (s[2] / s[3] - s[0] / s[1]); };
    const auto did =
        weighted_did(std::vector{cohort}, WeightedEstimator::difference, WeightedError::firm, false, 0.95).value();
    EXPECT_NEAR(did.effect.estimate, change(sum[1]) - change(sum[0]), 1e-12);
    EXPECT_GT(did.effect.std_error, 0);
    const auto adjusted = weighted_did(std::vector{cohort}, WeightedEstimator::aipw, WeightedError::firm, false, 0.95);
    ASSERT_FALSE(adjusted);
    EXPECT_EQ(adjusted.error().code, "effects_rate_not_adjustable");
}

}  // namespace

}  // namespace twinfirm::effects
