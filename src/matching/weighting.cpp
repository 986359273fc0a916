// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/weighting.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <utility>

#include "calibration.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/stats/collinearity.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::matching {
namespace {

using design::Estimand;

constexpr double dependent = 1e-9;
constexpr double balanced = 1e-8;  // of a standard deviation
constexpr int max_iterations = 200;

/// The intercept and the independent columns of the rows in use, centred and scaled; rows not in use stay 0 but for the
/// intercept.
struct Basis {
    Eigen::MatrixXd rows;
    std::vector<std::string> terms;
};

Basis make_basis(const WeightingProblem& problem) {
    const Eigen::MatrixXd& x = problem.design.x;
    const Eigen::Map<const Eigen::Array<std::uint8_t, Eigen::Dynamic, 1>> flags(problem.used.data(), x.rows());
    const Eigen::VectorXd used = flags.cast<double>();
    const double n = used.sum();
    Eigen::MatrixXd scaled(x.rows(), x.cols());
    std::vector<bool> kept(static_cast<std::size_t>(x.cols()), true);
    scaled.col(0).setOnes();
    for (Eigen::Index k = 1; k < x.cols(); ++k) {
        const double mean = x.col(k).dot(used) / n;
        scaled.col(k) = (x.col(k).array() - mean) * used.array();
        const double deviation = std::sqrt(scaled.col(k).squaredNorm() / n);
        kept[static_cast<std::size_t>(k)] = deviation > dependent * (std::abs(mean) + deviation);
        if (kept[static_cast<std::size_t>(k)]) scaled.col(k) /= deviation;
    }
    for (const stats::DependentColumn& column :
         stats::find_dependent_columns(scaled, Eigen::VectorXd::Constant(x.cols(), dependent))) {
        kept[column.column] = false;
    }
    kept[0] = true;
    Basis basis{Eigen::MatrixXd(x.rows(), std::count(kept.begin(), kept.end(), true)), {}};
    for (Eigen::Index k = 0; k < x.cols(); ++k) {
        if (!kept[static_cast<std::size_t>(k)]) continue;
        basis.rows.col(static_cast<Eigen::Index>(basis.terms.size())) = scaled.col(k);
        basis.terms.push_back(problem.design.terms[static_cast<std::size_t>(k)]);
    }
    return basis;
}

Status check_arms(const WeightingProblem& problem) {
    std::size_t arms[2] = {0, 0};
    for (std::size_t i = 0; i < problem.treated.size(); ++i) {
        if (problem.used[i] != 0) ++arms[problem.treated[i] != 0 ? 1 : 0];
    }
    if (arms[0] == 0 || arms[1] == 0) return fail(ErrorKind::statistics, "weighting_empty_arm");
    return {};
}

Eigen::MatrixXd inverse_of(const Eigen::MatrixXd& basis, const std::vector<double>& diagonal) {
    const Eigen::Map<const Eigen::VectorXd> d(diagonal.data(), basis.rows());
    const Eigen::MatrixXd information = basis.transpose() * d.asDiagonal() * basis;
    return information.ldlt().solve(Eigen::MatrixXd::Identity(basis.cols(), basis.cols()));
}

/// The target of an estimand: adopters, non-adopters or everybody in use.
std::vector<double> target_of(const WeightingProblem& problem) {
    std::vector<double> target(problem.treated.size(), 0);
    for (std::size_t i = 0; i < target.size(); ++i) {
        const bool adopter = problem.treated[i] != 0;
        const bool in_target = problem.estimand == Estimand::ate || adopter == (problem.estimand == Estimand::att);
        if (problem.used[i] != 0 && in_target) target[i] = 1;
    }
    return target;
}

/// Weight and target of a row as functions of the score p, with their derivatives by p.
struct ScoreWeight {
    double weight = 0;
    double slope = 0;
    double target = 1;
    double target_slope = 0;
};

ScoreWeight inverse_probability(Estimand estimand, bool adopter, double p) {
    const double q = 1 - p;
    switch (estimand) {
        case Estimand::ate:
            return adopter ? ScoreWeight{1 / p, -1 / (p * p)} : ScoreWeight{1 / q, 1 / (q * q)};
        case Estimand::att:
            return adopter ? ScoreWeight{1, 0, 1} : ScoreWeight{p / q, 1 / (q * q), 0};
        case Estimand::atc:
            return adopter ? ScoreWeight{q / p, -1 / (p * p), 0} : ScoreWeight{1, 0, 1};
    }
    return {};
}

ScoreWeight overlap(bool adopter, double p) {
    const double q = 1 - p;
    return adopter ? ScoreWeight{q, -1, p * q, q - p} : ScoreWeight{p, 1, p * q, q - p};
}

/// dp/d(linear predictor).
double density(stats::Link link, double eta, double p) {
    constexpr double root_two_pi = 2.506628274631000502;
    switch (link) {
        case stats::Link::logit:
            return p * (1 - p);
        case stats::Link::probit:
            return std::exp(-eta * eta / 2) / root_two_pi;
        case stats::Link::cloglog:
            return (1 - p) * std::exp(eta);
    }
    return 0;
}

Result<BalancingWeights> weights_from_score(const WeightingProblem& problem, const stats::BinaryFit& fit,
                                            std::span<const double> sample_weights,
                                            const std::function<ScoreWeight(bool adopter, double p)>& weigh) {
    TWINFIRM_TRY(check_arms(problem));
    // The score was fitted on all rows, those not in use too.
    const std::vector<std::uint8_t> everybody(problem.treated.size(), 1);
    const WeightingProblem fitted{problem.design, problem.treated, everybody, problem.estimand};
    const std::size_t n = problem.treated.size();
    BalancingWeights result;
    result.basis = make_basis(fitted).rows;
    result.weight.assign(n, 0);
    result.target.assign(n, 0);
    WeightEquation equation;
    for (std::vector<double>* values : {&equation.residual, &equation.slope, &equation.target_slope}) {
        values->assign(n, 0);
    }
    std::vector<double> information(n);
    for (std::size_t i = 0; i < n; ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        const double p = fit.probability[row];
        const double f = density(fit.link, fit.linear_predictor[row], p);
        const double sampled = sample_weights.empty() ? 1 : sample_weights[i];
        const double spread = p * (1 - p);
        equation.residual[i] = sampled * ((problem.treated[i] != 0 ? 1 : 0) - p) * f / spread;
        information[i] = sampled * f * f / spread;
        if (problem.used[i] == 0) continue;
        const ScoreWeight of = weigh(problem.treated[i] != 0, p);
        result.weight[i] = of.weight;
        result.target[i] = of.target;
        equation.slope[i] = of.slope * f;
        equation.target_slope[i] = of.target_slope * f;
    }
    equation.inverse = inverse_of(result.basis, information);
    result.equations.push_back(std::move(equation));
    return result;
}

/// Weights one arm so that its covariate means are those of the target; they sum to the target's sum.
Status calibrate_arm(const WeightingProblem& problem, const Basis& basis, bool arm, BalancingWeights& result) {
    std::vector<Eigen::Index> rows;
    for (std::size_t i = 0; i < problem.treated.size(); ++i) {
        if (problem.used[i] != 0 && (problem.treated[i] != 0) == arm) rows.push_back(static_cast<Eigen::Index>(i));
    }
    const Eigen::Map<const Eigen::VectorXd> target(result.target.data(), basis.rows.rows());
    const Eigen::Index covariates = basis.rows.cols() - 1;
    const double sum = target.sum();
    const Eigen::RowVectorXd mean = (basis.rows.rightCols(covariates).transpose() * target).transpose() / sum;
    Eigen::MatrixXd z(static_cast<Eigen::Index>(rows.size()), covariates);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        z.row(static_cast<Eigen::Index>(i)) = basis.rows.row(rows[i]).tail(covariates) - mean;
    }
    // What is the same for the whole arm, or follows from others there, is balanced by the others or not at all.
    std::vector<bool> kept(static_cast<std::size_t>(covariates), true);
    for (const stats::DependentColumn& column :
         stats::find_dependent_columns(z, Eigen::VectorXd::Constant(covariates, dependent))) {
        kept[column.column] = false;
    }
    Eigen::MatrixXd independent(z.rows(), std::count(kept.begin(), kept.end(), true));
    for (Eigen::Index k = 0, next = 0; k < covariates; ++k) {
        if (kept[static_cast<std::size_t>(k)]) independent.col(next++) = z.col(k);
    }
    const std::vector<double> shares = calibrate(independent);
    const Eigen::Map<const Eigen::VectorXd> share(shares.data(), z.rows());
    const Eigen::VectorXd left = (z.transpose() * share).cwiseAbs();
    Eigen::Index worst = 0;
    if (covariates > 0 && !(left.maxCoeff(&worst) < balanced)) {
        return fail(ErrorKind::statistics, "weighting_no_balance",
                    {{"covariate", basis.terms[static_cast<std::size_t>(worst) + 1]}});
    }
    WeightEquation equation;
    equation.residual = result.target;
    equation.slope.assign(result.target.size(), 0);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = static_cast<std::size_t>(rows[i]);
        const double weight = sum * shares[i];
        result.weight[row] = weight;
        equation.slope[row] = weight;
        equation.residual[row] -= weight;
    }
    Eigen::MatrixXd arm_basis(z.rows(), covariates + 1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        arm_basis.row(static_cast<Eigen::Index>(i)) = basis.rows.row(rows[i]);
    }
    const Eigen::VectorXd weight = sum * share;
    const Eigen::MatrixXd information = arm_basis.transpose() * weight.asDiagonal() * arm_basis;
    // Columns that depend on others within the arm do not move the weights: their part is left out.
    equation.inverse = information.completeOrthogonalDecomposition().pseudoInverse();
    result.equations.push_back(std::move(equation));
    return {};
}

/// The convex loss whose derivative is the balance of inverse probability weights in both arms:
/// sum over adopters exp(-eta) - eta, over non-adopters exp(eta) + eta.
struct BalancingLoss {
    double value = 0;
    std::vector<double> residual;  // minus the derivative by eta
    std::vector<double> curvature;
};

BalancingLoss balancing_loss(const WeightingProblem& problem, const Eigen::VectorXd& eta) {
    BalancingLoss loss;
    loss.residual.assign(problem.treated.size(), 0);
    loss.curvature.assign(problem.treated.size(), 0);
    for (std::size_t i = 0; i < loss.residual.size(); ++i) {
        if (problem.used[i] == 0) continue;
        const double sign = problem.treated[i] != 0 ? 1 : -1;
        const double own = sign * eta[static_cast<Eigen::Index>(i)];
        const double odds = std::exp(-own);
        loss.value += odds - own;
        loss.residual[i] = sign * (1 + odds);
        loss.curvature[i] = odds;
    }
    return loss;
}

}  // namespace

Result<BalancingWeights> inverse_probability_weights(const WeightingProblem& problem, const stats::BinaryFit& fit,
                                                     std::span<const double> sample_weights) {
    return weights_from_score(problem, fit, sample_weights, [&](bool adopter, double p) {
        return inverse_probability(problem.estimand, adopter, p);
    });
}

Result<BalancingWeights> overlap_weights(const WeightingProblem& problem, const stats::BinaryFit& fit,
                                         std::span<const double> sample_weights) {
    return weights_from_score(problem, fit, sample_weights, overlap);
}

Result<BalancingWeights> entropy_balancing(const WeightingProblem& problem) {
    TWINFIRM_TRY(check_arms(problem));
    Basis basis = make_basis(problem);
    BalancingWeights result;
    result.target = target_of(problem);
    result.weight = result.target;
    if (problem.estimand != Estimand::att) TWINFIRM_TRY(calibrate_arm(problem, basis, true, result));
    if (problem.estimand != Estimand::atc) TWINFIRM_TRY(calibrate_arm(problem, basis, false, result));
    result.basis = std::move(basis.rows);
    return result;
}

Result<BalancingWeights> covariate_balancing_weights(const WeightingProblem& problem) {
    if (problem.estimand != Estimand::ate) return entropy_balancing(problem);
    TWINFIRM_TRY(check_arms(problem));
    const Basis basis = make_basis(problem);
    Eigen::VectorXd coefficients = Eigen::VectorXd::Zero(basis.rows.cols());
    BalancingLoss loss = balancing_loss(problem, basis.rows * coefficients);
    const auto units = static_cast<double>(std::count(problem.used.begin(), problem.used.end(), 1));
    const auto gradient_of = [&](const BalancingLoss& at) -> Eigen::VectorXd {
        const Eigen::Map<const Eigen::VectorXd> residual(at.residual.data(), basis.rows.rows());
        return basis.rows.transpose() * residual / units;
    };
    Eigen::VectorXd gradient = gradient_of(loss);
    for (int iteration = 0; iteration < max_iterations && gradient.cwiseAbs().maxCoeff() > 1e-13; ++iteration) {
        const Eigen::VectorXd step = inverse_of(basis.rows, loss.curvature) * gradient * units;
        const double slope = gradient.dot(step) * units;
        double length = 1;
        BalancingLoss next = balancing_loss(problem, basis.rows * (coefficients + step));
        for (int i = 0; i < 40 && slope > 1e-12 && !(next.value <= loss.value - 1e-4 * length * slope); ++i) {
            length /= 2;
            next = balancing_loss(problem, basis.rows * (coefficients + length * step));
        }
        const Eigen::VectorXd moved = gradient_of(next);
        const bool close = gradient.cwiseAbs().maxCoeff() < 1e-9;
        if (!std::isfinite(next.value) || (close && !(moved.norm() < gradient.norm()))) break;
        coefficients += length * step;
        loss = std::move(next);
        gradient = moved;
    }
    Eigen::Index worst = 0;
    if (!(gradient.cwiseAbs().maxCoeff(&worst) < balanced)) {
        return fail(ErrorKind::statistics, "weighting_no_balance",
                    {{"covariate", basis.terms[static_cast<std::size_t>(worst)]}});
    }
    BalancingWeights result;
    result.target = target_of(problem);
    result.weight.assign(result.target.size(), 0);
    WeightEquation equation;
    equation.slope.assign(result.target.size(), 0);
    for (std::size_t i = 0; i < result.target.size(); ++i) {
        if (problem.used[i] == 0) continue;
        result.weight[i] = 1 + loss.curvature[i];
        equation.slope[i] = problem.treated[i] != 0 ? -loss.curvature[i] : loss.curvature[i];
    }
    equation.inverse = inverse_of(basis.rows, loss.curvature);
    equation.residual = std::move(loss.residual);
    result.basis = basis.rows;
    result.equations.push_back(std::move(equation));
    return result;
}

namespace {

constexpr std::size_t few_firms_below = 200;

/// Whether the arm's weights rest on estimated equations: those of adopters for the ATT do not.
bool estimated(const BalancingWeights& weights, std::span<const std::uint8_t> treated, std::uint8_t arm) {
    for (const WeightEquation& equation : weights.equations) {
        for (std::size_t i = 0; i < treated.size(); ++i) {
            if (treated[i] == arm && equation.slope[i] != 0) return true;
        }
    }
    return false;
}

}  // namespace

Messages weighting_messages(const BalancingWeights& weights, std::span<const std::uint8_t> treated) {
    constexpr double share_of_units = 0.01;
    constexpr double share_of_weight = 0.1;
    Messages messages;
    for (const std::uint8_t arm : {std::uint8_t{1}, std::uint8_t{0}}) {
        std::vector<double> own;
        for (std::size_t i = 0; i < treated.size(); ++i) {
            if (treated[i] == arm && weights.weight[i] > 0) own.push_back(weights.weight[i]);
        }
        if (own.empty()) continue;
        if (own.size() < few_firms_below && estimated(weights, treated, arm)) {
            const auto count = static_cast<std::int64_t>(own.size());
            messages.push_back({arm == 1 ? "weights_few_firms_treated" : "weights_few_firms_control",
                                Severity::warning,
                                {{"count", integer_text(count)}},
                                count});
        }
        std::sort(own.rbegin(), own.rend());
        const auto n = static_cast<double>(own.size());
        const auto top = static_cast<std::size_t>(std::ceil(share_of_units * n));
        const std::span<const double> largest(own.data(), top);
        const double held = stats::compensated_sum(largest) / stats::compensated_sum(own);
        const auto add = [&](std::string code, double share, std::size_t count) {
            messages.push_back(
                {std::move(code),
                 Severity::warning,
                 {{"percent", fixed_text(100 * share, 1)}, {"count", integer_text(static_cast<std::int64_t>(count))}},
                 static_cast<std::int64_t>(count)});
        };
        if (held > share_of_weight && held > 3 * static_cast<double>(top) / n) {
            add(arm == 1 ? "weights_extreme_treated" : "weights_extreme_control", held, top);
        }
        const double effective = stats::effective_sample_size(own) / n;
        if (effective < 0.5) {
            add(arm == 1 ? "weights_few_effective_treated" : "weights_few_effective_control", effective, own.size());
        }
    }
    return messages;
}

}  // namespace twinfirm::matching
