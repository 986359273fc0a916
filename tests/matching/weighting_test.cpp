// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/weighting.h"

#include <gtest/gtest.h>

#include <cmath>

#include "twinfirm/base/random.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::matching {
namespace {

using design::Estimand;

struct Sample {
    stats::DesignMatrix design;
    std::vector<std::uint8_t> treated;
    std::vector<std::uint8_t> used;

    [[nodiscard]] WeightingProblem problem(Estimand estimand) const { return {design, treated, used, estimand}; }
};

/// Won and shares side by side, and a column that follows from others.
Sample draw(std::uint64_t number, Eigen::Index n = 200) {
    Random random(2012, number);
    Sample sample;
    sample.design.x.resize(n, 5);
    sample.design.terms = {"(Intercept)", "sales", "share", "exporter", "sum"};
    sample.design.columns.resize(5);
    for (Eigen::Index i = 0; i < n; ++i) {
        const double size = random.normal();
        const double share = random.uniform();
        const double exporter = random.below(4) == 0 ? 1 : 0;
        sample.design.x.row(i) << 1, 1e12 * std::exp(size / 2), 1e-3 * share, exporter, 2 * exporter + 1e-3 * share;
        sample.design.rows.push_back(static_cast<std::size_t>(i));
        sample.treated.push_back(random.uniform() < 1 / (1 + std::exp(1 - 0.6 * size - exporter)));
        sample.used.push_back(1);
    }
    return sample;
}

double weighted_mean(const Sample& sample, const BalancingWeights& weights, Eigen::Index column, bool arm) {
    std::vector<double> values;
    std::vector<double> w;
    for (std::size_t i = 0; i < sample.treated.size(); ++i) {
        if ((sample.treated[i] != 0) != arm) continue;
        values.push_back(sample.design.x(static_cast<Eigen::Index>(i), column));
        w.push_back(weights.weight[i]);
    }
    return stats::weighted_mean(values, w);
}

double target_mean(const Sample& sample, const BalancingWeights& weights, Eigen::Index column) {
    const Eigen::VectorXd x = sample.design.x.col(column);
    return stats::weighted_mean({x.data(), static_cast<std::size_t>(x.size())}, weights.target);
}

TEST(Weighting, EntropyAndBalancingScoreMakeAllMeansEqual) {
    for (std::uint64_t number = 0; number < 20; ++number) {
        const Sample sample = draw(number);
        for (const Estimand estimand : {Estimand::att, Estimand::atc, Estimand::ate}) {
            for (const bool entropy : {true, false}) {
                const auto weights = entropy ? entropy_balancing(sample.problem(estimand))
                                             : covariate_balancing_weights(sample.problem(estimand));
                ASSERT_TRUE(weights) << weights.error().code;
                for (Eigen::Index k = 1; k < 5; ++k) {
                    const double treated = weighted_mean(sample, *weights, k, true);
                    const double control = weighted_mean(sample, *weights, k, false);
                    const double scale = sample.design.x.col(k).cwiseAbs().maxCoeff();
                    EXPECT_NEAR(treated, control, 1e-11 * scale);
                    // The balancing score makes the arms alike, and not each like the target, for the ATE.
                    if (entropy || estimand != Estimand::ate) {
                        EXPECT_NEAR(control, target_mean(sample, *weights, k), 1e-11 * scale);
                    }
                }
            }
        }
    }
}

TEST(Weighting, OverlapWeightsOfALogitMakeAllMeansEqual) {
    const Sample sample = draw(1);
    const stats::BinaryFit fit = stats::fit_binary(sample.design, sample.treated).value();
    const BalancingWeights weights = overlap_weights(sample.problem(Estimand::att), fit).value();
    for (Eigen::Index k = 1; k < 5; ++k) {
        const double scale = sample.design.x.col(k).cwiseAbs().maxCoeff();
        EXPECT_NEAR(weighted_mean(sample, weights, k, true), weighted_mean(sample, weights, k, false), 1e-11 * scale);
    }
}

TEST(Weighting, InverseProbabilityWeightsAreTheirDefinition) {
    const Sample sample = draw(2);
    for (const stats::Link link : {stats::Link::logit, stats::Link::probit, stats::Link::cloglog}) {
        stats::BinaryOptions options;
        options.link = link;
        const stats::BinaryFit fit = stats::fit_binary(sample.design, sample.treated, {}, options).value();
        for (const Estimand estimand : {Estimand::att, Estimand::atc, Estimand::ate}) {
            const BalancingWeights weights = inverse_probability_weights(sample.problem(estimand), fit).value();
            double residuals = 0;
            for (std::size_t i = 0; i < sample.treated.size(); ++i) {
                const bool adopter = sample.treated[i] != 0;
                const double p = fit.probability[static_cast<Eigen::Index>(i)];
                const double own = adopter ? p : 1 - p;  // of what happened
                const double wanted = estimand == Estimand::ate ? 1 : estimand == Estimand::att ? p : 1 - p;
                EXPECT_NEAR(weights.weight[i], wanted / own, 1e-12 * wanted / own);
                residuals += weights.equations.at(0).residual[i];
            }
            EXPECT_NEAR(residuals, 0, 1e-6) << "the score solves its own equation";
        }
    }
}

/// The derivative of a weight by the linear predictor, by finite differences.
TEST(Weighting, SlopesAreDerivativesOfTheWeights) {
    const Sample sample = draw(3);
    for (const stats::Link link : {stats::Link::logit, stats::Link::probit, stats::Link::cloglog}) {
        stats::BinaryOptions options;
        options.link = link;
        const stats::BinaryFit fit = stats::fit_binary(sample.design, sample.treated, {}, options).value();
        const auto moved = [&](double by) {
            stats::BinaryFit other = fit;
            for (Eigen::Index i = 0; i < other.probability.size(); ++i) {
                const double eta = other.linear_predictor[i] += by;
                other.probability[i] = link == stats::Link::logit    ? 1 / (1 + std::exp(-eta))
                                       : link == stats::Link::probit ? 0.5 * std::erfc(-eta / std::sqrt(2.0))
                                                                     : -std::expm1(-std::exp(eta));
            }
            return other;
        };
        constexpr double step = 1e-5;
        for (const bool overlap : {false, true}) {
            const auto weights = [&](double by) {
                return (overlap ? overlap_weights(sample.problem(Estimand::ate), moved(by))
                                : inverse_probability_weights(sample.problem(Estimand::ate), moved(by)))
                    .value();
            };
            const BalancingWeights up = weights(step);
            const BalancingWeights down = weights(-step);
            const WeightEquation here = weights(0).equations.at(0);
            for (std::size_t i = 0; i < sample.treated.size(); ++i) {
                const double slope = (up.weight[i] - down.weight[i]) / (2 * step);
                EXPECT_NEAR(here.slope[i], slope, 1e-6 * (1 + std::abs(slope)));
                EXPECT_NEAR(here.target_slope[i], (up.target[i] - down.target[i]) / (2 * step), 1e-8);
            }
        }
    }
}

/// Minus the derivative of the sum of an equation's residuals times the basis is sum k b b'; its inverse comes along.
void expect_inverse(const BalancingWeights& weights, const WeightEquation& equation, const std::vector<double>& k) {
    const Eigen::Map<const Eigen::VectorXd> factor(k.data(), static_cast<Eigen::Index>(k.size()));
    const Eigen::MatrixXd product =
        equation.inverse * (weights.basis.transpose() * factor.asDiagonal() * weights.basis);
    EXPECT_LE((product - Eigen::MatrixXd::Identity(product.rows(), product.cols())).cwiseAbs().maxCoeff(), 1e-9);
}

TEST(Weighting, EquationsComeWithTheInverseOfTheirDerivative) {
    const Sample sample = draw(7);
    for (const stats::Link link : {stats::Link::logit, stats::Link::probit}) {
        stats::BinaryOptions options;
        options.link = link;
        const stats::BinaryFit fit = stats::fit_binary(sample.design, sample.treated, {}, options).value();
        std::vector<double> information;
        for (std::size_t i = 0; i < sample.treated.size(); ++i) {
            const double p = fit.probability[static_cast<Eigen::Index>(i)];
            const double eta = fit.linear_predictor[static_cast<Eigen::Index>(i)];
            const double density = std::exp(-eta * eta / 2) / std::sqrt(2 * std::acos(-1.0));
            information.push_back(link == stats::Link::logit ? p * (1 - p) : density * density / (p * (1 - p)));
        }
        const BalancingWeights weights = inverse_probability_weights(sample.problem(Estimand::att), fit).value();
        expect_inverse(weights, weights.equations.at(0), information);
    }
    const BalancingWeights entropy = entropy_balancing(sample.problem(Estimand::ate)).value();
    ASSERT_EQ(entropy.equations.size(), 2);
    for (const bool arm : {false, true}) {
        std::vector<double> own = entropy.weight;
        for (std::size_t i = 0; i < own.size(); ++i) own[i] *= (sample.treated[i] != 0) == arm ? 1 : 0;
        const WeightEquation& first = entropy.equations[0];
        const WeightEquation& of_arm =
            (first.slope[0] != 0) == ((sample.treated[0] != 0) == arm) ? first : entropy.equations[1];
        expect_inverse(entropy, of_arm, own);
    }
}

TEST(Weighting, EntropyAndBalancingScoreAgreeForOneArm) {
    const Sample sample = draw(4);
    const BalancingWeights entropy = entropy_balancing(sample.problem(Estimand::att)).value();
    const BalancingWeights score = covariate_balancing_weights(sample.problem(Estimand::att)).value();
    EXPECT_EQ(entropy.weight, score.weight);
    double adopters = 0;
    double others = 0;
    for (std::size_t i = 0; i < sample.treated.size(); ++i)
        (sample.treated[i] != 0 ? adopters : others) += entropy.weight[i];
    EXPECT_NEAR(others, adopters, 1e-9 * adopters);
}

TEST(Weighting, WhatNoWeightsCanBalanceIsNamed) {
    Sample sample = draw(5);
    for (Eigen::Index i = 0; i < sample.design.x.rows(); ++i) {
        sample.design.x(i, 3) =
            sample.treated[static_cast<std::size_t>(i)] != 0 ? 1 : 0;  // no adopter is like the rest
        sample.design.x(i, 4) = 0;
    }
    for (const Estimand estimand : {Estimand::att, Estimand::ate}) {
        const auto entropy = entropy_balancing(sample.problem(estimand));
        ASSERT_FALSE(entropy);
        EXPECT_EQ(entropy.error().code, "weighting_no_balance");
        EXPECT_EQ(entropy.error().arguments.at("covariate"), "exporter");
        const auto score = covariate_balancing_weights(sample.problem(estimand));
        ASSERT_FALSE(score);
        EXPECT_EQ(score.error().code, "weighting_no_balance");
    }
}

TEST(Weighting, RowsNotInUseWeighNothingAndEmptyArmsAreToldOf) {
    Sample sample = draw(6);
    for (std::size_t i = 0; i < 50; ++i) sample.used[i] = 0;
    const BalancingWeights found[] = {entropy_balancing(sample.problem(Estimand::att)).value(),
                                      entropy_balancing(sample.problem(Estimand::ate)).value(),
                                      covariate_balancing_weights(sample.problem(Estimand::ate)).value()};
    for (const BalancingWeights& weights : found) {
        for (std::size_t i = 0; i < sample.used.size(); ++i) {
            EXPECT_EQ(weights.weight[i] > 0, sample.used[i] != 0);
            for (const WeightEquation& equation : weights.equations) {
                if (sample.used[i] == 0) {
                    EXPECT_EQ(equation.slope[i], 0);
                }
            }
        }
    }
    for (std::size_t i = 0; i < sample.used.size(); ++i) sample.used[i] = sample.treated[i];
    EXPECT_EQ(entropy_balancing(sample.problem(Estimand::att)).error().code, "weighting_empty_arm");
    EXPECT_EQ(covariate_balancing_weights(sample.problem(Estimand::ate)).error().code, "weighting_empty_arm");
    for (std::size_t i = 0; i < sample.used.size(); ++i) sample.used[i] = sample.treated[i] != 0 ? 0 : 1;
    EXPECT_EQ(entropy_balancing(sample.problem(Estimand::att)).error().code, "weighting_empty_arm");
}

TEST(Weighting, ExtremeWeightsAreToldOf) {
    BalancingWeights weights;
    std::vector<std::uint8_t> treated(400, 0);
    weights.weight.assign(400, 1);
    for (std::size_t i = 0; i < 200; ++i) treated[i] = 1;
    EXPECT_TRUE(weighting_messages(weights, treated).empty());
    weights.weight[300] = 400;
    const Messages messages = weighting_messages(weights, treated);
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].code, "weights_extreme_control");
    EXPECT_EQ(messages[1].code, "weights_few_effective_control");
}

TEST(Weighting, FewFirmsWithEstimatedWeightsAreToldOf) {
    const auto codes = [](std::uint64_t number, Eigen::Index n, Estimand estimand) {
        const Sample sample = draw(number, n);
        std::string all;
        for (const Message& message :
             weighting_messages(entropy_balancing(sample.problem(estimand)).value(), sample.treated)) {
            if (message.code.starts_with("weights_few_firms")) all += message.code + " ";
        }
        return all;
    };
    EXPECT_EQ(codes(1, 150, Estimand::att), "weights_few_firms_control ");
    EXPECT_EQ(codes(1, 150, Estimand::atc), "weights_few_firms_treated ");
    EXPECT_EQ(codes(1, 150, Estimand::ate), "weights_few_firms_treated weights_few_firms_control ");
    EXPECT_EQ(codes(1, 2000, Estimand::ate), "");
}

}  // namespace
}  // namespace twinfirm::matching
