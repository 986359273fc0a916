// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twinfirm/design/matching_settings.h"
#include "twinfirm/stats/design_matrix.h"

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

/// Points for a covariate distance between x_i and x_j, the rows of the design matrix without the intercept, in which a
/// category of more than two levels has a column for every level (the Mahalanobis distance does not depend on that, the
/// others do):
/// - mahalanobis: sqrt((x_i - x_j)' S^- (x_i - x_j)), S the pooled within-arm covariance (divisor n - 2) or the
///   covariance over both arms together (n - 1), S^- its generalised inverse (Rubin 1980, Biometrics 36:293)
/// - robust_mahalanobis: the same on ranks (ties get their mean) over both arms, S the covariance of the ranks with
/// each
///   variance set to that of untied ranks, so that rare values and outliers do not rule (Rosenbaum 2010, Design of
///   Observational Studies, section 8.3)
/// - scaled_euclidean: each covariate over its pooled within-arm, or overall, SD; constant ones are left out
/// These are MatchIt's definitions, with its choices for `pooled`.
///
/// @param count    units there are; those without a row in the design matrix get NaN
/// @param treated  one flag a unit
/// @param rank     place of each unit's key among all keys: sums run in that order, so that the order of the rows
///                 changes no bit; empty = as the rows stand
/// Cost: O(n p^2 + p^3), for ranks O(p n log n). Throws std::invalid_argument for a kind of score that is none of the
/// three.
[[nodiscard]] CovariatePoints covariate_points(const stats::DesignMatrix& design, std::size_t count,
                                               std::span<const std::uint8_t> treated, design::ScoreKind kind,
                                               design::MetricCovariance covariance,
                                               std::span<const std::uint32_t> rank = {});

}  // namespace twinfirm::matching
