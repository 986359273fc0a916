// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"
#include "twinfirm/stats/design_matrix.h"

namespace twinfirm::stats {

struct LogisticOptions {
    int max_iterations = 60;
    unsigned threads = 0;  ///< 0 = as many as the machine has; the result has the same bits for any number
};

/// Maximum likelihood fit of P(adopter) = 1 / (1 + exp(-x'b)).
struct LogisticFit {
    std::vector<std::string> terms;    ///< of the design matrix
    Eigen::VectorXd coefficients;      ///< NaN = left out because it depends on others
    Eigen::VectorXd standard_errors;   ///< from the observed information at the final coefficients
    Eigen::MatrixXd covariance;        ///< inverse of the information X'WX; NaN in left-out rows and columns
    std::vector<std::size_t> dropped;  ///< left-out columns, 0-based
    Eigen::VectorXd linear_predictor;  ///< x'b of each row of the design matrix (log-odds)
    Eigen::VectorXd probability;       ///< the propensity score, in (0, 1)
    double log_likelihood = 0;
    double deviance = 0;       ///< -2 log likelihood
    double null_deviance = 0;  ///< of the model with the intercept alone
    double auc = 0;            ///< area under the ROC curve, ties count half; rows with weight 0 left out
    std::size_t rank = 0;      ///< estimated coefficients, intercept included
    int iterations = 0;
    bool converged = false;  ///< always true in a result: a fit that does not converge is an error
    Messages messages;       ///< `covariate_collinear` {covariate, others}
};

/// Logistic regression by iteratively reweighted least squares with step halving (McCullagh & Nelder 1989,
/// Generalized Linear Models, section 2.5).
///
/// The columns are centred and scaled first; where they are nearly dependent the iteration runs in the orthonormal
/// basis of their QR decomposition, so that no digits are lost to the squared condition number of X'WX. The last step
/// is taken after convergence, and the information is that of the final estimate. Sums run over fixed pieces of rows,
/// added in their order.
///
/// A column that depends linearly on earlier ones (residual norm below 1e-9 of its own, centred) is left out and named.
///
/// @param design   design matrix, intercept first
/// @param adopter  one flag (0/1) for each row of design.x, that is for design.rows
/// @param weights  none, or one a row: finite, >= 0. A row of weight 0 gets a fitted value but does not count
/// Errors (statistics): `no_adopters`, `no_non_adopters`; `separation` {covariates, rows}: no finite estimate exists
/// (complete or quasi-complete separation, Albert & Anderson 1984), naming the covariates and levels that separate;
/// `logit_not_converged` {iterations}. A length that does not fit throws std::invalid_argument.
/// Cost: O(n p^2) an iteration; memory O(n + p^2) beyond the design matrix.
[[nodiscard]] Result<LogisticFit> fit_logistic(const DesignMatrix& design, std::span<const std::uint8_t> adopter,
                                               std::span<const double> weights = {},
                                               const LogisticOptions& options = {});

/// Area under the ROC curve = P(score of an adopter > score of a non-adopter) + P(equal) / 2, from midranks
/// (Mann-Whitney). NaN if one arm is empty. Cost: O(n log n).
[[nodiscard]] double area_under_roc(std::span<const double> score, std::span<const std::uint8_t> adopter);

}  // namespace twinfirm::stats
