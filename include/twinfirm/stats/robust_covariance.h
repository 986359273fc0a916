// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <span>

#include "twinfirm/stats/least_squares.h"

namespace twinfirm::stats {

// Sandwich estimators B M B of the coefficients' covariance in a linear regression: B = (X'WX)^-1 and M the sum of
// products of the scores s_i = w_i e_i x_i. n counts the rows of positive weight, k the estimated coefficients. Rows
// and columns of left-out coefficients are NaN. Cost: O(n k^2), with clusters O(n (k + log n) + G k^2).

/// Factor for small samples against heteroscedasticity of unknown form.
enum class Heteroscedasticity {
    hc0,  ///< none (White 1980)
    hc1,  ///< n / (n - k)
    hc3   ///< scores divided by 1 - leverage (MacKinnon & White 1985)
};

/// @param x    the matrix the fit was made with
/// A row of leverage 1 gives NaN or infinity under hc3.
[[nodiscard]] Eigen::MatrixXd heteroscedastic_covariance(const Eigen::MatrixXd& x, const LeastSquaresFit& fit,
                                                         Heteroscedasticity kind);

/// Factor for few clusters.
enum class ClusterFactor {
    cr0,  ///< none
    cr1   ///< G / (G - 1) * (n - 1) / (n - k), as sandwich::vcovCL's HC1 and Stata
};

/// Scores are summed within clusters (Liang & Zeger 1986).
/// @param cluster  any number for each row, equal within a cluster
[[nodiscard]] Eigen::MatrixXd cluster_covariance(const Eigen::MatrixXd& x, const LeastSquaresFit& fit,
                                                 std::span<const std::int64_t> cluster,
                                                 ClusterFactor factor = ClusterFactor::cr1);

/// V_first + V_second - V_both, each with its own factor (Cameron, Gelbach & Miller 2011, JBES 29:238-249): pairs and
/// firms at once. A variance may come out negative in small samples; it is returned as it is.
[[nodiscard]] Eigen::MatrixXd two_way_cluster_covariance(const Eigen::MatrixXd& x, const LeastSquaresFit& fit,
                                                         std::span<const std::int64_t> first,
                                                         std::span<const std::int64_t> second,
                                                         ClusterFactor factor = ClusterFactor::cr1);

/// Clusters with at least one row of positive weight.
[[nodiscard]] std::size_t count_clusters(const LeastSquaresFit& fit, std::span<const std::int64_t> cluster);

}  // namespace twinfirm::stats
