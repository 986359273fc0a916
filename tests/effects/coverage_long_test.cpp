// SPDX-License-Identifier: GPL-3.0-or-later
// How often 95 % intervals hold the true effect, over repeated samples with a known one.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

#include "twinfirm/base/random.h"
#include "twinfirm/effects/before_after.h"
#include "twinfirm/effects/difference_in_means.h"

namespace twinfirm::effects {
namespace {

constexpr double true_effect = 0.3;
constexpr int samples = 4000;  // a coverage of .95 has a Monte-Carlo error of .0034

struct Design {
    int pairs = 150;
    int control_firms = 150;  // fewer than pairs: a control serves pairs / control_firms cohorts
};

/// Changes with a part of the pair (what matching made alike), a part of the firm that is the same in every cohort it
/// serves, and noise.
MatchedOutcomes draw(const Design& design, Random& random) {
    std::vector<double> control_part(static_cast<std::size_t>(design.control_firms));
    for (double& part : control_part) part = random.normal();
    MatchedOutcomes outcomes;
    const auto add = [&](int pair, int firm, bool adopter, double value) {
        outcomes.set.push_back(pair);
        outcomes.firm.push_back(firm);
        outcomes.treated.push_back(adopter ? 1 : 0);
        outcomes.weight.push_back(1);
        outcomes.value.push_back(value);
    };
    for (int pair = 0; pair < design.pairs; ++pair) {
        const int control = pair % design.control_firms;
        const double shared = 0.7 * random.normal();
        const double control_noise = 0.5 * random.normal();
        add(pair, design.control_firms + pair, true, true_effect + shared + 1.1 * random.normal());
        add(pair, control, false, shared + control_part[static_cast<std::size_t>(control)] + control_noise);
    }
    return outcomes;
}

struct Coverage {
    double share = 0;
    double error_ratio = 0;  // mean standard error over the standard deviation of the estimates
};

Coverage simulate(const Design& design, SeKind kind) {
    int covered = 0;
    double errors = 0;
    double sum = 0;
    double squares = 0;
    for (int sample = 0; sample < samples; ++sample) {
        Random random(20190523, static_cast<std::uint64_t>(sample));
        const Estimate effect = difference_in_means(draw(design, random), kind, 0.95).value();
        covered += effect.ci_low <= true_effect && true_effect <= effect.ci_high ? 1 : 0;
        errors += effect.std_error;
        sum += effect.estimate;
        squares += effect.estimate * effect.estimate;
    }
    const double mean = sum / samples;
    const double deviation = std::sqrt(squares / samples - mean * mean);
    const Coverage result{static_cast<double>(covered) / samples, errors / samples / deviation};
    std::cout << se_kind_code(kind) << ", " << design.pairs << " pairs on " << design.control_firms
              << " controls: coverage " << result.share << ", standard error / deviation " << result.error_ratio
              << '\n';
    EXPECT_NEAR(mean, true_effect, 5 * deviation / std::sqrt(samples));
    return result;
}

TEST(Coverage, PairErrorWhenEachControlServesOnce) {
    EXPECT_NEAR(simulate({150, 150}, SeKind::paired).share, 0.95, 0.012);
    EXPECT_NEAR(simulate({150, 150}, SeKind::two_way).share, 0.95, 0.012);
    EXPECT_NEAR(simulate({20, 20}, SeKind::paired).share, 0.95, 0.012);
}

TEST(Coverage, TwoWayErrorWhenControlsServeSeveralCohorts) {
    const Coverage two_way = simulate({150, 50}, SeKind::two_way);
    EXPECT_NEAR(two_way.share, 0.95, 0.015);
    EXPECT_NEAR(two_way.error_ratio, 1, 0.03);
    // The pair error takes a control's three appearances for three firms.
    const Coverage pair = simulate({150, 50}, SeKind::paired);
    EXPECT_LT(pair.share, 0.92);
    EXPECT_LT(pair.error_ratio, 0.9);
}

TEST(Coverage, IgnoringThePairsIsTooWide) {
    EXPECT_GT(simulate({150, 150}, SeKind::hc1).share, 0.965);
}

/// Ratio of sums and median of ratios of skewed sizes.
TEST(Coverage, BeforeAfterRatios) {
    int sums = 0;
    int medians = 0;
    int rates = 0;
    for (int sample = 0; sample < samples; ++sample) {
        Random random(7, static_cast<std::uint64_t>(sample));
        std::vector<double> before(200);
        std::vector<double> after(200);
        std::vector<double> accidents_before(200);
        std::vector<double> accidents_after(200);
        for (std::size_t i = 0; i < before.size(); ++i) {
            before[i] = 20 * std::exp(0.8 * random.normal());
            after[i] = before[i] * 1.077 * std::exp(0.3 * random.normal() - 0.045);
            accidents_before[i] = static_cast<double>(random.poisson(before[i] * 0.02));
            accidents_after[i] = static_cast<double>(random.poisson(before[i] * 0.015));
        }
        const BeforeAfter change = before_after(before, after, 0.95).value();
        sums += change.ratio_of_sums.ci_low <= 0.077 && 0.077 <= change.ratio_of_sums.ci_high ? 1 : 0;
        const double median = 1.077 * std::exp(-0.045) - 1;
        medians += change.median_of_ratios.ci_low <= median && median <= change.median_of_ratios.ci_high ? 1 : 0;
        const BeforeAfter rate = before_after_rate(accidents_before, before, accidents_after, before, 0.95).value();
        rates += rate.difference.ci_low <= -0.5 && -0.5 <= rate.difference.ci_high ? 1 : 0;
    }
    std::cout << "coverage: ratio of sums " << sums / double{samples} << ", median " << medians / double{samples}
              << ", pooled rate " << rates / double{samples} << '\n';
    EXPECT_NEAR(sums / double{samples}, 0.95, 0.02);
    EXPECT_GE(medians / double{samples}, 0.945);
    EXPECT_LE(medians / double{samples}, 0.975);
    EXPECT_NEAR(rates / double{samples}, 0.95, 0.02);
}

}  // namespace
}  // namespace twinfirm::effects
