// SPDX-License-Identifier: GPL-3.0-or-later
// How often tests of groups reject what is true. tests/figures/group_simulation.sh makes the figures with 2,000
// samples.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

#include "breakdowns/group_simulation.h"

namespace twinfirm::breakdowns {
namespace {

constexpr std::size_t samples = 500;

/// Three Monte-Carlo errors of a share.
double slack(double share) {
    return 3 * std::sqrt(share * (1 - share) / samples);
}

TEST(GroupSimulation, WithoutEffectsOneOfFiveGroupsIsOftenSignificantAndHolmKeepsTheLevel) {
    for (const std::size_t firms : {400U, 1000U}) {
        const GroupPerformance found = simulate_groups(firms, false, samples, 2);
        std::cout << firms << " firms: equality " << found.test_of_equality << ", any of five " << found.any_of_five
                  << ", Holm " << found.any_by_holm << ", coverage of groups " << found.coverage_of_groups << '\n';
        EXPECT_NEAR(found.test_of_equality, 0.05, slack(0.05));
        EXPECT_LE(found.any_by_holm, 0.05 + slack(0.05));
        EXPECT_NEAR(found.any_of_five, 1 - std::pow(0.95, 5), slack(0.23)) << "the correction is needed";
        EXPECT_NEAR(found.coverage_of_groups, 0.95, 0.02);
        EXPECT_NEAR(found.coverage_of_matched, 0.95, slack(0.95));
    }
}

TEST(GroupSimulation, IntervalsHoldTheEffectOnTheMatchedAdoptersWhereEffectsDiffer) {
    const GroupPerformance found = simulate_groups(1000, true, samples, 2);
    std::cout << "effects by size: equality rejected " << found.test_of_equality << ", coverage of the matched "
              << found.coverage_of_matched << ", of all adopters " << found.coverage_of_all << ", of groups "
              << found.coverage_of_groups << '\n';
    EXPECT_NEAR(found.coverage_of_matched, 0.95, slack(0.95));
    EXPECT_NEAR(found.coverage_of_groups, 0.95, 0.02);
    EXPECT_GT(found.test_of_equality, 0.5) << "the test finds effects that rise with size";
}

/// Firms of which most export nothing; exports of adopters grow by a fifth, and by 10 % for each unit of support.
struct ExportSample {
    effects::MatchedChanges changes;
    std::vector<double> support;
};
ExportSample draw_exports(Random& random) {
    ExportSample sample;
    for (std::int32_t set = 0; set < 300; ++set) {
        const double support = 0.5 + 1.5 * random.uniform();
        const double shared = 0.1 * random.normal();
        for (const std::uint8_t treated : {std::uint8_t{1}, std::uint8_t{0}}) {
            const double level = random.uniform() < 0.5 ? std::exp(0.5 * random.normal()) : 0;
            const double gain = treated != 0 ? 1.2 : 1.0;
            sample.changes.outcomes.set.push_back(set);
            sample.changes.outcomes.firm.push_back(static_cast<std::int32_t>(sample.support.size()));
            sample.changes.outcomes.treated.push_back(treated);
            sample.changes.outcomes.weight.push_back(1);
            sample.changes.base.push_back(level * std::exp(0.2 * random.normal()));
            sample.changes.after.push_back(level * gain * std::exp(0.2 * random.normal()));
            sample.changes.outcomes.value.push_back((treated != 0 ? 0.1 * support : 0) + shared +
                                                    0.3 * random.normal());
            sample.changes.cohort.push_back(2015);
            sample.support.push_back(treated != 0 ? support : effects::not_available);
        }
    }
    return sample;
}

TEST(GroupSimulation, IntervalsOfRatiosAndOfEffectsPerUnitHoldTheTruth) {
    double poisson = 0;
    double mean = 0;
    double slope = 0;
    const auto holds = [](const effects::Estimate& found, double truth) {
        return found.ci_low <= truth && truth <= found.ci_high ? 1.0 / samples : 0.0;
    };
    for (std::size_t i = 0; i < samples; ++i) {
        Random random(20190523, i);
        const ExportSample sample = draw_exports(random);
        poisson += holds(effects::poisson_did(sample.changes, effects::SeKind::two_way, 0.95)->effect, std::log(1.2));
        const auto per_unit =
            effects::effect_per_support(sample.changes, sample.support, effects::SeKind::two_way, 0.95);
        mean += holds(per_unit->mean, 0.1);
        slope += holds(per_unit->slope, 0.1);
    }
    std::cout << "coverage: Poisson " << poisson << ", effect per unit " << mean << ", slope " << slope << '\n';
    for (const double coverage : {poisson, mean, slope}) EXPECT_NEAR(coverage, 0.95, slack(0.95));
}

}  // namespace
}  // namespace twinfirm::breakdowns
