// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twinfirm/design/matching_settings.h"

namespace twinfirm::matching {

/// Units as points whose Euclidean distance is a distance of their covariates.
struct CovariatePoints {
    std::vector<double> coordinate;  ///< unit by unit, `dimensions` each; a unit without covariates has NaN
    std::size_t dimensions = 0;

    [[nodiscard]] std::span<const double> of(std::size_t unit) const {
        return std::span(coordinate).subspan(unit * dimensions, dimensions);
    }
    /// O(dimensions); the terms are added in the order of the coordinates.
    [[nodiscard]] double squared_distance(std::size_t a, std::size_t b) const;
};

/// Points for a covariate distance between x_i and x_j, rows of `x`:
/// - mahalanobis: sqrt((x_i - x_j)' S^- (x_i - x_j)), S the pooled within-arm covariance (divisor n - 2) or the
///   covariance over both arms together (n - 1), S^- its generalised inverse (Rubin 1980, Biometrics 36:293)
/// - robust_mahalanobis: the same on ranks (ties get their mean) over both arms, S the covariance of the ranks with
/// each
///   variance set to that of untied ranks, so that rare values and outliers do not rule (Rosenbaum 2010, Design of
///   Observational Studies, section 8.3)
/// - scaled_euclidean: each covariate over its pooled within-arm, or overall, SD; constant ones are left out
///
/// Sums run in the order of `order`, so that the order of rows changes no bit if `order` follows the records' keys.
/// @param x        covariates, one row for each of `units`; no intercept
/// @param units    the unit that each row of x belongs to
/// @param count    units there are
/// @param treated  one flag a unit
/// @param order    rows of x in the order of their records' keys; empty = as they stand
/// Cost: O(n p^2 + p^3), for ranks O(p n log n). Throws std::invalid_argument for a kind of score that is none of the
/// three.
[[nodiscard]] CovariatePoints covariate_points(const Eigen::MatrixXd& x, std::span<const std::size_t> units,
                                               std::size_t count, std::span<const std::uint8_t> treated,
                                               design::ScoreKind kind, design::MetricCovariance covariance,
                                               std::span<const std::size_t> order = {});

}  // namespace twinfirm::matching
