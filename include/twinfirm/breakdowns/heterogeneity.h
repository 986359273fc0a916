// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <span>

namespace twinfirm::breakdowns {

/// Whether the effects of groups differ by more than chance.
struct CochranQ {
    double q = std::numeric_limits<double>::quiet_NaN();
    double df = std::numeric_limits<double>::quiet_NaN();       ///< groups - 1
    double p_value = std::numeric_limits<double>::quiet_NaN();  ///< of chi-squared with df, or Welch's F
    double pooled = std::numeric_limits<double>::quiet_NaN();   ///< inverse-variance mean of the groups
};

/// Q = sum (effect_g - pooled)^2 / se_g^2, chi-squared with G-1 degrees of freedom if all groups have one effect
/// (Cochran 1954, Biometrics 10). Groups without an effect or with a standard error that is not positive are left out;
/// fewer than two leave NaN. The groups are taken as independent: with non-adopters shared between groups Q is only
/// approximate. The spans have one length. Cost: O(groups).
///
/// `error_df`: degrees of freedom of the standard errors, one a group (infinite: known). With them the p value is that
/// of Welch (1951, Biometrika 38:330-336, eq. 28 and 29): with k groups, w = 1/se^2, W their sum and
/// L = sum (1 - w/W)^2 / df, F = (Q / (k - 1)) / (1 + 2 (k - 2) L / (k^2 - 1)) has k - 1 and (k^2 - 1) / (3 L) degrees
/// of freedom. Empty: chi-squared, which rejects too often where groups are small.
[[nodiscard]] CochranQ cochran_q(std::span<const double> effects, std::span<const double> std_errors,
                                 std::span<const double> error_df = {});

/// The same with the covariance between the groups, whose firms are partly compared with the same non-adopters: Q =
/// (effects - pooled)' V^-1 (effects - pooled), pooled = 1'V^-1 effects / 1'V^-1 1 (generalised least squares; equal to
/// the Wald test of all contrasts). Without off-diagonal elements it is Cochran's. `covariance`: groups x groups.
/// Groups and `error_df` as above, L from the diagonal; a matrix that is not positive definite leaves NaN.
/// Cost: O(groups^3).
[[nodiscard]] CochranQ wald_equality(std::span<const double> effects, std::span<const double> covariance,
                                     std::span<const double> error_df = {});

}  // namespace twinfirm::breakdowns
