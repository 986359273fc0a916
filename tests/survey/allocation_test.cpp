// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/allocation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "twinfirm/survey/combined_rate.h"
#include "twinfirm/survey/survey_estimate.h"

namespace twinfirm::survey {
namespace {

/// The factories of the first status survey by size, with their published rates of adoption.
std::vector<AllocationStratum> status_survey() {
    std::vector<AllocationStratum> strata{
        {"소상공인", 100903}, {"소기업", 44410}, {"중기업", 15837}, {"중견기업", 2123}};
    const std::vector<double> rates{0.087, 0.285, 0.542, 0.857};
    for (std::size_t h = 0; h < strata.size(); ++h) {
        strata[h].mean = rates[h];
        strata[h].sd = std::sqrt(rates[h] * (1 - rates[h]));
    }
    return strata;
}

std::vector<std::int64_t> sizes(const Result<Allocation>& allocation) {
    std::vector<std::int64_t> result;
    for (const AllocatedStratum& stratum : allocation.value().strata) result.push_back(stratum.n);
    return result;
}

Result<Allocation> allocated(AllocationRule rule, std::int64_t total = 5000, std::int64_t minimum = 2) {
    return allocate(status_survey(), total, {rule, 0.5, minimum, 0.95});
}

/// A sample of these sizes with so many adopters in each stratum.
SurveyEstimate adopters(const std::vector<std::int64_t>& n, const std::vector<std::int64_t>& adopting) {
    DesignColumns columns;
    std::vector<double> values;
    const auto strata = status_survey();
    for (std::size_t h = 0; h < n.size(); ++h) {
        columns.strata.labels.push_back(strata[h].label);
        for (std::int64_t i = 0; i < n[h]; ++i) {
            columns.strata.codes.push_back(static_cast<std::int32_t>(h));
            columns.population.push_back(static_cast<double>(strata[h].population));
            values.push_back(i < adopting[h] ? 1 : 0);
        }
    }
    const SampleDesign design = SampleDesign::make(std::move(columns)).value();
    return estimate_of(design, mean_of(design, values));
}

TEST(Allocation, ByRootAndByProportion) {
    EXPECT_EQ(sizes(allocated(AllocationRule::power)), (std::vector<std::int64_t>{2268, 1505, 898, 329}));
    EXPECT_EQ(sizes(allocated(AllocationRule::proportional)), (std::vector<std::int64_t>{3090, 1360, 485, 65}));
}

// The fixtures of the status survey, whose sizes were cut off and the rest given to the first stratum.
TEST(Allocation, AdoptionByRootAllocation) {
    const SurveyEstimate estimate = adopters({2270, 1504, 898, 328}, {197, 429, 487, 281});
    EXPECT_NEAR(estimate.value, 0.194960, 5e-7);
    EXPECT_NEAR(estimate.std_error, 0.005024, 5e-7);
    EXPECT_NEAR(estimate.deff, 0.829, 5e-4);
    EXPECT_NEAR(margin_of_error(estimate, 0.95), 0.00985, 5e-6);
    const Allocation expected = judge_allocation(status_survey(), {2270, 1504, 898, 328}, 0.95);
    EXPECT_NEAR(expected.std_error, 0.005024, 1e-5);
    EXPECT_NEAR(expected.deff, 0.829, 2e-3);
}

TEST(Allocation, AdoptionByProportionalAllocation) {
    const SurveyEstimate estimate = adopters({3092, 1359, 484, 65}, {269, 387, 262, 56});
    EXPECT_NEAR(estimate.value, 0.194931, 5e-7);
    EXPECT_NEAR(estimate.std_error, 0.005026, 5e-7);
    EXPECT_NEAR(estimate.deff, 0.830, 5e-4);
    EXPECT_NEAR(judge_allocation(status_survey(), {3092, 1359, 484, 65}, 0.95).weight_effect, 1, 1e-3);
}

TEST(Allocation, NeymanHasTheSmallestError) {
    const auto neyman = allocated(AllocationRule::neyman);
    ASSERT_TRUE(neyman);
    for (std::size_t from = 0; from < 4; ++from) {
        for (std::size_t to = 0; to < 4; ++to) {
            std::vector<std::int64_t> moved = sizes(neyman);
            moved[from] -= 5;
            moved[to] += 5;
            EXPECT_GE(judge_allocation(status_survey(), moved, 0.95).std_error, neyman->std_error);
        }
    }
    EXPECT_LT(neyman->std_error, allocated(AllocationRule::power)->std_error);
}

TEST(Allocation, MinimaAndPopulationsHold) {
    for (const AllocationRule rule : {AllocationRule::proportional, AllocationRule::power, AllocationRule::neyman}) {
        for (const std::int64_t total : {400, 401, 5000, 40000, 150000, 163273}) {
            const auto allocation = allocated(rule, total, 100);
            ASSERT_TRUE(allocation);
            EXPECT_EQ(allocation->n, total);
            for (std::size_t h = 0; h < 4; ++h) {
                EXPECT_GE(allocation->strata[h].n, 100);
                EXPECT_LE(allocation->strata[h].n, status_survey()[h].population);
            }
        }
    }
    EXPECT_EQ(sizes(allocated(AllocationRule::neyman, 400, 100)), (std::vector<std::int64_t>(4, 100)));
    const auto whole = allocated(AllocationRule::power, 163273);
    EXPECT_EQ(whole->std_error, 0);
    EXPECT_TRUE(whole->strata[0].at_population);
    EXPECT_TRUE(allocated(AllocationRule::proportional, 5000, 100)->strata[3].at_minimum);
}

TEST(Allocation, EveryMinimumLeavesTheTotal) {
    for (const AllocationRule rule : {AllocationRule::proportional, AllocationRule::power, AllocationRule::neyman})
        for (std::int64_t minimum = 1; minimum <= 1250; minimum += 7)
            EXPECT_EQ(allocated(rule, 5000, minimum)->n, 5000) << minimum;
}

TEST(Allocation, WhatCannotBeDividedIsNamed) {
    EXPECT_EQ(allocated(AllocationRule::power, 399, 100).error().code, "allocation_total_small");
    EXPECT_EQ(allocated(AllocationRule::power, 163274).error().code, "allocation_total_large");
    EXPECT_EQ(allocate({}, 10, {}).error().code, "allocation_no_strata");
    EXPECT_EQ(allocate({{"a", 0}}, 10, {}).error().code, "allocation_population");
    EXPECT_EQ(allocate({{"a", 20}}, 10, {AllocationRule::neyman, 0.5, 2, 0.95}).error().code, "allocation_sd");
    EXPECT_EQ(allocate({{"a", 20}}, 10, {AllocationRule::power, 3, 2, 0.95}).error().code, "allocation_power");
    const auto unknown = allocate({{"a", 20}, {"b", 30}}, 10, {});
    ASSERT_TRUE(unknown);
    EXPECT_TRUE(std::isnan(unknown->std_error));
}

// The tables of the first status survey reproduce each other.
TEST(CombinedRate, PublishedAdoptionBySize) {
    const std::vector<PublishedRate> groups{{61.8, 8.7}, {27.2, 28.5}, {9.7, 54.2}, {1.3, 85.7}};
    EXPECT_NEAR(combined_rate(groups)->within, 19.50, 0.005);
    const std::vector<std::size_t> sme{0, 1, 2};
    EXPECT_NEAR(combined_rate(groups, sme)->within, 18.63, 0.005);
    EXPECT_NEAR(combined_rate(groups, sme)->of_all, 18.39, 0.005);
    const std::vector<std::size_t> middle{3};
    EXPECT_NEAR(combined_rate(groups, middle)->of_all, 1.11, 0.005);
    EXPECT_NEAR(combined_rate(groups, middle)->group_share, 1.3, 1e-9);
}

TEST(CombinedRate, SharesNeedNotAddUp) {
    const auto combined = combined_rate({{80, 10}, {18.7, 20}, {1.5, 30}});
    ASSERT_TRUE(combined);
    EXPECT_NEAR(combined->within, (80 * 10 + 18.7 * 20 + 1.5 * 30) / 100.2, 1e-12);
    EXPECT_EQ(combined_rate({{101, 5}}).error().code, "rate_outside");
    EXPECT_EQ(combined_rate({{0, 5}}).error().code, "rate_no_share");
}

}  // namespace
}  // namespace twinfirm::survey
