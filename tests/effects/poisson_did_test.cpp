// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/poisson_did.h"

#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <cmath>

#include "twinfirm/base/random.h"
#include "twinfirm/effects/effect_per_support.h"

namespace twinfirm::effects {
namespace {

/// Pairs of an adopter and a non-adopter, most of whose amounts are 0; of an adopter `gain` times as much afterwards.
MatchedChanges pairs_with_zeros(std::size_t pairs, double gain, std::uint64_t seed) {
    Random random(seed);
    MatchedChanges changes;
    for (std::size_t set = 0; set < pairs; ++set) {
        for (const std::uint8_t treated : {std::uint8_t{1}, std::uint8_t{0}}) {
            const bool exports = random.uniform() < 0.4;
            const double level = exports ? std::exp(1 + random.normal()) : 0;
            const double base = level * std::exp(0.2 * random.normal());
            const double after = level * std::exp(0.2 * random.normal()) * 1.1 * (treated != 0 ? gain : 1.0);
            changes.outcomes.set.push_back(static_cast<std::int32_t>(set));
            changes.outcomes.firm.push_back(static_cast<std::int32_t>(changes.outcomes.firm.size()));
            changes.outcomes.treated.push_back(treated);
            changes.outcomes.weight.push_back(1);
            changes.outcomes.value.push_back(after - base);
            changes.base.push_back(base);
            changes.after.push_back(after);
            changes.cohort.push_back(2015);
        }
    }
    return changes;
}

/// Newton's method on the Poisson pseudo-likelihood, with the sandwich clustered by set.
struct Fitted {
    double coefficient = 0;
    double std_error = 0;
};
Fitted fitted_poisson(const MatchedChanges& changes) {
    const auto rows = static_cast<Eigen::Index>(2 * changes.base.size());
    Eigen::MatrixXd x(rows, 4);
    Eigen::VectorXd y(rows);
    for (std::size_t i = 0; i < changes.base.size(); ++i) {
        const double treated = changes.outcomes.treated[i];
        const auto row = static_cast<Eigen::Index>(2 * i);
        x.row(row) << 1, treated, 0, 0;
        x.row(row + 1) << 1, treated, 1, treated;
        y[row] = changes.base[i];
        y[row + 1] = changes.after[i];
    }
    Eigen::VectorXd beta = Eigen::VectorXd::Zero(4);
    Eigen::MatrixXd hessian;
    for (int step = 0; step < 50; ++step) {
        const Eigen::VectorXd mu = (x * beta).array().exp();
        hessian = x.transpose() * mu.asDiagonal() * x;
        beta += hessian.ldlt().solve(x.transpose() * (y - mu));
    }
    const Eigen::VectorXd residual = y.array() - (x * beta).array().exp();
    Eigen::MatrixXd meat = Eigen::MatrixXd::Zero(4, 4);
    for (Eigen::Index set = 0; set < rows / 4; ++set) {
        const Eigen::VectorXd score = x.middleRows(4 * set, 4).transpose() * residual.segment(4 * set, 4);
        meat += score * score.transpose();
    }
    const Eigen::MatrixXd inverse = hessian.ldlt().solve(Eigen::MatrixXd::Identity(4, 4));
    return {beta[3], std::sqrt((inverse * meat * inverse)(3, 3))};
}

TEST(PoissonDid, IsTheMaximumOfThePseudoLikelihoodWithItsClusteredError) {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        const MatchedChanges changes = pairs_with_zeros(200, 1.3, seed);
        const Fitted expected = fitted_poisson(changes);
        const auto found = poisson_did(changes, SeKind::cr0, 0.95);
        ASSERT_TRUE(found) << found.error().code;
        EXPECT_NEAR(found->effect.estimate, expected.coefficient, 1e-10);
        EXPECT_NEAR(found->effect.std_error, expected.std_error, 1e-10);
        EXPECT_NEAR(found->percent.percent, std::exp(found->effect.estimate) - 1, 1e-14);
    }
}

TEST(PoissonDid, DoesNotDependOnTheUnitOfMoney) {
    MatchedChanges changes = pairs_with_zeros(100, 1.2, 9);
    const auto won = poisson_did(changes, SeKind::cr1, 0.95);
    for (std::vector<double>* values : {&changes.base, &changes.after, &changes.outcomes.value}) {
        for (double& value : *values) value *= 1e-6;
    }
    const auto million = poisson_did(changes, SeKind::cr1, 0.95);
    ASSERT_TRUE(won && million);
    EXPECT_NEAR(won->effect.estimate, million->effect.estimate, 1e-12);
    EXPECT_NEAR(won->effect.std_error, million->effect.std_error, 1e-12);
}

TEST(PoissonDid, WithoutAnyExportsThereIsNoRatio) {
    MatchedChanges changes = pairs_with_zeros(20, 1.2, 9);
    for (double& value : changes.base) value = 0;
    const auto none = poisson_did(changes, SeKind::cr1, 0.95);
    ASSERT_TRUE(none);
    EXPECT_TRUE(std::isnan(none->effect.estimate));
    EXPECT_EQ(none->effect.n_treated, 20);
}

/// Pairs whose adopter gains 0.1 for each unit of support.
struct Supported {
    MatchedChanges changes;
    std::vector<double> support;
};
Supported supported_pairs(std::size_t pairs, std::uint64_t seed) {
    Random random(seed);
    Supported result;
    for (std::size_t set = 0; set < pairs; ++set) {
        const double support = 1 + 2 * random.uniform();
        for (const std::uint8_t treated : {std::uint8_t{1}, std::uint8_t{0}}) {
            result.changes.outcomes.set.push_back(static_cast<std::int32_t>(set));
            result.changes.outcomes.firm.push_back(static_cast<std::int32_t>(result.support.size()));
            result.changes.outcomes.treated.push_back(treated);
            result.changes.outcomes.weight.push_back(1);
            result.changes.outcomes.value.push_back((treated != 0 ? 0.1 * support : 0) + 0.2 * random.normal());
            result.changes.base.push_back(1);
            result.changes.after.push_back(1);
            result.changes.cohort.push_back(2015);
            result.support.push_back(treated != 0 ? support : not_available);
        }
    }
    return result;
}

TEST(EffectPerSupport, FindsWhatAUnitBought) {
    const Supported data = supported_pairs(2000, 4);
    const auto found = effect_per_support(data.changes, data.support, SeKind::cr1, 0.95);
    ASSERT_TRUE(found) << found.error().code;
    EXPECT_NEAR(found->mean.estimate, 0.1, 3.5 * found->mean.std_error);
    EXPECT_NEAR(found->slope.estimate, 0.1, 3.5 * found->slope.std_error);
    EXPECT_NEAR(found->mean_support, 2, 0.05);
    EXPECT_GT(found->slope.std_error, found->mean.std_error);
}

TEST(EffectPerSupport, SlopeIsLeastSquaresOfTheSetsDifferences) {
    const Supported data = supported_pairs(50, 8);
    std::vector<double> d;
    std::vector<double> y;
    for (std::size_t i = 0; i < data.support.size(); i += 2) {
        d.push_back(data.support[i]);
        y.push_back(data.changes.outcomes.value[i] - data.changes.outcomes.value[i + 1]);
    }
    double mean_d = 0;
    double mean_y = 0;
    for (std::size_t i = 0; i < d.size(); ++i) mean_d += d[i] / 50, mean_y += y[i] / 50;
    double products = 0;
    double squares = 0;
    for (std::size_t i = 0; i < d.size(); ++i) {
        products += (d[i] - mean_d) * (y[i] - mean_y);
        squares += (d[i] - mean_d) * (d[i] - mean_d);
    }
    const double slope = products / squares;
    double meat = 0;
    for (std::size_t i = 0; i < d.size(); ++i) {
        meat += std::pow((d[i] - mean_d) * (y[i] - mean_y - slope * (d[i] - mean_d)), 2);
    }
    const auto found = effect_per_support(data.changes, data.support, SeKind::cr0, 0.95);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->slope.estimate, slope, 1e-12);
    EXPECT_NEAR(found->slope.std_error, std::sqrt(meat) / squares, 1e-12);
    EXPECT_NEAR(found->mean.estimate, mean_y / mean_d, 1e-12);
}

TEST(EffectPerSupport, AdoptersWithoutAnAmountAreLeftOutWithTheirSets) {
    Supported data = supported_pairs(50, 8);
    data.support[0] = not_available;
    const auto found = effect_per_support(data.changes, data.support, SeKind::cr0, 0.95);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->mean.n_treated, 49);
    EXPECT_EQ(found->mean.n_control, 49);
}

TEST(PoissonDid, WhereOneArmStartsFromNothingThereIsNoRatio) {
    for (const std::uint8_t arm : {std::uint8_t{1}, std::uint8_t{0}}) {
        for (const bool afterwards : {false, true}) {
            MatchedChanges changes = pairs_with_zeros(20, 1.2, 9);
            std::vector<double>& level = afterwards ? changes.after : changes.base;
            for (std::size_t i = 0; i < level.size(); ++i) {
                if (changes.outcomes.treated[i] == arm) level[i] = 0;
            }
            const auto none = poisson_did(changes, SeKind::cr1, 0.95);
            ASSERT_TRUE(none);
            EXPECT_TRUE(std::isnan(none->effect.estimate));
            EXPECT_TRUE(std::isnan(none->effect.std_error));
        }
    }
}

}  // namespace
}  // namespace twinfirm::effects
