// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "twinfirm/design/matching_settings.h"
#include "twinfirm/stats/binary_regression.h"
#include "twinfirm/stats/design_matrix.h"

namespace twinfirm::matching {

/// The regression that a kind of score comes from. Throws std::invalid_argument for ScoreKind::column and distances.
[[nodiscard]] stats::BinaryOptions score_regression(design::ScoreKind kind, design::Separation separation);

/// Whether the score is the linear predictor, and not the probability.
[[nodiscard]] bool is_linear_predictor(design::ScoreKind kind);

/// The score to match on, one entry for each of the frame's `rows` rows: the fitted probability of adopting, or the
/// linear predictor (the log-odds for logit and Firth). NaN where the design matrix has no row, because a covariate is
/// missing. Source: Rosenbaum & Rubin 1983 (Biometrika 70:41). O(rows).
[[nodiscard]] std::vector<double> propensity_score(const stats::BinaryFit& fit, const stats::DesignMatrix& design,
                                                   std::size_t rows, design::ScoreKind kind);

}  // namespace twinfirm::matching
