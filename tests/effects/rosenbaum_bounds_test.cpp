// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/rosenbaum_bounds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "twinfirm/base/random.h"

namespace twinfirm::effects {
namespace {

/// Lead in the blood of 33 children of exposed workers and of their controls (Morton et al. 1982; Rosenbaum 2002,
/// table 3.1).
std::vector<double> lead_differences() {
    const std::vector<double> exposed{38, 23, 41, 18, 37, 36, 23, 62, 31, 34, 24, 14, 21, 17, 16, 20, 15,
                                      10, 45, 39, 22, 35, 49, 48, 44, 35, 43, 39, 34, 13, 73, 25, 27};
    const std::vector<double> control{16, 18, 18, 24, 19, 11, 10, 15, 16, 18, 18, 13, 19, 10, 16, 16, 24,
                                      13, 9,  14, 21, 19, 7,  18, 19, 12, 11, 22, 25, 16, 13, 11, 13};
    std::vector<double> result;
    for (std::size_t i = 0; i < exposed.size(); ++i) result.push_back(exposed[i] - control[i]);
    return result;
}

double walsh_quantile(const std::vector<double>& values, double larger_share) {
    std::vector<double> averages;
    for (std::size_t i = 0; i < values.size(); ++i)
        for (std::size_t j = i; j < values.size(); ++j) averages.push_back((values[i] + values[j]) / 2);
    std::sort(averages.begin(), averages.end());
    const double below = static_cast<double>(averages.size()) * (1 - larger_share);
    const auto place = static_cast<std::size_t>(std::ceil(below - 1e-9)) - 1;
    if (std::abs(below - std::round(below)) < 1e-9) return (averages[place] + averages[place + 1]) / 2;
    return averages[place];
}

TEST(RosenbaumBounds, LeadInChildrensBlood) {
    const std::vector<double> gammas{1, 2, 3, 4, 5, 6, 4.25};
    const auto bounds = signed_rank_bounds(lead_differences(), gammas);
    ASSERT_TRUE(bounds);
    EXPECT_EQ(bounds->statistic, 499);
    EXPECT_EQ(bounds->zero_differences, 1);
    // Rosenbaum (2002), table 4.2, and the Hodges-Lehmann bounds of table 4.3 on its grid.
    const std::vector<double> published{0.0000, 0.0018, 0.0131, 0.0367, 0.0694, 0.1073, 0.04414};
    for (std::size_t i = 0; i < gammas.size(); ++i) EXPECT_NEAR(bounds->bounds[i].p_high, published[i], 5.1e-5);
    EXPECT_NEAR(bounds->hodges_lehmann, 15.5, 0.5);
    EXPECT_NEAR(bounds->bounds[1].estimate_low, 10.5, 0.5);
    EXPECT_NEAR(bounds->bounds[1].estimate_high, 19.6, 0.5);
    EXPECT_GT(bounds->largest_gamma, 4.25);
    EXPECT_LT(bounds->largest_gamma, 5);
}

TEST(RosenbaumBounds, TheLargestGammaIsWherePReachesAlpha) {
    const auto first = signed_rank_bounds(lead_differences(), {}, 0.05);
    ASSERT_TRUE(first);
    const std::vector<double> at{first->largest_gamma};
    EXPECT_NEAR(signed_rank_bounds(lead_differences(), at)->bounds[0].p_high, 0.05, 1e-12);
    const auto mcnemar = mcnemar_bounds(24, 8, {}, 0.05);
    ASSERT_TRUE(mcnemar);
    const std::vector<double> gamma{mcnemar->largest_gamma};
    EXPECT_NEAR(mcnemar_bounds(24, 8, gamma)->bounds[0].p_high, 0.05, 1e-9);
}

TEST(RosenbaumBounds, WithoutSignificanceThereIsNoLargestGamma) {
    const std::vector<double> balanced{-3, -2, -1, 1, 2, 3};
    EXPECT_TRUE(std::isnan(signed_rank_bounds(balanced, {})->largest_gamma));
    EXPECT_TRUE(std::isnan(mcnemar_bounds(4, 4, {})->largest_gamma));
}

TEST(RosenbaumBounds, HodgesLehmannBoundsAreQuantilesOfAllWalshAverages) {
    Random random(11);
    for (int round = 0; round < 200; ++round) {
        std::vector<double> values(2 + random.below(12));
        for (double& value : values) value = std::round(random.normal() * 4) / (round % 2 == 0 ? 1 : 3);
        if (std::all_of(values.begin(), values.end(), [](double v) { return v == 0; })) continue;
        const std::vector<double> gammas{1, 1.5, 2, 3.7};
        const auto bounds = signed_rank_bounds(values, gammas);
        ASSERT_TRUE(bounds);
        EXPECT_NEAR(bounds->hodges_lehmann, walsh_quantile(values, 0.5), 1e-12);
        for (const SignedRankBound& bound : bounds->bounds) {
            EXPECT_NEAR(bound.estimate_low, walsh_quantile(values, bound.gamma / (1 + bound.gamma)), 1e-12);
            EXPECT_NEAR(bound.estimate_high, walsh_quantile(values, 1 / (1 + bound.gamma)), 1e-12);
        }
    }
}

TEST(RosenbaumBounds, NegatedPairsSwapTheEstimatesBounds) {
    std::vector<double> negated = lead_differences();
    for (double& d : negated) d = -d;
    const std::vector<double> gammas{1.5, 2.5};
    const auto up = signed_rank_bounds(lead_differences(), gammas);
    const auto down = signed_rank_bounds(negated, gammas);
    for (std::size_t i = 0; i < gammas.size(); ++i) {
        EXPECT_NEAR(up->bounds[i].estimate_low, -down->bounds[i].estimate_high, 1e-12);
        EXPECT_NEAR(up->bounds[i].p_high, 1 - down->bounds[i].p_low, 1e-12);
    }
}

/// The largest expectation over every way of giving the firms of a set odds 1 or gamma, by trying them all.
TEST(RosenbaumBounds, TheWorstBiasWithinASetIsTheWorstOfAllBiases) {
    Random random(5);
    MatchedSetValues sets;
    for (int set = 0; set < 30; ++set) {
        const std::size_t size = 2 + random.below(4);
        for (std::size_t i = 0; i < size; ++i) sets.values.push_back(random.normal() + (i == 0 ? 0.8 : 0));
        sets.begin.push_back(sets.values.size());
    }
    const double gamma = 1.8;
    double statistic = 0, expectation = 0, variance = 0;
    for (std::size_t s = 0; s + 1 < sets.begin.size(); ++s) {
        const std::size_t size = sets.begin[s + 1] - sets.begin[s];
        std::vector<double> score(size);
        for (std::size_t i = 0; i < size; ++i)
            for (std::size_t j = 0; j < size; ++j)
                score[i] +=
                    (sets.values[sets.begin[s] + i] - sets.values[sets.begin[s] + j]) / static_cast<double>(size);
        statistic += score[0];
        double worst = -1e9, worst_variance = 0;
        for (unsigned odds = 0; odds < (1U << size); ++odds) {
            double total = 0, mean = 0, square = 0;
            for (std::size_t i = 0; i < size; ++i) {
                const double weight = (odds >> i & 1U) != 0 ? gamma : 1;
                total += weight;
                mean += weight * score[i];
                square += weight * score[i] * score[i];
            }
            mean /= total;
            if (mean > worst + 1e-12) {
                worst = mean;
                worst_variance = square / total - mean * mean;
            }
        }
        expectation += worst;
        variance += worst_variance;
    }
    const std::vector<double> gammas{gamma};
    const auto bounds = m_statistic_bounds(sets, gammas, {0, std::numeric_limits<double>::infinity(), 0.5});
    ASSERT_TRUE(bounds);
    const double deviate = (statistic - expectation) / std::sqrt(variance);
    EXPECT_NEAR(bounds->bounds[0].p_high, 0.5 * std::erfc(deviate / std::sqrt(2)), 1e-9);
}

TEST(RosenbaumBounds, WhatCannotBeTestedIsNamed) {
    const std::vector<double> below_one{0.9};
    EXPECT_EQ(signed_rank_bounds(lead_differences(), below_one).error().code, "sensitivity_gamma");
    const std::vector<double> nothing{0, 0};
    EXPECT_EQ(signed_rank_bounds(nothing, {}).error().code, "sensitivity_no_difference");
    EXPECT_EQ(mcnemar_bounds(0, 0, {}).error().code, "sensitivity_no_difference");
    EXPECT_EQ(m_statistic_bounds({{1, 1, 2, 2}, {0, 2, 4}}, {}).error().code, "sensitivity_no_difference");
    const std::vector<double> missing{1, std::nan("")};
    EXPECT_THROW((void)signed_rank_bounds(missing, {}), std::invalid_argument);
}

}  // namespace
}  // namespace twinfirm::effects
