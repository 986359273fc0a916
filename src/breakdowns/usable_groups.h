// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <span>
#include <vector>

namespace twinfirm::breakdowns {

/// The groups whose effect and variance are finite and whose variance is above 0, with their block of the covariance.
struct UsableGroups {
    std::vector<std::size_t> places;  ///< in the order of the effects given
    Eigen::VectorXd effects;
    Eigen::MatrixXd covariance;
};

/// covariance: effects.size() x effects.size() values, row by row.
[[nodiscard]] UsableGroups usable_groups(std::span<const double> effects, std::span<const double> covariance);

}  // namespace twinfirm::breakdowns
