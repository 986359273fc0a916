// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/covariate_metric.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "twinfirm/stats/ranks.h"

namespace twinfirm::matching {
namespace {

using design::MetricCovariance;
using design::ScoreKind;

/// The covariates, with a column for the reference level too where a category has more than two levels.
Eigen::MatrixXd every_level(const stats::DesignMatrix& design) {
    Eigen::MatrixXd x = design.x.rightCols(design.x.cols() - 1);
    for (std::size_t first = 1; first < design.columns.size();) {
        std::size_t last = first + 1;
        const bool category = !design.columns[first].reference.empty();
        while (category && last < design.columns.size() && !design.columns[last].reference.empty() &&
               design.columns[last].term == design.columns[first].term) {
            ++last;
        }
        if (last - first > 1) {
            const auto levels =
                design.x.middleCols(static_cast<Eigen::Index>(first), static_cast<Eigen::Index>(last - first));
            x.conservativeResize(Eigen::NoChange, x.cols() + 1);
            x.col(x.cols() - 1) = 1 - levels.rowwise().sum().array();
        }
        first = last;
    }
    return x;
}

/// Rows in the order of their keys, centred: within each arm, or over both.
struct Centred {
    Eigen::MatrixXd rows;
    double divisor = 0;
};

Centred centred(const Eigen::MatrixXd& x, const std::vector<std::uint8_t>& arm, MetricCovariance covariance) {
    const bool pooled = covariance == MetricCovariance::pooled;
    Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(2, x.cols());
    double count[2] = {0, 0};
    const auto group = [&](Eigen::Index row) { return pooled && arm[static_cast<std::size_t>(row)] != 0 ? 1 : 0; };
    for (Eigen::Index row = 0; row < x.rows(); ++row) {
        sum.row(group(row)) += x.row(row);
        count[group(row)] += 1;
    }
    Centred result{x, static_cast<double>(x.rows()) - (count[0] > 0 ? 1 : 0) - (count[1] > 0 ? 1 : 0)};
    for (Eigen::Index row = 0; row < x.rows(); ++row) {
        result.rows.row(row) -= sum.row(group(row)) / count[group(row)];
    }
    return result;
}

/// p x r matrix W with W W' = the generalised inverse of a covariance matrix, by way of the correlations, so that
/// covariates of very different size do not count as dependent.
Eigen::MatrixXd inverse_root(const Eigen::MatrixXd& covariance) {
    Eigen::VectorXd scale = covariance.diagonal().cwiseSqrt();
    for (Eigen::Index i = 0; i < scale.size(); ++i) scale[i] = scale[i] > 0 ? 1 / scale[i] : 0;
    const Eigen::MatrixXd correlation = scale.asDiagonal() * covariance * scale.asDiagonal();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(correlation);
    const Eigen::VectorXd& values = solver.eigenvalues();
    constexpr double negligible = 1e-10;
    Eigen::MatrixXd root(covariance.rows(), 0);
    for (Eigen::Index i = 0; i < values.size(); ++i) {
        if (!(values[i] > negligible * values.maxCoeff())) continue;
        root.conservativeResize(Eigen::NoChange, root.cols() + 1);
        root.col(root.cols() - 1) = scale.asDiagonal() * solver.eigenvectors().col(i) / std::sqrt(values[i]);
    }
    return root;
}

Eigen::MatrixXd ranks_of(const Eigen::MatrixXd& x) {
    Eigen::MatrixXd result(x.rows(), x.cols());
    for (Eigen::Index column = 0; column < x.cols(); ++column) {
        const std::vector<double> values(x.col(column).begin(), x.col(column).end());
        const std::vector<double> ranks = stats::midranks(values);
        result.col(column) = Eigen::Map<const Eigen::VectorXd>(ranks.data(), x.rows());
    }
    return result;
}

/// The map from (transformed) covariates to coordinates.
Eigen::MatrixXd metric_root(const Eigen::MatrixXd& x, const std::vector<std::uint8_t>& arm, ScoreKind kind,
                            MetricCovariance which) {
    const Centred centre = centred(x, arm, kind == ScoreKind::robust_mahalanobis ? MetricCovariance::total : which);
    Eigen::MatrixXd covariance = centre.rows.transpose() * centre.rows / centre.divisor;
    if (kind == ScoreKind::mahalanobis) return inverse_root(covariance);
    if (kind == ScoreKind::scaled_euclidean) return inverse_root(covariance.diagonal().asDiagonal());
    const double n = static_cast<double>(x.rows());
    const double untied = n * (n + 1) / 12;  // variance of 1 .. n
    Eigen::VectorXd scale = covariance.diagonal();
    for (Eigen::Index i = 0; i < scale.size(); ++i) scale[i] = scale[i] > 0 ? std::sqrt(untied / scale[i]) : 0;
    covariance = scale.asDiagonal() * covariance * scale.asDiagonal();
    return inverse_root(covariance);
}

}  // namespace

double CovariatePoints::squared_distance(std::size_t a, std::size_t b) const {
    const double* first = coordinate.data() + a * dimensions;
    const double* second = coordinate.data() + b * dimensions;
    double sum = 0;
    for (std::size_t k = 0; k < dimensions; ++k) sum += (first[k] - second[k]) * (first[k] - second[k]);
    return sum;
}

CovariatePoints covariate_points(const stats::DesignMatrix& design, std::size_t count,
                                 std::span<const std::uint8_t> treated, ScoreKind kind, MetricCovariance covariance,
                                 std::span<const std::uint32_t> rank) {
    if (!design::is_covariate_distance(kind)) throw std::invalid_argument("no covariate distance");
    std::vector<std::size_t> rows(design.rows.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    if (!rank.empty()) {
        std::sort(rows.begin(), rows.end(),
                  [&](std::size_t a, std::size_t b) { return rank[design.rows[a]] < rank[design.rows[b]]; });
    }
    const Eigen::MatrixXd x = every_level(design);
    Eigen::MatrixXd sorted(x.rows(), x.cols());
    std::vector<std::uint8_t> arm(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        sorted.row(static_cast<Eigen::Index>(i)) = x.row(static_cast<Eigen::Index>(rows[i]));
        arm[i] = treated[design.rows[rows[i]]];
    }
    if (kind == ScoreKind::robust_mahalanobis) sorted = ranks_of(sorted);
    const Eigen::MatrixXd root = metric_root(sorted, arm, kind, covariance);
    CovariatePoints points;
    points.dimensions = static_cast<std::size_t>(root.cols());
    points.coordinate.assign(count * points.dimensions, std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        double* target = points.coordinate.data() + design.rows[rows[i]] * points.dimensions;
        // One coordinate after the other in plain loops: the same bits wherever the row stands.
        for (Eigen::Index k = 0; k < root.cols(); ++k) {
            double value = 0;
            for (Eigen::Index j = 0; j < root.rows(); ++j) {
                value += sorted(static_cast<Eigen::Index>(i), j) * root(j, k);
            }
            target[k] = value;
        }
    }
    return points;
}

}  // namespace twinfirm::matching
