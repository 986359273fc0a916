// SPDX-License-Identifier: GPL-3.0-or-later
// Bias, standard errors and coverage of every estimator over 500 samples of firms;
// tests/figures/matching_simulation.cpp does the same over 2,000.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include "effects/matching_simulation.h"

namespace twinfirm::effects {
namespace {

constexpr std::size_t replications = 500;

void check(std::size_t firms, const Population& population) {
    const auto table = simulate(firms, population, replications, false, 2);
    for (const auto& [name, performance] : table) {
        fmt::print("{} firms, {}: bias {:+.4f} ({:.4f}), error / deviation {:.3f}, coverage {:.3f}\n", firms, name,
                   performance.bias, performance.bias_error, performance.error_ratio, performance.coverage);
        if (name.ends_with("(wrong)")) continue;
        EXPECT_EQ(performance.failures, 0U) << name;
        EXPECT_LE(std::abs(performance.bias), 3 * performance.bias_error + 0.05 * performance.deviation) << name;
        EXPECT_GT(performance.error_ratio, 0.9) << name;
        EXPECT_GT(performance.coverage, 0.92) << name;
        if (is_conservative(name)) continue;
        EXPECT_LT(performance.error_ratio, 1.1) << name;
        EXPECT_LT(performance.coverage, 0.98) << name;
    }
    // The error that forgets that matches are used again must be found out.
    if (firms == 400 && !population.heterogeneous) {
        EXPECT_LT(table.at("replacement, simple (wrong)").error_ratio, 0.9);
    }
}

TEST(MatchingSimulation, NoEffectFourHundredFirms) {
    check(400, {});
}

TEST(MatchingSimulation, NoEffectAThousandFirms) {
    check(1000, {});
}

TEST(MatchingSimulation, EffectsBySizeAndAgeAThousandFirms) {
    check(1000, heterogeneous_population());
}

}  // namespace
}  // namespace twinfirm::effects
