// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "twinfirm/stats/design_matrix.h"

namespace twinfirm::stats {

/// A value of a covariate that only adopters or only non-adopters have, so that no logistic regression with that
/// covariate has finite coefficients.
struct OneArmLevel {
    std::string term;               ///< `size`; of a 0/1 number its name
    std::string level;              ///< `중견기업`, `0`, `1`
    bool adopters = false;          ///< true: only adopters have it
    std::vector<std::size_t> rows;  ///< rows of the design matrix that have it, 0-based
};

/// All one-arm levels of the main effects that are categories or 0/1 numbers, in the order of the columns, a
/// category's reference level first. Empty if one arm is empty altogether.
/// @param adopter  one flag (0/1) for each row of design.x
/// Cost: O(rows x columns). Source: Albert & Anderson (1984), Biometrika 71:1-10 (quasi-complete separation).
[[nodiscard]] std::vector<OneArmLevel> find_one_arm_levels(const DesignMatrix& design,
                                                           std::span<const std::uint8_t> adopter);

/// The covariates, with levels where they have them, that carry a separating direction: the one-arm levels; else the
/// single columns that divide the arms at a threshold (`sales > 12.5`); else each column with a part in `direction`.
/// @param direction  coefficients (one a column of design.x, intercept included) along which no row's fit gets worse
[[nodiscard]] std::vector<std::string> name_separating_covariates(const DesignMatrix& design,
                                                                  std::span<const std::uint8_t> adopter,
                                                                  const Eigen::VectorXd& direction);

}  // namespace twinfirm::stats
