// SPDX-License-Identifier: GPL-3.0-or-later
// What the intervals and tests of staggered adoption promise, over many samples of known truth.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

#include "effects/staggered_example.h"
#include "twinfirm/effects/event_study_tests.h"
#include "twinfirm/effects/multiplier_bootstrap.h"
#include "twinfirm/effects/relative_magnitudes.h"

namespace twinfirm::effects {
namespace {

constexpr int rounds = 500;

double share(int count) {
    return static_cast<double>(count) / rounds;
}

struct Coverage {
    int overall = 0;
    int band = 0;
    int pretrend_rejected = 0;
    int equality_rejected = 0;
    double sum = 0;
    double squares = 0;
    double errors = 0;
};

/// Trends and adoption depend on x; the effect is 1 + growth e.
Coverage coverage(double growth, bool with_covariate) {
    Coverage result;
    for (int round = 0; round < rounds; ++round) {
        ExampleOptions example;
        example.firms = 400;
        example.covariate = true;
        example.growth = growth;
        example.seed = static_cast<std::uint64_t>(1000 + round);
        StaggeredPanel panel = example_panel(example);
        if (!with_covariate) {
            panel.covariates = {};
            panel.covariate_row.clear();
        }
        const auto did = estimate_staggered_did(panel, {}).value();
        const auto dynamic = aggregate_did(did, DidAggregation::dynamic).value();
        const double truth = 1 + growth;  // mean over e = 0, 1, 2
        result.overall += dynamic.overall.ci_low <= truth && truth <= dynamic.overall.ci_high ? 1 : 0;
        result.sum += dynamic.overall.att - truth;
        result.squares += (dynamic.overall.att - truth) * (dynamic.overall.att - truth);
        result.errors += dynamic.overall.std_error;
        const auto band = uniform_band(draw_multipliers(did, 500, 1).value(), dynamic.by, 0.95);
        bool inside = true;
        for (std::size_t i = 0; i < dynamic.by.size(); ++i) {
            const int since = *dynamic.by[i].at;
            const double at = since < 0 ? 0 : 1 + growth * since;
            inside = inside && band.low[i] <= at && at <= band.high[i];
        }
        result.band += inside ? 1 : 0;
        result.pretrend_rejected += pretrend_test(did).p_value < 0.05 ? 1 : 0;
        result.equality_rejected += effect_trend(did, dynamic).equal.p_value < 0.05 ? 1 : 0;
    }
    return result;
}

TEST(StaggeredCoverage, IntervalsBandsAndTestsKeepTheirLevel) {
    const Coverage constant = coverage(0, true);
    std::cout << "overall " << share(constant.overall) << " band " << share(constant.band) << " pre-trend "
              << share(constant.pretrend_rejected) << " equal effects " << share(constant.equality_rejected) << '\n';
    EXPECT_NEAR(share(constant.overall), 0.95, 0.03);
    EXPECT_GE(share(constant.band), 0.92);
    EXPECT_LE(share(constant.pretrend_rejected), 0.09);
    EXPECT_LE(share(constant.equality_rejected), 0.09);
    const double sd = std::sqrt(constant.squares / rounds - constant.sum * constant.sum / rounds / rounds);
    EXPECT_NEAR(constant.errors / rounds / sd, 1, 0.1);
    EXPECT_LE(std::abs(constant.sum / rounds), 3 * sd / std::sqrt(static_cast<double>(rounds)));
}

TEST(StaggeredCoverage, AGrowingEffectIsCoveredAndFound) {
    const Coverage growing = coverage(0.5, true);
    EXPECT_NEAR(share(growing.overall), 0.95, 0.03);
    EXPECT_GE(share(growing.band), 0.92);
    EXPECT_GE(share(growing.equality_rejected), 0.5);
}

TEST(StaggeredCoverage, WithoutTheCovariateTheIntervalsFail) {
    const Coverage naive = coverage(0, false);
    EXPECT_LT(share(naive.overall), 0.5);
}

/// The adopters' trend differs by the same step every year, before and after: mbar = 1 holds, parallel trends do not.
TEST(StaggeredCoverage, RelativeMagnitudesCoverWhereTrendsGoOnAsBefore) {
    int covered = 0;
    int naive = 0;
    for (int round = 0; round < rounds; ++round) {
        ExampleOptions example;
        example.firms = 400;
        example.seed = static_cast<std::uint64_t>(5000 + round);
        StaggeredPanel panel = example_panel(example);
        for (std::size_t firm = 0; firm < panel.firms; ++firm) {
            if (panel.first_treated[firm] == 0) continue;
            for (std::size_t time = 0; time < panel.times.size(); ++time)
                panel.outcome[panel.at(firm, time)] += 0.4 * static_cast<double>(time);
        }
        const auto did = estimate_staggered_did(panel, {}).value();
        const auto dynamic = aggregate_did(did, DidAggregation::dynamic).value();
        const auto first = relative_magnitudes(did, dynamic, {1}).front();
        covered += first.intervals[0].low <= 1 && 1 <= first.intervals[0].high ? 1 : 0;
        for (const DidEstimate& estimate : dynamic.by)
            if (*estimate.at == 0) naive += estimate.ci_low <= 1 && 1 <= estimate.ci_high ? 1 : 0;
    }
    std::cout << "relative magnitudes " << share(covered) << " parallel trends " << share(naive) << '\n';
    EXPECT_GE(share(covered), 0.95);
    EXPECT_LT(share(naive), 0.5);
}

}  // namespace
}  // namespace twinfirm::effects
