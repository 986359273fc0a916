// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/robust_covariance.h"

#include <algorithm>
#include <limits>
#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

namespace twinfirm::stats {
namespace {

std::vector<Eigen::Index> kept_columns(const LeastSquaresFit& fit) {
    std::vector<Eigen::Index> kept;
    for (std::size_t column = 0; column < fit.terms.size(); ++column) {
        if (std::find(fit.dropped.begin(), fit.dropped.end(), column) == fit.dropped.end()) {
            kept.push_back(static_cast<Eigen::Index>(column));
        }
    }
    return kept;
}

/// n x k scores w e x of the estimated coefficients.
Eigen::MatrixXd scores(const Eigen::MatrixXd& x, const LeastSquaresFit& fit) {
    if (x.rows() != fit.residuals.size() || x.cols() != fit.coefficients.size()) {
        throw std::invalid_argument("the matrix is not the one of the regression");
    }
    const std::vector<Eigen::Index> kept = kept_columns(fit);
    Eigen::MatrixXd result = x(Eigen::all, kept);
    // A product with weight 0 would be NaN where the row's response is missing.
    for (Eigen::Index row = 0; row < result.rows(); ++row) {
        if (fit.weights[row] > 0) {
            result.row(row) *= fit.weights[row] * fit.residuals[row];
        } else {
            result.row(row).setZero();
        }
    }
    return result;
}

/// B M B, with M = S'S of the rows of `summed` scores.
Eigen::MatrixXd sandwich(const LeastSquaresFit& fit, const Eigen::MatrixXd& summed, double factor) {
    const std::vector<Eigen::Index> kept = kept_columns(fit);
    const Eigen::MatrixXd bread = fit.unscaled_covariance(kept, kept);
    const Eigen::MatrixXd root = summed * bread;
    const Eigen::MatrixXd covariance = factor * (root.transpose() * root);
    const auto columns = static_cast<Eigen::Index>(fit.terms.size());
    Eigen::MatrixXd result = Eigen::MatrixXd::Constant(columns, columns, std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < kept.size(); ++i) {
        for (std::size_t j = 0; j < kept.size(); ++j) {
            result(kept[i], kept[j]) = covariance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
        }
    }
    return result;
}

/// Rows of positive weight, ordered by cluster, within a cluster as they stand.
std::vector<std::size_t> rows_by_cluster(const LeastSquaresFit& fit, std::span<const std::int64_t> cluster) {
    if (cluster.size() != static_cast<std::size_t>(fit.weights.size())) {
        throw std::invalid_argument("the regression needs a cluster for each row");
    }
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < cluster.size(); ++row) {
        if (fit.weights[static_cast<Eigen::Index>(row)] > 0) rows.push_back(row);
    }
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return cluster[a] < cluster[b]; });
    return rows;
}

}  // namespace

Eigen::MatrixXd heteroscedastic_covariance(const Eigen::MatrixXd& x, const LeastSquaresFit& fit,
                                           Heteroscedasticity kind) {
    Eigen::MatrixXd summed = scores(x, fit);
    if (kind == Heteroscedasticity::hc3) {
        summed = (1 - fit.leverages.array()).inverse().matrix().asDiagonal() * summed;
    }
    const auto n = static_cast<double>(fit.observations);
    return sandwich(fit, summed, kind == Heteroscedasticity::hc1 ? n / static_cast<double>(fit.degrees_of_freedom) : 1);
}

Eigen::MatrixXd cluster_covariance(const Eigen::MatrixXd& x, const LeastSquaresFit& fit,
                                   std::span<const std::int64_t> cluster, ClusterFactor factor) {
    const std::vector<std::size_t> rows = rows_by_cluster(fit, cluster);
    const Eigen::MatrixXd single = scores(x, fit);
    const std::size_t groups = count_clusters(fit, cluster);
    Eigen::MatrixXd summed = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(groups), single.cols());
    Eigen::Index group = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i > 0 && cluster[rows[i]] != cluster[rows[i - 1]]) ++group;
        summed.row(group) += single.row(static_cast<Eigen::Index>(rows[i]));
    }
    const auto g = static_cast<double>(groups);
    const auto n = static_cast<double>(fit.observations);
    return sandwich(
        fit, summed,
        factor == ClusterFactor::cr0 ? 1 : g / (g - 1) * (n - 1) / static_cast<double>(fit.degrees_of_freedom));
}

Eigen::MatrixXd two_way_cluster_covariance(const Eigen::MatrixXd& x, const LeastSquaresFit& fit,
                                           std::span<const std::int64_t> first, std::span<const std::int64_t> second,
                                           ClusterFactor factor) {
    if (first.size() != second.size()) throw std::invalid_argument("the two clusterings differ in length");
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> numbers;
    std::vector<std::int64_t> both;
    both.reserve(first.size());
    for (std::size_t row = 0; row < first.size(); ++row) {
        const auto next = static_cast<std::int64_t>(numbers.size());
        both.push_back(numbers.try_emplace({first[row], second[row]}, next).first->second);
    }
    return cluster_covariance(x, fit, first, factor) + cluster_covariance(x, fit, second, factor) -
           cluster_covariance(x, fit, both, factor);
}

std::size_t count_clusters(const LeastSquaresFit& fit, std::span<const std::int64_t> cluster) {
    const std::vector<std::size_t> rows = rows_by_cluster(fit, cluster);
    std::size_t groups = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i == 0 || cluster[rows[i]] != cluster[rows[i - 1]]) ++groups;
    }
    return groups;
}

}  // namespace twinfirm::stats
