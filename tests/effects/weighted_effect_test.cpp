// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/weighted_effect.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <functional>

#include "twinfirm/base/random.h"

namespace twinfirm::effects {
namespace {

using design::Estimand;
using matching::BalancingWeights;

struct Sample {
    stats::DesignMatrix design;
    std::vector<std::uint8_t> treated;
    std::vector<std::uint8_t> used;
    std::vector<double> outcome;
    stats::BinaryFit fit;

    [[nodiscard]] matching::WeightingProblem problem(Estimand estimand) const {
        return {design, treated, used, estimand};
    }
};

Sample draw(std::uint64_t number, double effect = 1, Eigen::Index n = 150) {
    Random random(1998, number);
    Sample sample;
    sample.design.x.resize(n, 3);
    sample.design.terms = {"(Intercept)", "a", "b"};
    sample.design.columns.resize(3);
    for (Eigen::Index i = 0; i < n; ++i) {
        const double a = random.normal();
        const double b = random.below(3) == 0 ? 1 : 0;
        sample.design.x.row(i) << 1, a, b;
        sample.design.rows.push_back(static_cast<std::size_t>(i));
        const bool adopter = random.uniform() < 1 / (1 + std::exp(0.5 - 0.7 * a - 0.5 * b));
        sample.treated.push_back(adopter);
        sample.used.push_back(1);
        sample.outcome.push_back(2 + a - b + 0.4 * a * a + (adopter ? effect + 0.5 * a : 0) + random.normal());
    }
    sample.fit = stats::fit_binary(sample.design, sample.treated).value();
    return sample;
}

/// The variance of the last parameter by the sandwich of all equations at once, its bread by finite differences: what
/// stacked M-estimation means, knowing nothing of influences.
using Equations = std::function<Eigen::VectorXd(std::size_t row, const Eigen::VectorXd& parameters)>;

double sandwich(const Equations& equations, const Eigen::VectorXd& parameters, std::size_t rows) {
    const Eigen::Index k = parameters.size();
    Eigen::MatrixXd bread(k, k);
    Eigen::MatrixXd meat = Eigen::MatrixXd::Zero(k, k);
    const auto sum = [&](const Eigen::VectorXd& at) {
        Eigen::VectorXd total = Eigen::VectorXd::Zero(k);
        for (std::size_t i = 0; i < rows; ++i) total += equations(i, at);
        return total;
    };
    EXPECT_LT(sum(parameters).cwiseAbs().maxCoeff(), 1e-6) << "the parameters do not solve the equations";
    for (Eigen::Index j = 0; j < k; ++j) {
        const double step = 1e-5;
        Eigen::VectorXd up = parameters;
        Eigen::VectorXd down = parameters;
        up[j] += step;
        down[j] -= step;
        bread.col(j) = (sum(up) - sum(down)) / (2 * step);
    }
    for (std::size_t i = 0; i < rows; ++i) {
        const Eigen::VectorXd psi = equations(i, parameters);
        meat += psi * psi.transpose();
    }
    const Eigen::MatrixXd inverse = bread.inverse();
    return (inverse * meat * inverse.transpose())(k - 1, k - 1);
}

struct RowWeight {
    double weight;
    double target;
};

/// How weight and target follow from the score, once more.
RowWeight weigh(const std::string& kind, bool adopter, double p) {
    if (kind == "ate") return {adopter ? 1 / p : 1 / (1 - p), 1};
    if (kind == "att") return {adopter ? 1 : p / (1 - p), adopter ? 1.0 : 0.0};
    if (kind == "atc") return {adopter ? (1 - p) / p : 1, adopter ? 0.0 : 1.0};
    return {adopter ? 1 - p : p, p * (1 - p)};
}

Eigen::VectorXd regression(const Sample& sample, const BalancingWeights& weights, bool arm, bool weighted) {
    Eigen::MatrixXd a = Eigen::MatrixXd::Zero(3, 3);
    Eigen::VectorXd b = Eigen::VectorXd::Zero(3);
    for (std::size_t i = 0; i < sample.treated.size(); ++i) {
        if ((sample.treated[i] != 0) != arm) continue;
        const Eigen::VectorXd x = sample.design.x.row(static_cast<Eigen::Index>(i));
        const double w = weighted ? weights.weight[i] : 1;
        a += w * x * x.transpose();
        b += w * sample.outcome[i] * x;
    }
    return a.ldlt().solve(b);
}

/// All equations: of the score (given), of the regressions, of the arms' residual means, and of the effect.
/// Parameters: score (s), beta1 (3), beta0 (3), residual mean of the adopters, of the non-adopters, effect.
Equations stacked(const Sample& sample, WeightedEstimator estimator, Eigen::Index s,
                  const std::function<Eigen::VectorXd(std::size_t, const Eigen::VectorXd&)>& score_equations,
                  const std::function<RowWeight(std::size_t, const Eigen::VectorXd&)>& weight_of) {
    return [=, &sample](std::size_t i, const Eigen::VectorXd& parameters) {
        const Eigen::VectorXd x = sample.design.x.row(static_cast<Eigen::Index>(i));
        const bool adopter = sample.treated[i] != 0;
        const RowWeight row = weight_of(i, parameters);
        const Eigen::VectorXd beta1 = parameters.segment(s, 3);
        const Eigen::VectorXd beta0 = parameters.segment(s + 3, 3);
        const double mean1 = parameters[s + 6];
        const double mean0 = parameters[s + 7];
        const double effect = parameters[s + 8];
        const double residual = sample.outcome[i] - x.dot(adopter ? beta1 : beta0);
        const double fit_weight = estimator == WeightedEstimator::ipwra ? row.weight : 1;
        Eigen::VectorXd psi = Eigen::VectorXd::Zero(s + 9);
        psi.head(s) = score_equations(i, parameters);
        if (estimator == WeightedEstimator::difference) {
            psi.segment(s, 6) = -parameters.segment(s, 6) / 100;  // no regression: coefficients 0
        } else {
            psi.segment(adopter ? s : s + 3, 3) = fit_weight * residual * x;
        }
        psi[adopter ? s + 6 : s + 7] = row.weight * (residual - (adopter ? mean1 : mean0));
        psi[s + 8] = row.target * (x.dot(beta1 - beta0) + mean1 - mean0 - effect);
        if (estimator == WeightedEstimator::difference) psi[s + 8] = mean1 - mean0 - effect;
        return psi;
    };
}

void compare(const Sample& sample, const BalancingWeights& weights, const Eigen::VectorXd& score,
             const std::function<Eigen::VectorXd(std::size_t, const Eigen::VectorXd&)>& score_equations,
             const std::function<RowWeight(std::size_t, const Eigen::VectorXd&)>& weight_of) {
    for (const auto estimator : {WeightedEstimator::difference, WeightedEstimator::aipw, WeightedEstimator::ipwra}) {
        const Estimate ours = weighted_effect(weights, sample.treated, sample.outcome, estimator, 0.95).value().effect;
        Eigen::VectorXd parameters = Eigen::VectorXd::Zero(score.size() + 9);
        parameters.head(score.size()) = score;
        if (estimator != WeightedEstimator::difference) {
            const bool weighted = estimator == WeightedEstimator::ipwra;
            parameters.segment(score.size(), 3) = regression(sample, weights, true, weighted);
            parameters.segment(score.size() + 3, 3) = regression(sample, weights, false, weighted);
        }
        double sums[2] = {0, 0};
        double totals[2] = {0, 0};
        for (std::size_t i = 0; i < sample.treated.size(); ++i) {
            const auto arm = sample.treated[i];
            const Eigen::VectorXd x = sample.design.x.row(static_cast<Eigen::Index>(i));
            sums[arm] += weights.weight[i] *
                         (sample.outcome[i] - x.dot(parameters.segment(score.size() + (arm != 0 ? 0 : 3), 3)));
            totals[arm] += weights.weight[i];
        }
        parameters[score.size() + 6] = sums[1] / totals[1];
        parameters[score.size() + 7] = sums[0] / totals[0];
        parameters[score.size() + 8] = ours.estimate;
        const double variance = sandwich(stacked(sample, estimator, score.size(), score_equations, weight_of),
                                         parameters, sample.treated.size());
        EXPECT_NEAR(ours.std_error, std::sqrt(variance), 1e-5 * ours.std_error) << static_cast<int>(estimator);
    }
}

TEST(WeightedEffect, ErrorsOfScoreWeightsAreThoseOfTheStackedEquations) {
    const Sample sample = draw(1);
    const auto eta = [&](std::size_t i, const Eigen::VectorXd& parameters) {
        return sample.design.x.row(static_cast<Eigen::Index>(i)).dot(parameters.head(3));
    };
    const auto logit = [&](std::size_t i, const Eigen::VectorXd& parameters) -> Eigen::VectorXd {
        const double p = 1 / (1 + std::exp(-eta(i, parameters)));
        return (sample.treated[i] - p) * sample.design.x.row(static_cast<Eigen::Index>(i)).transpose();
    };
    const std::pair<std::string, Estimand> kinds[] = {
        {"ate", Estimand::ate}, {"att", Estimand::att}, {"atc", Estimand::atc}, {"overlap", Estimand::att}};
    for (const auto& [kind, estimand] : kinds) {
        SCOPED_TRACE(kind);
        const BalancingWeights weights =
            (kind == "overlap" ? matching::overlap_weights(sample.problem(estimand), sample.fit)
                               : matching::inverse_probability_weights(sample.problem(estimand), sample.fit))
                .value();
        compare(sample, weights, sample.fit.coefficients, logit,
                [&, name = kind](std::size_t i, const Eigen::VectorXd& parameters) {
                    return weigh(name, sample.treated[i] != 0, 1 / (1 + std::exp(-eta(i, parameters))));
                });
    }
}

/// The coefficients of weights exp(x'b) in an arm, from the weights.
Eigen::VectorXd log_linear(const Sample& sample, const BalancingWeights& weights, bool arm, double shift) {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < sample.treated.size(); ++i)
        if ((sample.treated[i] != 0) == arm) rows.push_back(i);
    Eigen::MatrixXd x(static_cast<Eigen::Index>(rows.size()), 3);
    Eigen::VectorXd log_weight(x.rows());
    for (std::size_t k = 0; k < rows.size(); ++k) {
        x.row(static_cast<Eigen::Index>(k)) = sample.design.x.row(static_cast<Eigen::Index>(rows[k]));
        log_weight[static_cast<Eigen::Index>(k)] = std::log(weights.weight[rows[k]] - shift);
    }
    const Eigen::VectorXd coefficients = x.colPivHouseholderQr().solve(log_weight);
    EXPECT_LT((x * coefficients - log_weight).cwiseAbs().maxCoeff(), 1e-8) << "not log-linear";
    return coefficients;
}

TEST(WeightedEffect, ErrorsOfEntropyBalancingAreThoseOfTheStackedEquations) {
    const Sample sample = draw(2);
    const auto x = [&](std::size_t i) -> Eigen::VectorXd { return sample.design.x.row(static_cast<Eigen::Index>(i)); };
    const BalancingWeights att = matching::entropy_balancing(sample.problem(Estimand::att)).value();
    compare(
        sample, att, log_linear(sample, att, false, 0),
        [&](std::size_t i, const Eigen::VectorXd& b) -> Eigen::VectorXd {
            return (sample.treated[i] != 0 ? 1 : -std::exp(x(i).dot(b.head(3)))) * x(i);
        },
        [&](std::size_t i, const Eigen::VectorXd& b) {
            return sample.treated[i] != 0 ? RowWeight{1, 1} : RowWeight{std::exp(x(i).dot(b.head(3))), 0};
        });
    const BalancingWeights ate = matching::entropy_balancing(sample.problem(Estimand::ate)).value();
    Eigen::VectorXd both(6);
    both << log_linear(sample, ate, true, 0), log_linear(sample, ate, false, 0);
    compare(
        sample, ate, both,
        [&](std::size_t i, const Eigen::VectorXd& b) -> Eigen::VectorXd {
            Eigen::VectorXd psi(6);
            const bool adopter = sample.treated[i] != 0;
            psi.head(3) = (1 - (adopter ? std::exp(x(i).dot(b.head(3))) : 0)) * x(i);
            psi.tail(3) = (1 - (adopter ? 0 : std::exp(x(i).dot(b.segment(3, 3))))) * x(i);
            return psi;
        },
        [&](std::size_t i, const Eigen::VectorXd& b) {
            return RowWeight{std::exp(x(i).dot(b.segment(sample.treated[i] != 0 ? 0 : 3, 3))), 1};
        });
}

TEST(WeightedEffect, ErrorsOfTheBalancingScoreAreThoseOfTheStackedEquations) {
    const Sample sample = draw(3);
    const auto x = [&](std::size_t i) -> Eigen::VectorXd { return sample.design.x.row(static_cast<Eigen::Index>(i)); };
    const BalancingWeights weights = matching::covariate_balancing_weights(sample.problem(Estimand::ate)).value();
    const Eigen::VectorXd score = log_linear(sample, weights, false, 1);  // p / (1 - p) of the non-adopters
    const auto weight = [&](std::size_t i, const Eigen::VectorXd& b) {
        return RowWeight{1 + std::exp(x(i).dot(b.head(3)) * (sample.treated[i] != 0 ? -1 : 1)), 1};
    };
    compare(
        sample, weights, score,
        [&](std::size_t i, const Eigen::VectorXd& b) -> Eigen::VectorXd {
            return weight(i, b).weight * (sample.treated[i] != 0 ? 1 : -1) * x(i);
        },
        weight);
}

/// Weights that balance the covariates need no help from a regression on them.
TEST(WeightedEffect, AfterExactBalanceTheRegressionsChangeNothing) {
    const Sample sample = draw(4);
    const BalancingWeights weights = matching::entropy_balancing(sample.problem(Estimand::att)).value();
    const auto effect = [&](WeightedEstimator estimator) {
        return weighted_effect(weights, sample.treated, sample.outcome, estimator, 0.95).value();
    };
    const WeightedEffect plain = effect(WeightedEstimator::difference);
    for (const auto estimator : {WeightedEstimator::aipw, WeightedEstimator::ipwra}) {
        EXPECT_NEAR(effect(estimator).effect.estimate, plain.effect.estimate, 1e-9);
        EXPECT_NEAR(effect(estimator).effect.std_error, plain.effect.std_error, 1e-7);
        EXPECT_NEAR(effect(estimator).counterfactual_mean, plain.counterfactual_mean, 1e-9);
    }
}

TEST(WeightedEffect, ExchangingTheArmsNegatesTheEffect) {
    const Sample sample = draw(5);
    Sample exchanged = sample;
    for (std::uint8_t& flag : exchanged.treated) flag = flag == 0;
    exchanged.fit = stats::fit_binary(exchanged.design, exchanged.treated).value();
    for (const auto estimator : {WeightedEstimator::difference, WeightedEstimator::aipw, WeightedEstimator::ipwra}) {
        const auto effect = [&](const Sample& of, Estimand estimand) {
            return weighted_effect(matching::inverse_probability_weights(of.problem(estimand), of.fit).value(),
                                   of.treated, of.outcome, estimator, 0.95)
                .value()
                .effect;
        };
        const Estimate att = effect(sample, Estimand::att);
        const Estimate atc = effect(exchanged, Estimand::atc);
        EXPECT_NEAR(att.estimate, -atc.estimate, 1e-9);
        EXPECT_NEAR(att.std_error, atc.std_error, 1e-9);
    }
}

TEST(WeightedEffect, MissingOutcomesAndRowsNotAskedForLeaveTheEffect) {
    Sample sample = draw(6);
    const BalancingWeights weights =
        matching::inverse_probability_weights(sample.problem(Estimand::ate), sample.fit).value();
    std::vector<std::uint8_t> used(sample.treated.size(), 1);
    for (std::size_t i = 0; i < used.size(); i += 7) used[i] = 0;
    const Estimate asked =
        weighted_effect(weights, sample.treated, sample.outcome, WeightedEstimator::aipw, 0.95, used).value().effect;
    for (std::size_t i = 0; i < used.size(); i += 7) sample.outcome[i] = std::nan("");
    const Estimate missing =
        weighted_effect(weights, sample.treated, sample.outcome, WeightedEstimator::aipw, 0.95).value().effect;
    EXPECT_EQ(asked.estimate, missing.estimate);
    EXPECT_EQ(asked.std_error, missing.std_error);
    EXPECT_EQ(asked.n_treated, missing.n_treated);
    EXPECT_LT(asked.n_treated + asked.n_control, static_cast<std::int64_t>(used.size()));
}

TEST(WeightedEffect, AnEmptyArmGivesNothing) {
    const Sample sample = draw(7);
    const BalancingWeights weights =
        matching::inverse_probability_weights(sample.problem(Estimand::att), sample.fit).value();
    std::vector<std::uint8_t> used = sample.treated;
    const Estimate effect =
        weighted_effect(weights, sample.treated, sample.outcome, WeightedEstimator::ipwra, 0.95, used).value().effect;
    EXPECT_TRUE(std::isnan(effect.estimate));
    EXPECT_EQ(effect.n_control, 0);
    EXPECT_EQ(weighted_effect(weights, sample.treated, sample.outcome, WeightedEstimator::aipw, 0).error().code,
              "effects_confidence_level");
    EXPECT_EQ(weighted_effect(weights, used, std::vector<double>(2), WeightedEstimator::aipw, 0.95).error().code,
              "effects_unequal_lengths");
}

}  // namespace
}  // namespace twinfirm::effects
