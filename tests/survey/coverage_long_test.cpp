// SPDX-License-Identifier: GPL-3.0-or-later
// 95 % intervals from samples of a made-up status survey; 2,000 samples stand in tests/figures/results.
#include <gtest/gtest.h>

#include "survey/coverage_simulation.h"

namespace twinfirm::survey {
namespace {

TEST(SurveyCoverage, LogitWilsonAndTheSkewIntervalHoldAndSymmetricOnesFailInSmallDomains) {
    constexpr std::size_t samples = 600;
    const std::vector<Coverage> all = simulate_coverage(CoveragePopulation(20241), samples, 11, 2);
    const double slack = 3.5 * std::sqrt(0.95 * 0.05 / samples);  // of some sixty rates
    int shares = 0;
    double worst_linear = 1;
    double worst_mean = 1;
    for (const Coverage& coverage : all) {
        if (coverage.what == "share" && (coverage.method == "logit" || coverage.method == "wilson")) {
            ++shares;
            EXPECT_NEAR(coverage.rate(), 0.95, slack + 0.01)
                << coverage.method << ' ' << coverage.truth << " n " << coverage.mean_n;
        }
        if (coverage.what == "share" && coverage.method == "linear" && coverage.mean_n < 60) {
            worst_linear = std::min(worst_linear, coverage.rate());
        }
        if (coverage.what == "mean of sales" && coverage.method == "linear" && coverage.mean_n < 110) {
            worst_mean = std::min(worst_mean, coverage.rate());
        }
        if (coverage.what == "mean of a score" || coverage.method == "skew") {
            EXPECT_NEAR(coverage.rate(), 0.95, slack + 0.01)
                << coverage.what << ' ' << coverage.method << " n " << coverage.mean_n;
        }
    }
    EXPECT_EQ(shares, 2 * (6 + 4 * 4));
    EXPECT_LT(worst_linear, 0.935);
    EXPECT_LT(worst_mean, 0.9);
}

}  // namespace
}  // namespace twinfirm::survey
