// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <map>
#include <utility>

#include "twinfirm/base/random.h"
#include "twinfirm/effects/difference_in_means.h"
#include "twinfirm/effects/regression_adjusted.h"
#include "twinfirm/effects/wild_cluster_bootstrap.h"
#include "twinfirm/stats/distributions.h"

namespace twinfirm::effects {
namespace {

struct ClusteredSample {
    MatchedOutcomes outcomes;
    Eigen::MatrixXd covariates;
};

/// Pairs of firms of `clusters` regions that share a shock; `nested`: both firms of a pair are of one region.
ClusteredSample draw(int pairs, int clusters, bool nested, std::uint64_t seed, double effect = 0) {
    Random random(seed);
    std::vector<double> shock;
    std::vector<double> response;  // regions differ in what adoption does to them
    for (int c = 0; c < clusters; ++c) {
        shock.push_back(random.normal());
        response.push_back(random.normal());
    }
    ClusteredSample sample;
    sample.covariates.resize(2 * pairs, 1);
    for (int pair = 0; pair < pairs; ++pair) {
        // The first regions hold most of the firms.
        const auto first = static_cast<int>(clusters * random.uniform() * random.uniform());
        const auto second = nested ? first : static_cast<int>(random.below(static_cast<std::uint64_t>(clusters)));
        for (const int arm : {1, 0}) {
            const int region = arm == 1 ? first : second;
            const double x = random.normal();
            sample.outcomes.set.push_back(pair);
            sample.outcomes.firm.push_back(static_cast<std::int32_t>(sample.outcomes.firm.size()));
            sample.outcomes.treated.push_back(static_cast<std::uint8_t>(arm));
            sample.outcomes.weight.push_back(1);
            sample.outcomes.cluster.push_back(region);
            sample.covariates(static_cast<Eigen::Index>(sample.outcomes.value.size()), 0) = x;
            sample.outcomes.value.push_back(3 + x + shock[static_cast<std::size_t>(region)] + random.normal() +
                                            arm * (effect + 0.7 * response[static_cast<std::size_t>(region)]));
        }
    }
    return sample;
}

/// The sandwich of the regression on (1, t, x), written out: sum over keys of the squared sums of scores.
template <class Key>
double sum_of_squared_scores(const ClusteredSample& sample, Key key, int& clusters) {
    const auto n = static_cast<Eigen::Index>(sample.outcomes.value.size());
    Eigen::MatrixXd x(n, 3);
    Eigen::VectorXd y(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        x.row(i) << 1, sample.outcomes.treated[static_cast<std::size_t>(i)], sample.covariates(i, 0);
        y[i] = sample.outcomes.value[static_cast<std::size_t>(i)];
    }
    const Eigen::MatrixXd inverse = (x.transpose() * x).inverse();
    const Eigen::VectorXd residual = y - x * (inverse * x.transpose() * y);
    std::map<std::pair<int, int>, double> sums;
    for (Eigen::Index i = 0; i < n; ++i) {
        sums[key(static_cast<std::size_t>(i))] += (inverse.row(1) * x.row(i).transpose()).value() * residual[i];
    }
    double total = 0;
    for (const auto& [cluster, sum] : sums) total += sum * sum;
    clusters = static_cast<int>(sums.size());
    return total;
}

double adjusted(double sum, int clusters) {
    return sum * clusters / (clusters - 1.0);
}

TEST(ClusterErrors, SetsWithinClustersAreClusteredOneWay) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const ClusteredSample sample = draw(60, 9, true, seed);
        int clusters = 0;
        const double sum = sum_of_squared_scores(
            sample, [&](std::size_t i) { return std::pair(sample.outcomes.cluster[i], 0); }, clusters);
        const auto cr0 =
            regression_adjusted(sample.outcomes, sample.covariates, Adjustment::additive, SeKind::cluster_cr0, 0.95)
                .value();
        const auto cr1 =
            regression_adjusted(sample.outcomes, sample.covariates, Adjustment::additive, SeKind::cluster_cr1, 0.95)
                .value();
        EXPECT_NEAR(cr0.std_error, std::sqrt(sum), 1e-10);
        EXPECT_EQ(cr0.se_kind, "cluster-cr0");
        EXPECT_NEAR(cr1.std_error, std::sqrt(adjusted(sum, clusters) * 119.0 / 117.0), 1e-10);
        EXPECT_EQ(cr1.se_kind, "cluster-cr1");
        EXPECT_EQ(cr1.df, clusters - 1);
        EXPECT_TRUE(has_few_clusters(cr1));
        ASSERT_EQ(estimate_warnings(cr1).size(), 1U);
        EXPECT_EQ(estimate_warnings(cr1)[0].count, clusters);
    }
}

TEST(ClusterErrors, SetsAcrossClustersAreClusteredTwoWays) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const ClusteredSample sample = draw(80, 25, false, seed);
        const MatchedOutcomes& outcomes = sample.outcomes;
        int clusters = 0;
        int sets = 0;
        int both = 0;
        const double of_clusters = sum_of_squared_scores(
            sample, [&](std::size_t i) { return std::pair(outcomes.cluster[i], 0); }, clusters);
        const double of_sets = sum_of_squared_scores(
            sample, [&](std::size_t i) { return std::pair(outcomes.set[i], 0); }, sets);
        const double of_both = sum_of_squared_scores(
            sample, [&](std::size_t i) { return std::pair(outcomes.set[i], outcomes.cluster[i]); }, both);
        const auto cr1 =
            regression_adjusted(outcomes, sample.covariates, Adjustment::additive, SeKind::cluster_cr1, 0.95).value();
        const double expected =
            (adjusted(of_clusters, clusters) + adjusted(of_sets, sets) - adjusted(of_both, both)) * 159.0 / 157.0;
        ASSERT_GT(expected, 0);
        EXPECT_NEAR(cr1.std_error, std::sqrt(expected), 1e-10);
        EXPECT_EQ(cr1.se_kind, "cluster-two-way");
        EXPECT_EQ(cr1.df, clusters - 1);
        const auto cr0 =
            regression_adjusted(outcomes, sample.covariates, Adjustment::additive, SeKind::cluster_cr0, 0.95).value();
        EXPECT_NEAR(cr0.std_error, std::sqrt(of_clusters + of_sets - of_both), 1e-10);
        EXPECT_EQ(cr0.se_kind, "cluster-two-way-cr0");
    }
}

TEST(ClusterErrors, WithoutSetsObservationsAreClusteredByTheColumnAlone) {
    ClusteredSample sample = draw(60, 9, false, 3);
    sample.outcomes.set.assign(sample.outcomes.set.size(), -1);
    int clusters = 0;
    const double sum = sum_of_squared_scores(
        sample, [&](std::size_t i) { return std::pair(sample.outcomes.cluster[i], 0); }, clusters);
    const auto cr1 =
        regression_adjusted(sample.outcomes, sample.covariates, Adjustment::additive, SeKind::cluster_cr1, 0.95)
            .value();
    EXPECT_NEAR(cr1.std_error, std::sqrt(adjusted(sum, clusters) * 119.0 / 117.0), 1e-10);
}

TEST(ClusterErrors, ClusteringByTheSetItselfIsTheErrorBySet) {
    ClusteredSample sample = draw(40, 5, true, 11);
    sample.outcomes.cluster = sample.outcomes.set;
    const auto by_cluster = difference_in_means(sample.outcomes, SeKind::cluster_cr1, 0.95).value();
    const auto by_set = difference_in_means(sample.outcomes, SeKind::cr1, 0.95).value();
    EXPECT_DOUBLE_EQ(by_cluster.std_error, by_set.std_error);
    EXPECT_EQ(by_cluster.df, by_set.df);
}

TEST(ClusterErrors, AMissingOutcomeTakesItsClusterWithIt) {
    ClusteredSample sample = draw(40, 5, true, 12);
    sample.outcomes.value[7] = not_available;
    const auto all = difference_in_means(sample.outcomes, SeKind::cluster_cr1, 0.95, MissingOutcome::pair).value();
    MatchedOutcomes less = sample.outcomes;
    const auto drop = [](auto& values) { values.erase(values.begin() + 6, values.begin() + 8); };
    drop(less.set);
    drop(less.firm);
    drop(less.treated);
    drop(less.weight);
    drop(less.value);
    drop(less.cluster);
    EXPECT_DOUBLE_EQ(all.std_error, difference_in_means(less, SeKind::cluster_cr1, 0.95)->std_error);
}

TEST(ClusterErrors, StackedInfluencesAreSummedByCluster) {
    const std::vector<double> influence{1, 2, -3, 0.5, 0};
    const std::vector<std::int32_t> cluster{0, 0, 1, 2, 7};  // nothing depends on the last
    const ClusteredVariance variance = stacked_variance_by_cluster(influence, cluster);
    EXPECT_DOUBLE_EQ(variance.variance, (9 + 9 + 0.25) * 3 / 2);
    EXPECT_EQ(variance.df, 2);
    EXPECT_EQ(variance.kind, "cluster-m-estimation");
}

/// p(b0) by what its definition says: every draw's outcome is made and fitted again.
double brute_force_p(const ClusteredSample& sample, double b0, std::uint32_t draws, std::uint64_t seed, bool webb) {
    const MatchedOutcomes& outcomes = sample.outcomes;
    const auto n = static_cast<Eigen::Index>(outcomes.value.size());
    Eigen::MatrixXd x(n, 3);
    Eigen::VectorXd y(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        x.row(i) << 1, outcomes.treated[static_cast<std::size_t>(i)], sample.covariates(i, 0);
        y[i] = outcomes.value[static_cast<std::size_t>(i)];
    }
    std::map<std::int32_t, std::size_t> place;
    for (const std::int32_t code : outcomes.cluster) place.emplace(code, 0);
    std::size_t next = 0;
    for (auto& [code, at] : place) at = next++;
    const Eigen::MatrixXd inverse = (x.transpose() * x).inverse();
    const auto statistic = [&](const Eigen::VectorXd& outcome) {
        const Eigen::VectorXd beta = inverse * x.transpose() * outcome;
        const Eigen::VectorXd residual = outcome - x * beta;
        std::vector<double> score(place.size(), 0);
        for (Eigen::Index i = 0; i < n; ++i) {
            score[place.at(outcomes.cluster[static_cast<std::size_t>(i)])] +=
                (inverse.row(1) * x.row(i).transpose()).value() * residual[i];
        }
        double variance = 0;
        for (const double value : score) variance += value * value;
        return std::abs(beta[1] - b0) / std::sqrt(variance);
    };
    Eigen::MatrixXd others(n, 2);
    others << x.col(0), x.col(2);
    const Eigen::VectorXd left = y - b0 * x.col(1);
    const Eigen::VectorXd fitted = others * (others.transpose() * others).inverse() * others.transpose() * left;
    const double observed = statistic(y);
    const double points[] = {-std::sqrt(1.5), -1, -std::sqrt(0.5), std::sqrt(1.5), 1, std::sqrt(0.5)};
    std::uint32_t as_far = 1;
    for (std::uint32_t i = 0; i < draws; ++i) {
        Random random(seed, i);
        std::vector<double> v;
        for (std::size_t g = 0; g < place.size(); ++g) {
            v.push_back(webb ? points[random.below(6)] : random.below(2) == 0 ? -1.0 : 1.0);
        }
        Eigen::VectorXd drawn = fitted + b0 * x.col(1);
        for (Eigen::Index k = 0; k < n; ++k) {
            drawn[k] += v[place.at(outcomes.cluster[static_cast<std::size_t>(k)])] * (left[k] - fitted[k]);
        }
        as_far += statistic(drawn) >= observed * (1 - 1e-10) ? 1 : 0;
    }
    return static_cast<double>(as_far) / (draws + 1);
}

TEST(WildClusterBootstrap, EqualsFittingEveryDrawAgain) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        for (const int clusters : {5, 15}) {
            const ClusteredSample sample = draw(40, clusters, seed % 2 == 0, seed, 0.4);
            const ResamplingOptions options{399, seed, 2};
            const auto test =
                wild_cluster_bootstrap(sample.outcomes, sample.covariates, Adjustment::additive, options, 0.9).value();
            std::map<std::int32_t, int> present;
            for (const std::int32_t code : sample.outcomes.cluster) ++present[code];
            const bool webb = present.size() < 12;
            EXPECT_EQ(test.kind, webb ? "wild-webb" : "wild-rademacher");
            const auto p = [&](double b0) { return brute_force_p(sample, b0, 399, seed, webb); };
            EXPECT_DOUBLE_EQ(test.p_value, p(0));
            if (std::isnan(test.ci_low) || std::isnan(test.ci_high)) continue;
            const double step = 1e-6 * (test.ci_high - test.ci_low);
            EXPECT_GT(p(test.ci_low + step), 0.1);
            EXPECT_LE(p(test.ci_low - step), 0.1);
            EXPECT_GT(p(test.ci_high - step), 0.1);
            EXPECT_LE(p(test.ci_high + step), 0.1);
        }
    }
}

TEST(WildClusterBootstrap, HasTheSameBitsForAnyThreadsAndOrder) {
    const ClusteredSample sample = draw(50, 8, false, 5);
    ClusteredSample renamed = sample;
    for (std::int32_t& code : renamed.outcomes.cluster) code = 100 + 3 * code;
    const Eigen::MatrixXd none(sample.covariates.rows(), 0);
    const auto one = wild_cluster_bootstrap(sample.outcomes, none, Adjustment::additive, {499, 7, 1}, 0.95).value();
    const auto four = wild_cluster_bootstrap(renamed.outcomes, none, Adjustment::additive, {499, 7, 4}, 0.95).value();
    EXPECT_EQ(one.p_value, four.p_value);
    EXPECT_EQ(one.ci_low, four.ci_low);
    EXPECT_EQ(one.ci_high, four.ci_high);
    const auto effect = difference_in_means(sample.outcomes, SeKind::cluster_cr1, 0.95).value();
    EXPECT_LT(one.ci_low, effect.estimate);
    EXPECT_GT(one.ci_high, effect.estimate);
}

TEST(WildClusterBootstrap, ScalesWithTheOutcome) {
    const ClusteredSample sample = draw(50, 8, false, 6);
    MatchedOutcomes scaled = sample.outcomes;
    for (double& value : scaled.value) value = 1e6 * value + 1e9;
    const auto one =
        wild_cluster_bootstrap(sample.outcomes, sample.covariates, Adjustment::interacted, {299, 7, 1}, 0.95).value();
    const auto two =
        wild_cluster_bootstrap(scaled, sample.covariates, Adjustment::interacted, {299, 7, 1}, 0.95).value();
    EXPECT_EQ(one.p_value, two.p_value);
    EXPECT_NEAR(two.ci_low, 1e6 * one.ci_low, 1);
    EXPECT_NEAR(two.ci_high, 1e6 * one.ci_high, 1);
}

TEST(WildClusterBootstrap, MakesNoTestWhereThereIsNothingToDraw) {
    ClusteredSample sample = draw(20, 6, true, 9);
    const auto kind = [&] {
        return wild_cluster_bootstrap(sample.outcomes, sample.covariates, Adjustment::additive, {99, 1, 1}, 0.95)->kind;
    };
    EXPECT_NE(kind(), "");
    for (std::int32_t& code : sample.outcomes.cluster) code = code % 2;
    EXPECT_EQ(kind(), "");
    sample = draw(20, 6, true, 9);
    sample.outcomes.treated.assign(sample.outcomes.treated.size(), 1);
    EXPECT_EQ(kind(), "");
    sample = draw(20, 6, true, 9);
    sample.outcomes.cluster.clear();
    const auto without = wild_cluster_bootstrap(sample.outcomes, sample.covariates, Adjustment::additive, {}, 0.95);
    ASSERT_FALSE(without);
    EXPECT_EQ(without.error().code, "effects_unequal_lengths");
}

// With eight regions, most firms in a few of them, the error by region is too small even with t(7): the test by the
// bootstrap keeps its level, the test by t does not.
TEST(WildClusterBootstrap, KeepsItsLevelWhereTheClusteredErrorDoesNot) {
    constexpr int samples = 600;
    int by_t = 0;
    int by_bootstrap = 0;
    int outside = 0;
    for (int i = 0; i < samples; ++i) {
        const ClusteredSample sample = draw(100, 8, true, 1000 + static_cast<std::uint64_t>(i));
        const Eigen::MatrixXd none(sample.covariates.rows(), 0);
        by_t += difference_in_means(sample.outcomes, SeKind::cluster_cr0, 0.95)->p_value < 0.05 ? 1 : 0;
        const auto wild =
            wild_cluster_bootstrap(sample.outcomes, none, Adjustment::additive, {399, 1, 1}, 0.95).value();
        by_bootstrap += wild.p_value <= 0.05 ? 1 : 0;
        const bool holds_zero = !(wild.ci_low > 0) && !(wild.ci_high < 0);
        outside += holds_zero ? 0 : 1;
    }
    RecordProperty("by_t", by_t);
    RecordProperty("by_bootstrap", by_bootstrap);
    EXPECT_EQ(outside, by_bootstrap);  // test and interval agree
    EXPECT_GT(by_t, samples * 8 / 100);
    EXPECT_GT(by_bootstrap, samples * 2 / 100);
    EXPECT_LT(by_bootstrap, samples * 8 / 100);
}

TEST(ClusterErrors, OneSetThatReachesOverTwoClustersIsNoticedWhereverItStands) {
    const ClusteredSample sample = draw(60, 25, true, 3);
    EXPECT_EQ(difference_in_means(sample.outcomes, SeKind::cluster_cr1, 0.95)->se_kind, "cluster-cr1");
    for (const std::size_t pair : {0U, 30U, 59U}) {
        MatchedOutcomes crossed = sample.outcomes;
        crossed.cluster[2 * pair] = (crossed.cluster[2 * pair] + 1) % 25;
        EXPECT_EQ(difference_in_means(crossed, SeKind::cluster_cr1, 0.95)->se_kind, "cluster-two-way") << pair;
    }
}

}  // namespace
}  // namespace twinfirm::effects
