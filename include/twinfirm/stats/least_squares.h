// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"

namespace twinfirm::stats {

/// Weighted linear regression of y on the columns of a matrix.
struct LeastSquaresFit {
    std::vector<std::string> terms;
    Eigen::VectorXd coefficients;         ///< NaN = left out because it depends on earlier columns
    Eigen::VectorXd standard_errors;      ///< sigma * sqrt(diagonal of (X'WX)^-1): homoscedastic errors
    Eigen::MatrixXd unscaled_covariance;  ///< (X'WX)^-1; NaN in left-out rows and columns
    std::vector<std::size_t> dropped;     ///< left-out columns, 0-based
    Eigen::VectorXd fitted;               ///< X b, for every row
    Eigen::VectorXd residuals;            ///< y - X b
    Eigen::VectorXd leverages;            ///< diagonal of the hat matrix, 0 for rows of weight 0
    Eigen::VectorXd weights;              ///< as given, or ones
    double sigma = 0;                     ///< sqrt(sum w e^2 / degrees_of_freedom); NaN without degrees of freedom
    double r_squared = 0;                 ///< about the weighted mean if the first column is all ones, else about 0
    std::size_t observations = 0;         ///< rows of positive weight
    std::size_t rank = 0;
    std::size_t degrees_of_freedom = 0;  ///< observations - rank
    Messages messages;                   ///< `covariate_collinear` {covariate, others}
};

/// Least squares by Householder QR with column pivoting on scaled columns, refined on the augmented system with
/// residuals in long double until the correction vanishes (Bjoerck 1967, BIT 7:257-278; Higham 2002, section 20.5).
/// The normal equations are never formed. A column whose residual after projection on earlier ones is below 1e-12 of
/// its norm is left out and named.
///
/// @param x        n x p
/// @param terms    p names
/// @param y        n responses, finite
/// @param weights  none, or n: finite, >= 0; rows of weight 0 do not count but get fitted values
/// Errors (statistics): `no_complete_rows` if no row counts. A length that does not fit throws std::invalid_argument.
/// Cost: O(n p^2) time, O(n p) memory.
[[nodiscard]] Result<LeastSquaresFit> fit_least_squares(const Eigen::MatrixXd& x, std::vector<std::string> terms,
                                                        std::span<const double> y,
                                                        std::span<const double> weights = {});

}  // namespace twinfirm::stats
