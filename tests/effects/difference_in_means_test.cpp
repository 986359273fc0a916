// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/difference_in_means.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "twinfirm/effects/before_after.h"

namespace twinfirm::effects {
namespace {

MatchedOutcomes pairs(const std::vector<double>& adopters, const std::vector<double>& controls) {
    MatchedOutcomes outcomes;
    for (std::size_t i = 0; i < adopters.size(); ++i) {
        const auto set = static_cast<std::int32_t>(i);
        outcomes.set.insert(outcomes.set.end(), {set, set});
        outcomes.firm.insert(outcomes.firm.end(), {2 * set, 2 * set + 1});
        outcomes.treated.insert(outcomes.treated.end(), {1, 0});
        outcomes.weight.insert(outcomes.weight.end(), {1, 1});
        outcomes.value.insert(outcomes.value.end(), {adopters[i], controls[i]});
    }
    return outcomes;
}

const std::vector<double> adopters{5, 7, 4, 9};
const std::vector<double> controls{3, 6, 5, 4};

TEST(DifferenceInMeans, PairedErrorIsThatOfThePairedTTest) {
    const auto effect = difference_in_means(pairs(adopters, controls), SeKind::paired, 0.95);
    const auto paired_t = before_after(controls, adopters, 0.95);
    ASSERT_TRUE(effect && paired_t);
    EXPECT_NEAR(effect->estimate, 1.75, 1e-15);
    EXPECT_NEAR(effect->std_error, paired_t->difference.std_error, 1e-15);
    EXPECT_EQ(effect->df, 3);
    EXPECT_NEAR(effect->p_value, paired_t->difference.p_value, 1e-14);
    EXPECT_EQ(effect->se_kind, "paired");
    EXPECT_EQ(effect->n_treated, 4);
    EXPECT_EQ(effect->n_control, 4);
    EXPECT_DOUBLE_EQ(effect->ess_control, 4);
}

TEST(DifferenceInMeans, SmallSampleFactors) {
    const MatchedOutcomes outcomes = pairs(adopters, controls);
    const auto cr0 = difference_in_means(outcomes, SeKind::cr0, 0.95);
    const auto cr1 = difference_in_means(outcomes, SeKind::cr1, 0.95);
    const auto paired = difference_in_means(outcomes, SeKind::paired, 0.95);
    const auto hc1 = difference_in_means(outcomes, SeKind::hc1, 0.95);
    ASSERT_TRUE(cr0 && cr1 && paired && hc1);
    // Pair differences 2, 1, -1, 5 around 1.75: sum of squares 18.75, each pair's influence is a quarter of it.
    EXPECT_NEAR(cr0->std_error, std::sqrt(18.75) / 4, 1e-15);
    EXPECT_NEAR(paired->std_error, cr0->std_error * std::sqrt(4.0 / 3), 1e-15);
    EXPECT_NEAR(cr1->std_error, cr0->std_error * std::sqrt(4.0 / 3 * 7 / 6), 1e-15);
    // Residuals of the adopters about 6.25 and of the controls about 4.5.
    EXPECT_NEAR(hc1->std_error, std::sqrt((14.75 + 5) / 16 * 8 / 6), 1e-15);
    EXPECT_EQ(hc1->df, 6);
}

TEST(DifferenceInMeans, TwoWayWithEachFirmOnceIsClusteredByPair) {
    const MatchedOutcomes outcomes = pairs(adopters, controls);
    const auto two_way = difference_in_means(outcomes, SeKind::two_way, 0.95);
    const auto cr1 = difference_in_means(outcomes, SeKind::cr1, 0.95);
    ASSERT_TRUE(two_way && cr1);
    EXPECT_NEAR(two_way->std_error, cr1->std_error, 1e-14);
    EXPECT_EQ(two_way->se_kind, "two-way");
}

TEST(DifferenceInMeans, TwoWayAddsWhatASharedControlBrings) {
    MatchedOutcomes outcomes = pairs(adopters, controls);
    outcomes.firm[3] = outcomes.firm[7];  // the controls of pairs 1 and 3 are one firm
    const auto effect = difference_in_means(outcomes, SeKind::two_way, 0.95);
    ASSERT_TRUE(effect);
    // Influences: controls -(y - 4.5)/4: 0.375, -0.375, -0.125, 0.125; adopters (y - 6.25)/4.
    const double set = 18.75 / 16 * 4 / 3;
    const double adopter_squares = 14.75 / 16;
    const double firm = (adopter_squares + 0.375 * 0.375 + 0.125 * 0.125 + 0.25 * 0.25) * 7 / 6;
    const double both = (adopter_squares + 2 * 0.375 * 0.375 + 2 * 0.125 * 0.125) * 8 / 7;
    EXPECT_NEAR(effect->std_error, std::sqrt((set + firm - both) * 7 / 6), 1e-14);
    EXPECT_EQ(effect->n_control, 3);
    EXPECT_DOUBLE_EQ(effect->ess_control, 16.0 / 6);  // one firm of weight 2 and two of weight 1
    EXPECT_EQ(effect->df, 3);
}

TEST(DifferenceInMeans, MissingOutcomeTakesThePairOrTheUnit) {
    MatchedOutcomes outcomes = pairs(adopters, controls);
    outcomes.value[7] = not_available;
    const auto by_pair = difference_in_means(outcomes, SeKind::paired, 0.95, MissingOutcome::pair);
    const auto by_unit = difference_in_means(outcomes, SeKind::cr1, 0.95, MissingOutcome::unit);
    ASSERT_TRUE(by_pair && by_unit);
    EXPECT_NEAR(by_pair->estimate, 2.0 / 3, 1e-15);
    EXPECT_EQ(by_pair->n_treated, 3);
    EXPECT_NEAR(by_unit->estimate, 6.25 - 14.0 / 3, 1e-14);
    EXPECT_EQ(by_unit->n_treated, 4);
    EXPECT_EQ(by_unit->n_control, 3);

    const auto complete = complete_outcomes(outcomes, MissingOutcome::pair);
    ASSERT_TRUE(complete);
    EXPECT_EQ(complete->dropped_sets, 1);
    EXPECT_EQ(complete->dropped_observations, 2);
    EXPECT_EQ(complete->rows, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5}));
}

TEST(DifferenceInMeans, OnePairHasAnEstimateOnly) {
    const auto effect = difference_in_means(pairs({5}, {3}), SeKind::cr1, 0.95);
    ASSERT_TRUE(effect);
    EXPECT_DOUBLE_EQ(effect->estimate, 2);
    EXPECT_TRUE(std::isnan(effect->std_error));
    EXPECT_TRUE(std::isnan(effect->p_value));
    EXPECT_TRUE(std::isnan(effect->ci_low));
}

TEST(DifferenceInMeans, OneSetOfManyHasNoStandardErrorButUnitsWithoutSetsHave) {
    MatchedOutcomes outcomes = pairs(adopters, controls);
    outcomes.set.assign(8, 0);
    EXPECT_TRUE(std::isnan(difference_in_means(outcomes, SeKind::cr1, 0.95)->std_error));
    outcomes.set.assign(8, -1);
    const auto effect = difference_in_means(outcomes, SeKind::cr1, 0.95);
    EXPECT_EQ(effect->se_kind, "hc1");
    EXPECT_NEAR(effect->std_error, difference_in_means(outcomes, SeKind::hc1, 0.95)->std_error, 1e-15);
}

TEST(DifferenceInMeans, AnEmptyArmIsNotZero) {
    MatchedOutcomes outcomes = pairs(adopters, controls);
    for (std::size_t i = 1; i < 8; i += 2) outcomes.value[i] = not_available;
    const auto effect = difference_in_means(outcomes, SeKind::cr1, 0.95, MissingOutcome::unit);
    ASSERT_TRUE(effect);
    EXPECT_TRUE(std::isnan(effect->estimate));
    EXPECT_TRUE(std::isnan(effect->std_error));
    EXPECT_EQ(effect->n_treated, 4);
    EXPECT_EQ(effect->n_control, 0);
    const auto none = difference_in_means({}, SeKind::two_way, 0.95);
    ASSERT_TRUE(none);
    EXPECT_TRUE(std::isnan(none->estimate));
}

TEST(DifferenceInMeans, RefusesBrokenInput) {
    MatchedOutcomes outcomes = pairs(adopters, controls);
    outcomes.weight[2] = 0;
    const auto weight = difference_in_means(outcomes, SeKind::cr1, 0.95);
    ASSERT_FALSE(weight);
    EXPECT_EQ(weight.error().code, "effects_weight_not_positive");
    EXPECT_EQ(weight.error().arguments.at("row"), "3");
    outcomes.weight.pop_back();
    EXPECT_EQ(difference_in_means(outcomes, SeKind::cr1, 0.95).error().code, "effects_unequal_lengths");
    EXPECT_EQ(difference_in_means(pairs(adopters, controls), SeKind::cr1, 1).error().code, "effects_confidence_level");
}

TEST(EstimateWarnings, FewClustersAreNamed) {
    const auto few = difference_in_means(pairs(adopters, controls), SeKind::cr1, 0.95);
    const Messages warnings = estimate_warnings(*few);
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_EQ(warnings[0].code, "few_clusters");
    EXPECT_EQ(warnings[0].count, 4);

    std::vector<double> many(20);
    for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<double>(i % 7);
    const std::vector<double> zeros(20, 0.0);
    EXPECT_TRUE(estimate_warnings(*difference_in_means(pairs(many, zeros), SeKind::cr1, 0.95)).empty());
    EXPECT_TRUE(estimate_warnings(*difference_in_means(pairs(adopters, controls), SeKind::hc1, 0.95)).empty());
    EXPECT_TRUE(estimate_warnings(Estimate{}).empty());
}

}  // namespace
}  // namespace twinfirm::effects
