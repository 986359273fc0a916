// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/propensity_score.h"

#include <limits>

namespace twinfirm::matching {

std::vector<double> propensity_score(const stats::LogisticFit& fit, const stats::DesignMatrix& design, std::size_t rows,
                                     design::ScoreKind kind) {
    const Eigen::VectorXd& fitted = kind == design::ScoreKind::logit ? fit.probability : fit.linear_predictor;
    std::vector<double> score(rows, std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < design.rows.size(); ++i) score[design.rows[i]] = fitted[static_cast<Eigen::Index>(i)];
    return score;
}

}  // namespace twinfirm::matching
