// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/estimated_score.h"

#include <gtest/gtest.h>

#include <cmath>

#include "effects/replacement_twin.h"
#include "twinfirm/base/random.h"

namespace twinfirm::effects {
namespace {

struct Logit {
    TwinData data;  // the score is the probability
    Eigen::MatrixXd design;
    Eigen::MatrixXd covariance;
    matching::CovariatePoints points;
};

Logit draw(std::uint64_t number, bool ties) {
    Random random(2016, number);
    constexpr Eigen::Index n = 60;
    Logit logit{{}, Eigen::MatrixXd(n, 3), {}, {}};
    Eigen::MatrixXd information = Eigen::MatrixXd::Zero(3, 3);
    logit.points.dimensions = 2;
    for (Eigen::Index i = 0; i < n; ++i) {
        const double x1 = ties ? static_cast<double>(random.below(4)) : random.normal();
        const double x2 = ties ? static_cast<double>(random.below(2)) : random.normal();
        logit.design.row(i) << 1, x1, x2;
        logit.points.coordinate.insert(logit.points.coordinate.end(), {x1, x2});
        const double p = 1 / (1 + std::exp(1 - 0.5 * x1 - 0.3 * x2));
        logit.data.score.push_back(p);
        logit.data.treated.push_back(random.uniform() < p);
        logit.data.outcome.push_back(1e4 + 2 * x1 - x2 + random.normal());
        information += p * (1 - p) * logit.design.row(i).transpose() * logit.design.row(i);
    }
    logit.covariance = information.inverse();
    return logit;
}

/// Covariance of (x, y) over some units.
Eigen::VectorXd covariance(const Logit& logit, const std::set<std::size_t>& units) {
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(3);
    Eigen::VectorXd mean = Eigen::VectorXd::Zero(3);
    const auto n = static_cast<double>(units.size());
    for (const std::size_t i : units) mean += logit.design.row(static_cast<Eigen::Index>(i)).transpose() / n;
    for (const std::size_t i : units) {
        sum += (logit.design.row(static_cast<Eigen::Index>(i)).transpose() - mean) *
               (logit.data.outcome[i] - logit.data.mean(units));
    }
    return sum / (n - 1);
}

double written_out(const Logit& logit, double effect, bool everybody) {
    const TwinData& data = logit.data;
    Eigen::VectorXd c = Eigen::VectorXd::Zero(3);
    Eigen::VectorXd d = Eigen::VectorXd::Zero(3);
    double adopters = 0;
    for (std::size_t i = 0; i < data.score.size(); ++i) {
        const double p = data.score[i];
        const double f = p * (1 - p);
        const auto ones = data.nearest(i, true, 2);
        const auto zeros = data.nearest(i, false, 2);
        const Eigen::VectorXd x = logit.design.row(static_cast<Eigen::Index>(i));
        adopters += data.treated[i];
        if (everybody) {
            c += f * (covariance(logit, ones) / p + covariance(logit, zeros) / (1 - p));
            continue;
        }
        c += f * (x * (data.mean(ones) - data.mean(zeros) - effect) + covariance(logit, ones) +
                  p / (1 - p) * covariance(logit, zeros));
        const auto near = [&](bool arm) {
            std::vector<std::uint8_t> answering(data.treated.size());
            for (std::size_t j = 0; j < answering.size(); ++j) answering[j] = (data.treated[j] != 0) == arm;
            const std::vector<std::uint8_t> asking(data.treated.size(), 1);
            return brute_force_neighbors(i,
                                         [&](std::size_t j) { return std::sqrt(logit.points.squared_distance(i, j)); },
                                         {asking, answering, {}, {2, 0}});
        };
        d += f * x * (data.mean(near(true)) - data.mean(near(false)) - effect);
    }
    const double n = everybody ? static_cast<double>(data.score.size()) : adopters;
    return (d.dot(logit.covariance * d) - c.dot(logit.covariance * c)) / (n * n);
}

TEST(EstimatedScore, EqualsTheDefinitionWrittenOut) {
    for (std::uint64_t number = 0; number < 30; ++number) {
        const Logit logit = draw(number, number % 2 == 0);
        const EstimatedScore score{logit.design, logit.data.score, logit.covariance, &logit.points};
        for (const ScoreTarget target : {ScoreTarget::all, ScoreTarget::adopters}) {
            const double ours = estimated_score_variance(score, logit.data.treated, logit.data.outcome, 0.4, target);
            const double theirs = written_out(logit, 0.4, target == ScoreTarget::all);
            EXPECT_NEAR(ours, theirs, 1e-7 * std::abs(theirs) + 1e-10) << number;
            if (target == ScoreTarget::all) {
                EXPECT_LE(ours, 0);
            }
        }
    }
}

TEST(EstimatedScore, TheEffectOnNonAdoptersIsThatOnAdoptersWithTheArmsExchanged) {
    Logit logit = draw(7, false);
    const EstimatedScore score{logit.design, logit.data.score, logit.covariance, &logit.points};
    const double atc =
        estimated_score_variance(score, logit.data.treated, logit.data.outcome, 0.4, ScoreTarget::non_adopters);
    std::vector<double> mirrored;
    for (const double p : logit.data.score) mirrored.push_back(1 - p);
    for (std::uint8_t& flag : logit.data.treated) flag = flag == 0;
    const EstimatedScore exchanged{logit.design, mirrored, logit.covariance, &logit.points};
    EXPECT_EQ(atc,
              estimated_score_variance(exchanged, logit.data.treated, logit.data.outcome, -0.4, ScoreTarget::adopters));
}

TEST(EstimatedScore, LeftOutColumnsDoNotCount) {
    Logit logit = draw(8, false);
    const EstimatedScore score{logit.design, logit.data.score, logit.covariance, &logit.points};
    const double before =
        estimated_score_variance(score, logit.data.treated, logit.data.outcome, 0.4, ScoreTarget::all);
    logit.design.conservativeResize(Eigen::NoChange, 4);
    logit.design.col(3) = logit.design.col(1);
    logit.covariance.conservativeResize(4, 4);
    logit.covariance.row(3).setConstant(std::nan(""));
    logit.covariance.col(3).setConstant(std::nan(""));
    EXPECT_NEAR(before, estimated_score_variance(score, logit.data.treated, logit.data.outcome, 0.4, ScoreTarget::all),
                1e-15);
}

}  // namespace
}  // namespace twinfirm::effects
