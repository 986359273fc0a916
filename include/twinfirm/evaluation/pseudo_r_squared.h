// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "twinfirm/stats/design_matrix.h"

namespace twinfirm::evaluation {

/// How well the covariates together tell adopters from others.
struct PseudoRSquared {
    double value =
        std::numeric_limits<double>::quiet_NaN();  ///< 1 - log L / log L of the intercept alone (McFadden 1974)
    double likelihood_ratio = std::numeric_limits<double>::quiet_NaN();  ///< chi-squared with `df`
    double df = std::numeric_limits<double>::quiet_NaN();                ///< coefficients besides the intercept
    double p_value = std::numeric_limits<double>::quiet_NaN();
    bool separated = false;  ///< some covariates divide the arms: no fit exists, all are NaN
};

/// Logistic regression of treatment on the covariates over the rows of positive weight, before matching (all weights 1)
/// or after it; small after a matching that made the arms alike (Sianesi 2004, Rev. Econ. Stat. 86:133). Weights count
/// as analytic ones, so that the test after a weighted matching is a rough one. `weight` and `treated` have one entry a
/// row of the frame. Whatever stands in the way of the fit leaves NaN. Cost: that of a logistic fit.
[[nodiscard]] PseudoRSquared pseudo_r_squared(const stats::DesignMatrix& design, std::span<const std::uint8_t> treated,
                                              std::span<const double> weight, unsigned threads = 0);

}  // namespace twinfirm::evaluation
