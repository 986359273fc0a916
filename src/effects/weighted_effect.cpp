// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/weighted_effect.h"

#include <Eigen/Dense>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "confidence_check.h"
#include "twinfirm/effects/standard_error.h"
#include "twinfirm/stats/least_squares.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::effects {
namespace {

using matching::BalancingWeights;
using matching::WeightEquation;

class StackedEstimator {
  public:
    StackedEstimator(const BalancingWeights& weights, std::span<const std::uint8_t> treated,
                     std::span<const double> outcome, std::span<const std::uint8_t> used)
        : weights_(weights), treated_(treated), outcome_(outcome), rows_(outcome.size()), used_(outcome.size()) {
        for (std::size_t i = 0; i < rows_; ++i) {
            used_[i] = (used.empty() || used[i] != 0) && !std::isnan(outcome[i]) ? 1 : 0;
        }
        for (Arm* arm : {&arms_[0], &arms_[1]}) {
            arm->residual.assign(rows_, 0);
            arm->fitted = Eigen::VectorXd::Zero(weights_.basis.rows());
            arm->regression_influence.assign(rows_, 0);
        }
        for (std::size_t i = 0; i < rows_; ++i) {
            if (weight(i) > 0) arms_[arm_of(i)].weight += weight(i);
            target_ += target(i);
        }
    }

    WeightedEffect run(WeightedEstimator estimator, double confidence) {
        WeightedEffect result;
        count_firms(result.effect);
        if (!(arms_[0].weight > 0) || !(arms_[1].weight > 0) || !(target_ > 0)) return result;
        if (estimator == WeightedEstimator::difference) {
            for (std::size_t i = 0; i < rows_; ++i) arms_[arm_of(i)].residual[i] = used_[i] != 0 ? outcome_[i] : 0;
        } else {
            if (!regress(estimator)) return result;
            predicted_ = true;
        }
        augmented_ = estimator != WeightedEstimator::ipwra;
        for (Arm* arm : {&arms_[0], &arms_[1]}) arm->mean_residual = mean_residual(*arm);
        double control = 0;
        double treated_mean = 0;
        if (predicted_) {
            control = target_mean(arms_[0].fitted);
            treated_mean = target_mean(arms_[1].fitted);
        }
        predicted_effect_ = treated_mean - control;
        if (augmented_) {
            control += arms_[0].mean_residual;
            treated_mean += arms_[1].mean_residual;
        }
        result.counterfactual_mean = control;
        result.effect.estimate = treated_mean - control;
        result.effect.se_kind = "m-estimation";
        result.influence = influence();
        result.target = target_;
        result.target_influence = target_influence();
        std::vector<double> squares = result.influence;
        for (double& value : squares) value *= value;
        set_uncertainty(result.effect, std::sqrt(stats::compensated_sum(squares)),
                        std::numeric_limits<double>::infinity(), confidence);
        return result;
    }

  private:
    struct Arm {
        double weight = 0;
        std::vector<double> residual;  // of the regression; without one the outcome
        double mean_residual = 0;      // weighted
        Eigen::VectorXd fitted;        // for every row
        Eigen::MatrixXd inverse;       // of the regression's X'WX
        /// Derivative of the effect by the regression's coefficients, times `inverse`.
        Eigen::VectorXd lever;
        std::vector<double> regression_influence;
    };

    [[nodiscard]] std::size_t arm_of(std::size_t i) const { return treated_[i] != 0 ? 1 : 0; }
    [[nodiscard]] double sign(std::size_t i) const { return treated_[i] != 0 ? 1 : -1; }
    [[nodiscard]] double weight(std::size_t i) const { return used_[i] != 0 ? weights_.weight[i] : 0; }
    [[nodiscard]] double target(std::size_t i) const { return used_[i] != 0 ? weights_.target[i] : 0; }
    [[nodiscard]] auto row(std::size_t i) const { return weights_.basis.row(static_cast<Eigen::Index>(i)); }

    void count_firms(Estimate& effect) const {
        std::vector<double> control_weights;
        for (std::size_t i = 0; i < rows_; ++i) {
            if (!(weight(i) > 0)) continue;
            ++(treated_[i] != 0 ? effect.n_treated : effect.n_control);
            if (treated_[i] == 0) control_weights.push_back(weight(i));
        }
        effect.ess_control = stats::effective_sample_size(control_weights);
    }

    [[nodiscard]] double mean_residual(const Arm& arm) const {
        double sum = 0;
        for (std::size_t i = 0; i < rows_; ++i) {
            if (&arms_[arm_of(i)] == &arm) sum += weight(i) * arm.residual[i];
        }
        return sum / arm.weight;
    }

    [[nodiscard]] double target_mean(const Eigen::VectorXd& values) const {
        double sum = 0;
        for (std::size_t i = 0; i < rows_; ++i) sum += target(i) * values[static_cast<Eigen::Index>(i)];
        return sum / target_;
    }

    /// Fits the outcome in each arm; false if an arm has no row to fit.
    bool regress(WeightedEstimator estimator) {
        const bool weighted = estimator == WeightedEstimator::ipwra;
        Eigen::VectorXd target_row = Eigen::VectorXd::Zero(weights_.basis.cols());
        for (std::size_t i = 0; i < rows_; ++i) target_row += target(i) / target_ * row(i).transpose();
        for (const std::size_t a : {std::size_t{0}, std::size_t{1}}) {
            Arm& arm = arms_[a];
            std::vector<std::size_t> rows;
            for (std::size_t i = 0; i < rows_; ++i) {
                if (arm_of(i) == a && weight(i) > 0) rows.push_back(i);
            }
            Eigen::MatrixXd x(static_cast<Eigen::Index>(rows.size()), weights_.basis.cols());
            std::vector<double> y;
            std::vector<double> w;
            for (std::size_t k = 0; k < rows.size(); ++k) {
                x.row(static_cast<Eigen::Index>(k)) = row(rows[k]);
                y.push_back(outcome_[rows[k]]);
                w.push_back(weighted ? weight(rows[k]) : 1);
            }
            const auto fit =
                stats::fit_least_squares(x, std::vector<std::string>(static_cast<std::size_t>(x.cols())), y, w);
            if (!fit) return false;
            const auto defined = [](double value) { return std::isnan(value) ? 0.0 : value; };
            arm.fitted = weights_.basis * fit->coefficients.unaryExpr(defined);
            arm.inverse = fit->unscaled_covariance.unaryExpr(defined);
            Eigen::VectorXd derivative = target_row;
            for (std::size_t k = 0; k < rows.size(); ++k) {
                const std::size_t i = rows[k];
                arm.residual[i] = outcome_[i] - arm.fitted[static_cast<Eigen::Index>(i)];
                if (!weighted) derivative -= weight(i) / arm.weight * row(i).transpose();
            }
            arm.lever = arm.inverse * derivative;
            for (std::size_t k = 0; k < rows.size(); ++k) {
                const std::size_t i = rows[k];
                arm.regression_influence[i] = w[k] * arm.residual[i] * row(i).dot(arm.lever);
            }
        }
        return true;
    }

    /// Of each row on the effect: its own part, through the regression of its arm, and through the weights' equations.
    [[nodiscard]] std::vector<double> influence() const {
        std::vector<double> total(rows_, 0);
        for (std::size_t i = 0; i < rows_; ++i) {
            const Arm& arm = arms_[arm_of(i)];
            if (predicted_) total[i] += target(i) / target_ * (predicted_difference(i) - predicted_effect_);
            if (augmented_) total[i] += sign(i) * weight(i) * (arm.residual[i] - arm.mean_residual) / arm.weight;
            total[i] += sign(i) * arm.regression_influence[i];
        }
        for (const WeightEquation& equation : weights_.equations) {
            const Eigen::VectorXd lever = equation.inverse * derivative_by(equation);
            const Eigen::VectorXd along = weights_.basis * lever;  // column by column: a row lies scattered in memory
            for (std::size_t i = 0; i < rows_; ++i) {
                total[i] += equation.residual[i] * along[static_cast<Eigen::Index>(i)];
            }
        }
        return total;
    }

    [[nodiscard]] std::vector<double> target_influence() const {
        std::vector<double> total(rows_, 0);
        for (std::size_t i = 0; i < rows_; ++i) total[i] = target(i);
        for (const WeightEquation& equation : weights_.equations) {
            if (equation.target_slope.empty()) continue;
            Eigen::VectorXd slopes = Eigen::VectorXd::Zero(weights_.basis.rows());
            for (std::size_t i = 0; i < rows_; ++i) {
                if (used_[i] != 0) slopes[static_cast<Eigen::Index>(i)] = equation.target_slope[i];
            }
            const Eigen::VectorXd lever = equation.inverse * (weights_.basis.transpose() * slopes);
            const Eigen::VectorXd along = weights_.basis * lever;
            for (std::size_t i = 0; i < rows_; ++i) {
                total[i] += equation.residual[i] * along[static_cast<Eigen::Index>(i)];
            }
        }
        return total;
    }

    [[nodiscard]] double predicted_difference(std::size_t i) const {
        const auto place = static_cast<Eigen::Index>(i);
        return arms_[1].fitted[place] - arms_[0].fitted[place];
    }

    /// Derivative of the effect by the coefficients of a weights' equation.
    [[nodiscard]] Eigen::VectorXd derivative_by(const WeightEquation& equation) const {
        Eigen::VectorXd factors = Eigen::VectorXd::Zero(weights_.basis.rows());
        for (std::size_t i = 0; i < rows_; ++i) {
            if (used_[i] == 0) continue;
            const Arm& arm = arms_[arm_of(i)];
            double factor = 0;
            if (augmented_) {
                factor += sign(i) * equation.slope[i] * (arm.residual[i] - arm.mean_residual) / arm.weight;
            } else {
                factor += sign(i) * equation.slope[i] * arm.residual[i] * row(i).dot(arm.lever);
            }
            if (predicted_ && !equation.target_slope.empty()) {
                factor += equation.target_slope[i] / target_ * (predicted_difference(i) - predicted_effect_);
            }
            factors[static_cast<Eigen::Index>(i)] = factor;
        }
        return weights_.basis.transpose() * factors;
    }

    const BalancingWeights& weights_;
    std::span<const std::uint8_t> treated_;
    std::span<const double> outcome_;
    std::size_t rows_;
    std::vector<std::uint8_t> used_;
    Arm arms_[2];
    double target_ = 0;
    double predicted_effect_ = 0;
    bool predicted_ = false;  // the effect has a part from predictions
    bool augmented_ = true;   // and one from weighted residuals
};

}  // namespace

Result<WeightedEffect> weighted_effect(const BalancingWeights& weights, std::span<const std::uint8_t> treated,
                                       std::span<const double> outcome, WeightedEstimator estimator, double confidence,
                                       std::span<const std::uint8_t> used) {
    TWINFIRM_TRY(check_confidence(confidence));
    const std::size_t rows = weights.weight.size();
    for (const std::size_t length : {treated.size(), outcome.size(), used.empty() ? rows : used.size()}) {
        if (length == rows) continue;
        return fail(ErrorKind::usage, "effects_unequal_lengths",
                    {{"expected", integer_text(static_cast<std::int64_t>(rows))},
                     {"found", integer_text(static_cast<std::int64_t>(length))}});
    }
    return StackedEstimator(weights, treated, outcome, used).run(estimator, confidence);
}

}  // namespace twinfirm::effects
