// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/covariate_metric.h"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>
#include <stdexcept>
#include <string>

#include "twinfirm/base/random.h"
#include "twinfirm/matching/nearest_neighbor.h"
#include "twinfirm/stats/ranks.h"

namespace twinfirm::matching {
namespace {

using design::MetricCovariance;
using design::ScoreKind;

struct Sample {
    stats::Frame frame;
    std::vector<std::uint8_t> treated;
    Eigen::MatrixXd numbers;  ///< sales, age and a flag for each region

    [[nodiscard]] stats::DesignMatrix design(std::string_view formula = "t ~ sales + age + region") const {
        return stats::build_design_matrix(frame, stats::parse_formula(formula).value().terms).value();
    }
};

Sample draw(std::uint64_t seed, std::size_t units = 60) {
    Random random(seed);
    Sample sample;
    std::vector<double> sales;
    std::vector<double> age;
    std::vector<std::string> region;
    sample.numbers = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(units), 5);
    for (std::size_t i = 0; i < units; ++i) {
        sales.push_back(1e9 * std::exp(random.normal()));
        age.push_back(std::round(10 + 5 * random.normal() + (i % 3 == 0 ? 4 : 0)));
        region.push_back(std::string(1, static_cast<char>('a' + random.below(3))));
        sample.treated.push_back(i % 3 == 0 ? 1 : 0);
        const auto row = static_cast<Eigen::Index>(i);
        sample.numbers(row, 0) = sales.back();
        sample.numbers(row, 1) = age.back();
        sample.numbers(row, 2 + (region.back()[0] - 'a')) = 1;
    }
    sample.frame.add(stats::Column::numbers("sales", sales));
    sample.frame.add(stats::Column::numbers("age", age));
    sample.frame.add(stats::Column::from_texts("region", region));
    return sample;
}

/// By the definition, sum (x - m)(x - m)' over the units / divisor, m the mean of the arm or of all.
Eigen::MatrixXd covariance_of(const Eigen::MatrixXd& x, const std::vector<std::uint8_t>& treated, bool pooled) {
    Eigen::MatrixXd result = Eigen::MatrixXd::Zero(x.cols(), x.cols());
    for (const int arm : {0, 1}) {
        Eigen::RowVectorXd mean = Eigen::RowVectorXd::Zero(x.cols());
        double count = 0;
        for (Eigen::Index i = 0; i < x.rows(); ++i) {
            if (pooled && treated[static_cast<std::size_t>(i)] != arm) continue;
            mean += x.row(i);
            count += 1;
        }
        mean /= count;
        for (Eigen::Index i = 0; i < x.rows(); ++i) {
            if (treated[static_cast<std::size_t>(i)] != arm) continue;
            result += (x.row(i) - mean).transpose() * (x.row(i) - mean);
        }
    }
    return result / static_cast<double>(x.rows() - (pooled ? 2 : 1));
}

void expect_distances(const CovariatePoints& points, const Eigen::MatrixXd& x, const Eigen::MatrixXd& inverse) {
    for (std::size_t a = 0; a < 20; ++a) {
        for (std::size_t b = a + 1; b < 20; ++b) {
            const Eigen::RowVectorXd gap = x.row(static_cast<Eigen::Index>(a)) - x.row(static_cast<Eigen::Index>(b));
            const double expected = gap * inverse * gap.transpose();
            ASSERT_NEAR(points.squared_distance(a, b), expected, 1e-8 * (1 + expected)) << a << ", " << b;
        }
    }
}

TEST(CovariateMetric, MahalanobisIsTheInverseCovarianceWhicheverLevelIsTheReference) {
    const Sample sample = draw(1);
    // One flag less: with all three the covariance has no inverse, and the distance is the same.
    const Eigen::MatrixXd x = sample.numbers.leftCols(4);
    for (const bool pooled : {true, false}) {
        const CovariatePoints points = covariate_points(sample.design(), 60, sample.treated, ScoreKind::mahalanobis,
                                                        pooled ? MetricCovariance::pooled : MetricCovariance::total);
        EXPECT_EQ(points.dimensions, 4);
        expect_distances(points, x, covariance_of(x, sample.treated, pooled).inverse());
    }
}

TEST(CovariateMetric, RobustMahalanobisIsThatOfRanksWithTheVarianceOfUntiedOnes) {
    const Sample sample = draw(2);
    Eigen::MatrixXd ranks(60, 2);
    for (Eigen::Index column = 0; column < 2; ++column) {
        const Eigen::VectorXd values = sample.numbers.col(column);
        const std::vector<double> own = stats::midranks({values.data(), 60});
        ranks.col(column) = Eigen::Map<const Eigen::VectorXd>(own.data(), 60);
    }
    Eigen::MatrixXd covariance = covariance_of(ranks, sample.treated, false);
    const Eigen::VectorXd scale = (60.0 * 61 / 12 / covariance.diagonal().array()).sqrt();
    covariance = (scale.asDiagonal() * covariance * scale.asDiagonal()).eval();
    EXPECT_GT(scale[1], 1) << "the ages are tied";
    const CovariatePoints points = covariate_points(sample.design("t ~ sales + age"), 60, sample.treated,
                                                    ScoreKind::robust_mahalanobis, MetricCovariance::pooled);
    expect_distances(points, ranks, covariance.inverse());
}

TEST(CovariateMetric, ScaledEuclideanCountsEveryLevelAndLeavesConstantsOut) {
    Sample sample = draw(3);
    sample.frame.add(stats::Column::numbers("sales", std::vector<double>(60, 7e9)));
    for (const bool pooled : {true, false}) {
        const Eigen::MatrixXd x = sample.numbers.rightCols(4);
        const Eigen::VectorXd variance = covariance_of(x, sample.treated, pooled).diagonal();
        const CovariatePoints points =
            covariate_points(sample.design(), 60, sample.treated, ScoreKind::scaled_euclidean,
                             pooled ? MetricCovariance::pooled : MetricCovariance::total);
        const Eigen::MatrixXd inverse = variance.cwiseInverse().asDiagonal();
        expect_distances(points, x, inverse);
    }
}

TEST(CovariateMetric, AUnitWithoutCovariatesHasNoPlace) {
    Sample sample = draw(4);
    std::vector<double> age(60, 3);
    for (std::size_t i = 0; i < 60; ++i) age[i] = i == 5 ? std::nan("") : static_cast<double>(i * i % 17);
    sample.frame.add(stats::Column::numbers("age", age));
    const CovariatePoints points =
        covariate_points(sample.design("t ~ sales + age"), 60, sample.treated, ScoreKind::mahalanobis, {});
    ASSERT_EQ(points.coordinate.size(), 60 * points.dimensions);
    for (std::size_t i = 0; i < 60; ++i) {
        for (const double value : points.of(i)) EXPECT_EQ(std::isnan(value), i == 5) << i;
    }
    EXPECT_THROW((void)covariate_points(sample.design("t ~ sales"), 60, sample.treated, ScoreKind::logit, {}),
                 std::invalid_argument);
}

/// As the tree of boxes finds it: the same pairs as by looking at everybody, however small the distances are.
TEST(CovariateMetric, TheNearestIsFoundAtAnyScale) {
    Random random(5);
    constexpr std::size_t units = 3000;
    for (const double scale : {1.0, 1.0 / 1024, 1024.0}) {
        CovariatePoints points;
        points.dimensions = 3;
        std::vector<std::uint8_t> treated;
        for (std::size_t i = 0; i < units; ++i) {
            treated.push_back(i % 10 == 0 ? 1 : 0);
            for (int k = 0; k < 3; ++k) points.coordinate.push_back(scale * random.normal());
        }
        const std::vector<double> score(units, 0);
        design::MatchingSettings settings;
        settings.replace = true;
        settings.order = design::MatchOrder::data;
        MatchProblem problem{score, treated, {}, {}, {}};
        problem.points = &points;
        const auto sample = nearest_neighbor(problem, settings);
        ASSERT_TRUE(sample);
        ASSERT_EQ(sample->pairs.size(), units / 10);
        for (const Pair& pair : sample->pairs) {
            double least = std::numeric_limits<double>::infinity();
            for (std::size_t j = 0; j < units; ++j) {
                if (treated[j] == 0) least = std::min(least, points.squared_distance(pair.focal, j));
            }
            ASSERT_EQ(points.squared_distance(pair.focal, pair.match), least) << "scale " << scale;
        }
    }
}

}  // namespace
}  // namespace twinfirm::matching
