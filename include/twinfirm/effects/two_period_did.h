// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"
#include "twinfirm/stats/binary_regression.h"
#include "twinfirm/stats/design_matrix.h"

namespace twinfirm::effects {

/// How the change of the controls stands in for the change that adopters would have had without adoption.
enum class DidEstimator {
    doubly_robust,  ///< right if the regression or the score is right
    regression,     ///< the controls' change regressed on covariates, predicted for adopters
    ipw,            ///< the controls weighted by p / (1 - p), normalised
};

struct TwoPeriodEffect {
    double att = not_available;
    std::vector<double> influence;  ///< psi, one a firm: att - truth ~ sum of psi
    std::int64_t treated = 0;
    std::int64_t control = 0;
};

/// Two groups, two years: ATT on the change of an outcome, with covariates of one year. The first two steps are made
/// once for all outcomes (and later years) that share groups and covariates.
///
/// With D = 1 for adopters, dY the change, m(x) its regression on x among the controls by (weighted) least squares,
/// p(x) the logistic score by maximum likelihood, w weights and W_i = w_i p_i (1 - D_i) / (1 - p_i):
///
///     regression      sum w D (dY - m) / sum w D
///     ipw             sum w D dY / sum w D - sum W dY / sum W
///     doubly robust   sum w D (dY - m) / sum w D - sum W (dY - m) / sum W
///
/// (Heckman, Ichimura & Todd 1997; Abadie 2005 with normalised weights; Sant'Anna & Zhao 2020, J. Econometrics
/// 219:101-122, equation 3.1: their traditional doubly robust estimator.) Without covariates all three are the
/// difference of mean changes. The influence holds the estimation of m and p (Sant'Anna & Zhao 2020, theorem A.1).
/// Controls with p >= 0.995 get no weight; they are counted in `trimmed`.
class TwoPeriodDid {
  public:
    /// @param design   covariates, the intercept first; without columns = none
    /// @param treated  0/1, one a row of the design (of the sample if the design has no columns)
    /// @param weights  none, or one a firm: finite, >= 0
    /// Errors (statistics): `did_no_adopters`, `did_no_controls`: fewer than two firms of positive weight;
    /// `did_singular_design` {covariates}: columns that the controls cannot tell apart although adopters can; those of
    /// fit_binary (`separation` ...). Cost: O(n p^2) an iteration of the score.
    [[nodiscard]] static Result<TwoPeriodDid> prepare(stats::DesignMatrix design, std::vector<std::uint8_t> treated,
                                                      std::vector<double> weights, DidEstimator estimator);

    /// @param change  one a firm, finite
    /// Errors: those of fit_least_squares. Cost: O(n p^2).
    [[nodiscard]] Result<TwoPeriodEffect> effect(std::span<const double> change) const;

    [[nodiscard]] std::int64_t trimmed() const { return trimmed_; }
    [[nodiscard]] const Messages& messages() const { return messages_; }

  private:
    TwoPeriodDid() = default;
    [[nodiscard]] Status fit_score();
    [[nodiscard]] Status check_controls();
    [[nodiscard]] double weight(std::size_t firm) const { return weights_.empty() ? 1 : weights_[firm]; }

    stats::DesignMatrix design_;
    std::vector<std::uint8_t> treated_;
    std::vector<double> weights_;
    DidEstimator estimator_ = DidEstimator::doubly_robust;
    std::optional<stats::BinaryFit> score_;
    std::vector<double> control_weight_;  ///< W; w (1 - D) without a score
    std::vector<Eigen::Index> control_rows_;
    Eigen::MatrixXd control_x_;
    std::vector<double> control_w_;
    std::int64_t treated_count_ = 0;
    std::int64_t control_count_ = 0;
    std::int64_t trimmed_ = 0;
    Messages messages_;
};

}  // namespace twinfirm::effects
