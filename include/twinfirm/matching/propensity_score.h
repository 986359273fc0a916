// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "twinfirm/design/matching_settings.h"
#include "twinfirm/stats/design_matrix.h"
#include "twinfirm/stats/logistic.h"

namespace twinfirm::matching {

/// The score to match on, one entry for each of the frame's `rows` rows: the fitted probability of adopting
/// (ScoreKind::logit) or its log-odds (ScoreKind::linear_logit). NaN where the design matrix has no row, because a
/// covariate is missing. Source: Rosenbaum & Rubin 1983 (Biometrika 70:41). O(rows).
[[nodiscard]] std::vector<double> propensity_score(const stats::LogisticFit& fit, const stats::DesignMatrix& design,
                                                   std::size_t rows, design::ScoreKind kind);

}  // namespace twinfirm::matching
