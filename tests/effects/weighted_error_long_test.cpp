// SPDX-License-Identifier: GPL-3.0-or-later
// Stacked M-estimation against the bootstrap, which weights every draw again, and against the spread over samples.

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "twinfirm/base/parallel.h"
#include "twinfirm/base/random.h"
#include "twinfirm/effects/weighted_effect.h"
#include "twinfirm/matching/weighting.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::effects {
namespace {

using design::Estimand;

struct Sample {
    stats::DesignMatrix design;
    std::vector<std::uint8_t> treated;
    std::vector<double> outcome;
};

/// Four covariates; `rarity` sets how many adopt.
Sample draw(Random& random, std::size_t n, double rarity) {
    Sample sample;
    sample.design.x.resize(static_cast<Eigen::Index>(n), 5);
    sample.design.terms = {"(Intercept)", "a", "b", "c", "d"};
    sample.design.columns.resize(5);
    for (std::size_t i = 0; i < n; ++i) {
        const double a = random.normal();
        const double b = random.below(3) == 0 ? 1 : 0;
        const double c = random.normal();
        const double d = random.below(2) == 0 ? 1 : 0;
        sample.design.x.row(static_cast<Eigen::Index>(i)) << 1, a, b, c, d;
        sample.design.rows.push_back(i);
        const bool adopter = random.uniform() < 1 / (1 + std::exp(rarity - 0.7 * a - 0.5 * b + 0.3 * c));
        sample.treated.push_back(adopter);
        sample.outcome.push_back(2 + a - b + 0.3 * a * a + (adopter ? 1 + 0.5 * a : 0) + random.normal());
    }
    return sample;
}

/// The rows drawn, one after the other.
Sample resampled(const Sample& all, Random& random) {
    Sample sample;
    sample.design.x.resize(all.design.x.rows(), all.design.x.cols());
    sample.design.terms = all.design.terms;
    sample.design.columns.resize(all.design.columns.size());
    for (std::size_t i = 0; i < all.treated.size(); ++i) {
        const std::size_t row = random.below(all.treated.size());
        sample.design.x.row(static_cast<Eigen::Index>(i)) = all.design.x.row(static_cast<Eigen::Index>(row));
        sample.design.rows.push_back(i);
        sample.treated.push_back(all.treated[row]);
        sample.outcome.push_back(all.outcome[row]);
    }
    return sample;
}

/// NaN where the draw cannot be balanced.
Estimate entropy_effect(const Sample& sample, Estimand estimand, WeightedEstimator estimator) {
    const std::vector<std::uint8_t> used(sample.treated.size(), 1);
    const auto weights = matching::entropy_balancing({sample.design, sample.treated, used, estimand});
    if (!weights) return {};
    return weighted_effect(*weights, sample.treated, sample.outcome, estimator, 0.95)->effect;
}

TEST(WeightedError, OfEntropyBalancingIsThatOfTheBootstrapWithManyAdopters) {
    Random random(2012);
    const Sample sample = draw(random, 2000, 0.5);
    for (const Estimand estimand : {Estimand::ate, Estimand::att}) {
        constexpr std::size_t draws = 4000;
        std::vector<double> estimates(draws);
        parallel_chunks(draws, 50, 0, [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) {
                Random stream(3, i);
                estimates[i] =
                    entropy_effect(resampled(sample, stream), estimand, WeightedEstimator::difference).estimate;
            }
        });
        const double ours = entropy_effect(sample, estimand, WeightedEstimator::difference).std_error;
        RecordProperty("ratio", std::to_string(ours / stats::standard_deviation(estimates)));
        EXPECT_NEAR(ours / stats::standard_deviation(estimates), 1, 0.03);  // the draws' own error: 1.1 %
    }
}

/// Mean error over the spread of the estimates, and how often the interval holds the truth.
struct Repeated {
    double ratio = 0;
    double coverage = 0;
    double adopters = 0;
};

Repeated repeat(double rarity, Estimand estimand, double truth) {
    constexpr std::size_t samples = 1500;
    std::vector<double> estimates(samples);
    std::vector<double> errors(samples);
    std::vector<double> adopters(samples);
    parallel_chunks(samples, 50, 0, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            Random stream(9, i);
            const Estimate effect = entropy_effect(draw(stream, 600, rarity), estimand, WeightedEstimator::difference);
            estimates[i] = effect.estimate;
            errors[i] = effect.std_error;
            adopters[i] = static_cast<double>(effect.n_treated);
        }
    });
    Repeated result;
    std::vector<double> known;
    double error = 0;
    double held = 0;
    for (std::size_t i = 0; i < samples; ++i) {
        if (std::isnan(estimates[i])) continue;
        known.push_back(estimates[i]);
        error += errors[i];
        held += std::abs(estimates[i] - truth) < 1.96 * errors[i] ? 1 : 0;
        result.adopters += adopters[i];
    }
    const auto count = static_cast<double>(known.size());
    result.adopters /= count;
    result.ratio = error / count / stats::standard_deviation(known);
    result.coverage = held / count;
    return result;
}

// The figures of docs/methods.md, section 7: what the warning weights_few_firms is for.
TEST(WeightedError, OfTheAverageEffectIsTooSmallWithFewAdopters) {
    const Repeated few = repeat(3.1, Estimand::ate, 1);
    const Repeated more = repeat(2.1, Estimand::ate, 1);
    const Repeated many = repeat(0.5, Estimand::ate, 1);
    EXPECT_LT(few.adopters, 60);
    EXPECT_LT(few.ratio, 0.95);
    EXPECT_GT(more.ratio, few.ratio);
    EXPECT_GT(many.ratio, more.ratio);
    EXPECT_GT(many.ratio, 0.96);
    EXPECT_LT(many.ratio, 1.05);
}

}  // namespace
}  // namespace twinfirm::effects
