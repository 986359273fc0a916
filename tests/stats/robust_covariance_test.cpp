// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/robust_covariance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "twinfirm/base/random.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::stats {
namespace {

struct Regression {
    Eigen::MatrixXd x;
    LeastSquaresFit fit;
};

Regression regression_of(const std::vector<double>& treat, const std::vector<double>& y) {
    Eigen::MatrixXd x(static_cast<Eigen::Index>(y.size()), 2);
    x.col(0).setOnes();
    x.col(1) = Eigen::Map<const Eigen::VectorXd>(treat.data(), x.rows());
    return {x, fit_least_squares(x, {"(Intercept)", "treat"}, y).value()};
}

/// Pairs of one adopter and one non-adopter with a common part.
struct Pairs {
    std::vector<double> treat;
    std::vector<double> y;
    std::vector<double> differences;
    std::vector<std::int64_t> pair;
    std::vector<std::int64_t> row;
};

Pairs make_pairs(std::size_t count) {
    Random random(11);
    Pairs pairs;
    for (std::size_t i = 0; i < count; ++i) {
        const double common = random.normal();
        const double adopter = common + 0.3 + random.normal();
        const double other = common + random.normal();
        for (const bool treated : {true, false}) {
            pairs.treat.push_back(treated ? 1 : 0);
            pairs.y.push_back(treated ? adopter : other);
            pairs.pair.push_back(static_cast<std::int64_t>(1000 - i));
            pairs.row.push_back(static_cast<std::int64_t>(pairs.row.size()));
        }
        pairs.differences.push_back(adopter - other);
    }
    return pairs;
}

TEST(RobustCovariance, PairClustersGiveThePairedTestsError) {
    const Pairs pairs = make_pairs(40);
    const auto [x, fit] = regression_of(pairs.treat, pairs.y);
    const double paired = standard_deviation(pairs.differences) / std::sqrt(40.0);
    const double cr0 = std::sqrt(cluster_covariance(x, fit, pairs.pair, ClusterFactor::cr0)(1, 1));
    EXPECT_NEAR(cr0 * std::sqrt(40.0 / 39), paired, 1e-13);
    const double cr1 = std::sqrt(cluster_covariance(x, fit, pairs.pair)(1, 1));
    EXPECT_NEAR(cr1, cr0 * std::sqrt(40.0 / 39 * 79 / 78), 1e-13);
    EXPECT_EQ(count_clusters(fit, pairs.pair), 40);
}

TEST(RobustCovariance, RowsAsClustersAreHc0AndHc1HasItsFactor) {
    const Pairs pairs = make_pairs(30);
    const auto [x, fit] = regression_of(pairs.treat, pairs.y);
    const Eigen::MatrixXd hc0 = heteroscedastic_covariance(x, fit, Heteroscedasticity::hc0);
    EXPECT_LE((cluster_covariance(x, fit, pairs.row, ClusterFactor::cr0) - hc0).norm(), 1e-15);
    const Eigen::MatrixXd hc1 = heteroscedastic_covariance(x, fit, Heteroscedasticity::hc1);
    EXPECT_LE((hc1 - hc0 * 60 / 58).norm(), 1e-15);
    // Two arms of n: leverage 1/n, so that HC3 is HC0 times (n / (n - 1))^2.
    const Eigen::MatrixXd hc3 = heteroscedastic_covariance(x, fit, Heteroscedasticity::hc3);
    EXPECT_LE((hc3 - hc0 * (30.0 * 30 / (29 * 29))).norm(), 1e-14);
}

TEST(RobustCovariance, TwoWayIsTheSumWithoutTheIntersection) {
    const Pairs pairs = make_pairs(30);
    const auto [x, fit] = regression_of(pairs.treat, pairs.y);
    std::vector<std::int64_t> firm;
    for (const std::int64_t row : pairs.row) firm.push_back(row % 7);
    const Eigen::MatrixXd two_way = two_way_cluster_covariance(x, fit, pairs.pair, firm, ClusterFactor::cr0);
    const Eigen::MatrixXd parts = cluster_covariance(x, fit, pairs.pair, ClusterFactor::cr0) +
                                  cluster_covariance(x, fit, firm, ClusterFactor::cr0) -
                                  heteroscedastic_covariance(x, fit, Heteroscedasticity::hc0);
    EXPECT_LE((two_way - parts).norm(), 1e-15);
    EXPECT_LE((two_way_cluster_covariance(x, fit, firm, firm) - cluster_covariance(x, fit, firm)).norm(), 1e-15);
}

TEST(RobustCovariance, LeftOutColumnsAreNotANumberAndChangeNothingElse) {
    const Pairs pairs = make_pairs(10);
    const auto [x, fit] = regression_of(pairs.treat, pairs.y);
    Eigen::MatrixXd wide(x.rows(), 3);
    wide << x.col(0), 2 * x.col(0), x.col(1);
    const auto wide_fit = fit_least_squares(wide, {"(Intercept)", "two", "treat"}, pairs.y);
    const Eigen::MatrixXd covariance = cluster_covariance(wide, *wide_fit, pairs.pair);
    EXPECT_TRUE(std::isnan(covariance(1, 1)));
    EXPECT_NEAR(covariance(2, 2), cluster_covariance(x, fit, pairs.pair)(1, 1), 1e-15);
}

TEST(RobustCovariance, WrongLengthsThrow) {
    const Pairs pairs = make_pairs(5);
    const auto [x, fit] = regression_of(pairs.treat, pairs.y);
    EXPECT_THROW((void)cluster_covariance(x, fit, std::vector<std::int64_t>{1}), std::invalid_argument);
    EXPECT_THROW((void)heteroscedastic_covariance(x.topRows(3), fit, Heteroscedasticity::hc0), std::invalid_argument);
}

}  // namespace
}  // namespace twinfirm::stats
