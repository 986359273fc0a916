// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <span>
#include <vector>

#include "twinfirm/stats/collinearity.h"

namespace twinfirm::stats {

/// The columns of a design matrix in coordinates in which X'WX is well conditioned: an intercept, and the other
/// columns centred and scaled to unit variance; after orthonormalize() their independent combinations with the
/// identity as covariance matrix. Means and variances use the weights. Nothing is stored by row.
class StandardizedBasis {
  public:
    /// Constant columns are dependent at once. `x` and `weights` must outlive the basis.
    StandardizedBasis(const Eigen::MatrixXd& x, std::span<const double> weights, unsigned threads);

    /// Finds the dependent columns by QR and replaces the others by an orthonormal basis.
    void orthonormalize();

    [[nodiscard]] Eigen::Index size() const { return transform_.cols() + 1; }
    [[nodiscard]] const std::vector<DependentColumn>& dependent() const { return dependent_; }

    /// Fills `block` with the basis' rows from `begin` on.
    void load(std::size_t begin, Eigen::Ref<Eigen::MatrixXd> block) const;

    /// Coefficients of the design matrix' columns from those of the basis; 0 where a column is dependent.
    [[nodiscard]] Eigen::VectorXd coefficients(const Eigen::VectorXd& gamma) const;
    /// Their covariance matrix from the information (lower triangle) in the basis; 0 where a column is dependent.
    [[nodiscard]] Eigen::MatrixXd covariance(const Eigen::MatrixXd& information) const;

  private:
    void find_moments();
    void keep_columns();

    const Eigen::MatrixXd& x_;
    std::span<const double> weights_;
    unsigned threads_;
    Eigen::VectorXd mean_;       // of each column
    Eigen::VectorXd deviation_;  // standard deviation of each column, 1 for constant ones
    Eigen::VectorXd largest_;    // largest absolute value of each column
    double total_weight_ = 0;
    std::vector<Eigen::Index> kept_;  // columns in the basis, without the intercept
    Eigen::MatrixXd transform_;       // kept x kept, upper triangular: basis = standardized columns * transform
    bool diagonal_ = true;            // transform_ is the identity
    std::vector<DependentColumn> dependent_;
};

}  // namespace twinfirm::stats
