// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/propensity_score.h"

#include <limits>
#include <stdexcept>

namespace twinfirm::matching {

using design::ScoreKind;

stats::BinaryOptions score_regression(ScoreKind kind, design::Separation separation) {
    stats::BinaryOptions options;
    options.separation =
        separation == design::Separation::firth ? stats::OnSeparation::firth : stats::OnSeparation::stop;
    switch (kind) {
        case ScoreKind::logit:
        case ScoreKind::linear_logit:
            break;
        case ScoreKind::probit:
        case ScoreKind::linear_probit:
            options.link = stats::Link::probit;
            break;
        case ScoreKind::cloglog:
        case ScoreKind::linear_cloglog:
            options.link = stats::Link::cloglog;
            break;
        case ScoreKind::firth:
        case ScoreKind::linear_firth:
            options.firth = true;
            break;
        case ScoreKind::column:
        case ScoreKind::mahalanobis:
        case ScoreKind::robust_mahalanobis:
        case ScoreKind::scaled_euclidean:
            throw std::invalid_argument("this score comes from no regression");
    }
    return options;
}

bool is_linear_predictor(ScoreKind kind) {
    return kind == ScoreKind::linear_logit || kind == ScoreKind::linear_probit || kind == ScoreKind::linear_cloglog ||
           kind == ScoreKind::linear_firth;
}

std::vector<double> propensity_score(const stats::BinaryFit& fit, const stats::DesignMatrix& design, std::size_t rows,
                                     ScoreKind kind) {
    const Eigen::VectorXd& fitted = is_linear_predictor(kind) ? fit.linear_predictor : fit.probability;
    std::vector<double> score(rows, std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < design.rows.size(); ++i) score[design.rows[i]] = fitted[static_cast<Eigen::Index>(i)];
    return score;
}

}  // namespace twinfirm::matching
