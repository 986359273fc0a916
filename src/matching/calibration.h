// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <vector>

namespace twinfirm::matching {

/// Weights exp(z_i'b), scaled to sum 1, with sum w_i z_i = 0: of all such weights the nearest to equal ones by entropy.
/// Rows of z: units; columns: independent covariates minus their targets, of about unit spread. Minimises log sum
/// exp(z'b) by Newton's method with backtracking; the caller looks whether the sums vanish, as they cannot when the
/// targets lie outside the units.
[[nodiscard]] std::vector<double> calibrate(const Eigen::MatrixXd& z);

}  // namespace twinfirm::matching
