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

/// How the probability p of adopting follows from the linear predictor e = x'b.
enum class Link {
    logit,    ///< p = 1 / (1 + exp(-e))
    probit,   ///< p = Phi(e)
    cloglog,  ///< p = 1 - exp(-exp(e))
};

/// What happens where no finite estimate exists.
enum class OnSeparation {
    stop,   ///< the error `separation`
    firth,  ///< a logistic regression with Firth's penalty instead, and the warning `separation_firth`
};

struct BinaryOptions {
    Link link = Link::logit;
    bool firth = false;  ///< maximise log L + log|X'WX| / 2; only with the logit link
    OnSeparation separation = OnSeparation::stop;
    int max_iterations = 100;
    unsigned threads = 0;  ///< 0 = as many as the machine has; the result has the same bits for any number
};

/// Fit of P(adopter) as a function of x'b.
struct BinaryFit {
    Link link = Link::logit;
    bool firth = false;                ///< fitted with Firth's penalty
    std::vector<std::string> terms;    ///< of the design matrix
    Eigen::VectorXd coefficients;      ///< NaN = left out because it depends on others
    Eigen::VectorXd standard_errors;   ///< from the expected information at the final coefficients
    Eigen::MatrixXd covariance;        ///< inverse of the information X'WX; NaN in left-out rows and columns
    std::vector<std::size_t> dropped;  ///< left-out columns, 0-based
    Eigen::VectorXd linear_predictor;  ///< x'b of each row of the design matrix (log-odds for logit)
    Eigen::VectorXd probability;       ///< the propensity score, in (0, 1)
    double log_likelihood = 0;         ///< without the penalty
    double deviance = 0;               ///< -2 log likelihood
    double null_deviance = 0;          ///< of the model with the intercept alone, fitted in the same way
    double auc = 0;                    ///< area under the ROC curve, ties count half; rows with weight 0 left out
    std::size_t rank = 0;              ///< estimated coefficients, intercept included
    int iterations = 0;
    bool converged = false;  ///< always true in a result: a fit that does not converge is an error
    Messages messages;       ///< `covariate_collinear` {covariate, others}; `separation_firth` {covariates, rows}
};

/// Binary regression by Fisher scoring (iteratively reweighted least squares) with step halving (McCullagh & Nelder
/// 1989, Generalized Linear Models, section 2.5); for the logit link this is Newton's method.
///
/// The columns are centred and scaled first; where they are nearly dependent the iteration runs in the orthonormal
/// basis of their QR decomposition, so that no digits are lost to the squared condition number of X'WX. The last step
/// is taken after convergence, and the information is that of the final estimate. Sums run over fixed pieces of rows,
/// added in their order.
///
/// Firth's penalised likelihood (Firth 1993, Biometrika 80:27-38; for separation Heinze & Schemper 2002, Stat. Med.
/// 21:2409-2419) replaces the score X'(t - p) by X'(t - p + h (1/2 - p)), h the leverages of the weighted regression.
/// Its estimate is always finite; it pulls probabilities towards 1/2.
///
/// A column that depends linearly on earlier ones (residual norm below 1e-9 of its own, centred) is left out and named.
///
/// @param design   design matrix, intercept first
/// @param adopter  one flag (0/1) for each row of design.x, that is for design.rows
/// @param weights  none, or one a row: finite, >= 0. A row of weight 0 gets a fitted value but does not count
/// Errors (statistics): `no_adopters`, `no_non_adopters`; `separation` {covariates, rows}: no finite estimate exists
/// (complete or quasi-complete separation, Albert & Anderson 1984; it does not depend on the link), naming the
/// covariates and levels that separate; `logit_not_converged` {iterations}. A length that does not fit, or the penalty
/// with another link, throws std::invalid_argument.
/// Cost: O(n p^2) an iteration, twice that with Firth's penalty; memory O(n + p^2) beyond the design matrix.
[[nodiscard]] Result<BinaryFit> fit_binary(const DesignMatrix& design, std::span<const std::uint8_t> adopter,
                                           std::span<const double> weights = {}, const BinaryOptions& options = {});

/// Area under the ROC curve = P(score of an adopter > score of a non-adopter) + P(equal) / 2, from midranks
/// (Mann-Whitney). NaN if one arm is empty. Cost: O(n log n).
[[nodiscard]] double area_under_roc(std::span<const double> score, std::span<const std::uint8_t> adopter);

}  // namespace twinfirm::stats
