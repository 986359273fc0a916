// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/two_period_did.h"

#include <algorithm>
#include <cmath>

#include "twinfirm/stats/collinearity.h"
#include "twinfirm/stats/least_squares.h"

namespace twinfirm::effects {

namespace {

/// Beyond this a control would stand for 199 firms and more (as in R's DRDID).
constexpr double largest_score = 0.995;

/// A coefficient that was left out counts as 0, so do its row and column of the covariance.
Eigen::VectorXd without_nan(const Eigen::VectorXd& values) {
    return values.unaryExpr([](double v) { return std::isnan(v) ? 0.0 : v; });
}

Eigen::MatrixXd without_nan(const Eigen::MatrixXd& values) {
    return values.unaryExpr([](double v) { return std::isnan(v) ? 0.0 : v; });
}

/// Columns that depend on earlier ones.
std::vector<std::size_t> dependent(const Eigen::MatrixXd& x) {
    const Eigen::MatrixXd factor =
        stats::triangular_factor(static_cast<std::size_t>(x.rows()), static_cast<std::size_t>(x.cols()), 1,
                                 [&](std::size_t begin, Eigen::Ref<Eigen::MatrixXd> block) {
                                     block = x.middleRows(static_cast<Eigen::Index>(begin), block.rows());
                                 });
    std::vector<std::size_t> columns;
    for (const stats::DependentColumn& column :
         stats::find_dependent_columns(factor, Eigen::VectorXd::Constant(x.cols(), 1e-9))) {
        columns.push_back(column.column);
    }
    return columns;
}

}  // namespace

Result<TwoPeriodDid> TwoPeriodDid::prepare(stats::DesignMatrix design, std::vector<std::uint8_t> treated,
                                           std::vector<double> weights, DidEstimator estimator) {
    TwoPeriodDid did;
    did.design_ = std::move(design);
    did.treated_ = std::move(treated);
    did.weights_ = std::move(weights);
    did.estimator_ = estimator;
    for (std::size_t i = 0; i < did.treated_.size(); ++i) {
        if (!(did.weight(i) > 0)) continue;
        ++(did.treated_[i] != 0 ? did.treated_count_ : did.control_count_);
    }
    if (did.treated_count_ < 2) return fail(ErrorKind::statistics, "did_no_adopters");
    if (did.control_count_ < 2) return fail(ErrorKind::statistics, "did_no_controls");
    did.control_weight_.resize(did.treated_.size());
    for (std::size_t i = 0; i < did.treated_.size(); ++i)
        did.control_weight_[i] = did.treated_[i] != 0 ? 0 : did.weight(i);
    if (did.design_.x.cols() == 0) return did;
    if (estimator != DidEstimator::ipw) TWINFIRM_TRY(did.check_controls());
    if (estimator != DidEstimator::regression) TWINFIRM_TRY(did.fit_score());
    return did;
}

/// A level that no control has cannot be predicted from the controls.
Status TwoPeriodDid::check_controls() {
    for (std::size_t i = 0; i < treated_.size(); ++i)
        if (control_weight_[i] > 0) control_rows_.push_back(static_cast<Eigen::Index>(i));
    control_x_.resize(static_cast<Eigen::Index>(control_rows_.size()), design_.x.cols());
    for (std::size_t i = 0; i < control_rows_.size(); ++i) {
        control_x_.row(static_cast<Eigen::Index>(i)) = design_.x.row(control_rows_[i]);
        if (!weights_.empty()) control_w_.push_back(weights_[static_cast<std::size_t>(control_rows_[i])]);
    }
    const std::vector<std::size_t> of_controls = dependent(control_x_);
    if (of_controls.empty()) return {};
    const std::vector<std::size_t> of_all = dependent(design_.x);
    std::string names;
    for (const std::size_t column : of_controls) {
        if (std::find(of_all.begin(), of_all.end(), column) != of_all.end()) continue;
        names += (names.empty() ? "" : ", ") + design_.terms[column];
    }
    if (!names.empty()) return fail(ErrorKind::statistics, "did_singular_design", {{"covariates", names}});
    return {};
}

Status TwoPeriodDid::fit_score() {
    stats::BinaryOptions options;
    options.threads = 1;  // the group's cells run side by side
    auto fit = stats::fit_binary(design_, treated_, weights_, options);
    if (!fit) return tl::unexpected(fit.error());
    messages_ = fit->messages;
    for (std::size_t i = 0; i < treated_.size(); ++i) {
        if (treated_[i] != 0) continue;
        const double p = fit->probability[static_cast<Eigen::Index>(i)];
        if (!(p < largest_score)) {
            ++trimmed_;
            control_weight_[i] = 0;
        } else {
            control_weight_[i] = weight(i) * p / (1 - p);
        }
    }
    score_ = std::move(*fit);
    return {};
}

Result<TwoPeriodEffect> TwoPeriodDid::effect(std::span<const double> change) const {
    const std::size_t n = treated_.size();
    const Eigen::Index p = design_.x.cols();
    TwoPeriodEffect result;
    result.treated = treated_count_;
    result.control = control_count_;
    result.influence.assign(n, 0);

    // What the regression leaves of each change; the change itself without a regression.
    std::vector<double> residual(change.begin(), change.end());
    Eigen::MatrixXd regression_covariance;
    if (!control_rows_.empty()) {
        std::vector<double> control_change;
        for (const Eigen::Index row : control_rows_) control_change.push_back(change[static_cast<std::size_t>(row)]);
        const auto fit = stats::fit_least_squares(control_x_, design_.terms, control_change, control_w_);
        if (!fit) return tl::unexpected(fit.error());
        const Eigen::VectorXd predicted = design_.x * without_nan(fit->coefficients);
        for (std::size_t i = 0; i < n; ++i) residual[i] -= predicted[static_cast<Eigen::Index>(i)];
        regression_covariance = without_nan(fit->unscaled_covariance);
    }

    const bool weighs_controls = estimator_ != DidEstimator::regression || p == 0;
    double treated_weight = 0, treated_sum = 0, control_weight = 0, control_sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        if (treated_[i] != 0) {
            treated_weight += weight(i);
            treated_sum += weight(i) * residual[i];
        } else if (weighs_controls) {
            control_weight += control_weight_[i];
            control_sum += control_weight_[i] * residual[i];
        }
    }
    const double treated_mean = treated_sum / treated_weight;
    const double control_mean = weighs_controls ? control_sum / control_weight : 0;
    result.att = treated_mean - control_mean;
    if (!std::isfinite(result.att)) return fail(ErrorKind::statistics, "did_no_controls");

    for (std::size_t i = 0; i < n; ++i) {
        if (treated_[i] != 0) {
            result.influence[i] = weight(i) * (residual[i] - treated_mean) / treated_weight;
        } else if (weighs_controls) {
            result.influence[i] = -control_weight_[i] * (residual[i] - control_mean) / control_weight;
        }
    }
    if (p == 0) return result;

    // How the estimate moves with the coefficients of the regression and of the score.
    Eigen::VectorXd regression_part(static_cast<Eigen::Index>(n));
    Eigen::VectorXd score_part = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(n));
    for (std::size_t i = 0; i < n; ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        const double control = weighs_controls && treated_[i] == 0 ? control_weight_[i] / control_weight : 0;
        regression_part[row] = treated_[i] != 0 ? weight(i) / treated_weight : -control;
        score_part[row] = control * (residual[i] - control_mean);
    }
    const Eigen::VectorXd of_regression = design_.x.transpose() * regression_part;
    const Eigen::VectorXd of_score = design_.x.transpose() * score_part;
    if (!control_rows_.empty()) {
        const Eigen::VectorXd direction = design_.x * (regression_covariance * of_regression);
        for (const Eigen::Index row : control_rows_) {
            const auto i = static_cast<std::size_t>(row);
            result.influence[i] -= weight(i) * residual[i] * direction[row];
        }
    }
    if (score_) {
        const Eigen::VectorXd direction = design_.x * (without_nan(score_->covariance) * of_score);
        for (std::size_t i = 0; i < n; ++i) {
            const auto row = static_cast<Eigen::Index>(i);
            result.influence[i] -= weight(i) * (treated_[i] - score_->probability[row]) * direction[row];
        }
    }
    return result;
}

}  // namespace twinfirm::effects
