// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/matched_did.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "twinfirm/effects/difference_in_means.h"

namespace twinfirm::effects {
namespace {

constexpr double gap = not_available;

/// Firms a, b adopt in 2012 and 2013; c, d, e never. Years 2011 to 2014.
stats::Panel small_panel() {
    stats::Panel panel({"a", "b", "c", "d", "e"}, 2011, 2014);
    panel.add_variable("sales", {
                                    100, 110, 130, 160,  // a
                                    90,  100, 120, 150,  // b
                                    100, 104, 108, gap,  // c
                                    50,  60,  66,  72,   // d
                                    10,  0,   14,  16,   // e
                                });
    panel.add_variable("accidents", {
                                        2, 1, 0, 0,  // a
                                        1, 1, 1, 0,  // b
                                        1, 1, 1, 1,  // c
                                        0, 1, 0, 1,  // d
                                        0, 0, 0, 0,  // e
                                    });
    panel.add_variable("employees", {
                                        50, 50, 60, 60,  // a
                                        40, 40, 50, 50,  // b
                                        40, 40, 40, 40,  // c
                                        20, 20, 20, 20,  // d
                                        10, 10, 10, 10,  // e
                                    });
    return panel;
}

std::vector<MatchedSet> small_sets() {
    return {{0, 2012, {2, 3}, {0.5, 0.5}}, {1, 2013, {3}, {1}}};
}

TEST(MatchedDid, ChangesFromTheYearBeforeAdoption) {
    const auto result = matched_did(small_panel(), small_sets(), {"sales", "", false}, {0, 0}, SeKind::two_way, 0.95);
    ASSERT_TRUE(result);
    // a: 110-100, b: 120-100; c: 104-100, d: 60-50 in 2012 and 66-60 in 2013.
    EXPECT_NEAR(result->effect.estimate, 15 - (0.5 * 4 + 0.5 * 10 + 6) / 2, 1e-13);
    EXPECT_DOUBLE_EQ(result->treated_base, 100);
    EXPECT_DOUBLE_EQ(result->treated_after, 115);
    EXPECT_DOUBLE_EQ(result->control_base, (0.5 * 100 + 0.5 * 50 + 60) / 2);
    EXPECT_DOUBLE_EQ(result->control_after, (0.5 * 104 + 0.5 * 60 + 66) / 2);
    EXPECT_EQ(result->sets, 2);
    EXPECT_EQ(result->dropped_sets, 0);
    EXPECT_EQ(result->effect.n_treated, 2);
    EXPECT_EQ(result->effect.n_control, 2);
    EXPECT_DOUBLE_EQ(result->effect.ess_control, 4 / (0.25 + 2.25));
    EXPECT_NEAR(result->percent.percent, 8.5 / (115 - 8.5), 1e-14);
}

// Of means of independent firms the margin is that of the plain t interval; a firm in two sets counts once.
TEST(MatchedDid, MarginsOfTheLevelsAreThoseOfTheMeans) {
    const stats::Panel panel = small_panel();
    const std::vector<MatchedSet> apart = {{0, 2012, {2}, {1}}, {1, 2012, {3}, {1}}};
    const auto changes = matched_changes(panel, apart, {"sales", "", false}, {0, 0});
    ASSERT_TRUE(changes);
    const auto margins = level_margins(*changes, 0.95);
    ASSERT_TRUE(margins);
    const double t = 12.706204736174698;                // 0.975 quantile with one degree of freedom
    EXPECT_NEAR(margins->treated_base, t * 5, 1e-9);    // 100 and 90: standard error 5
    EXPECT_NEAR(margins->control_after, t * 22, 1e-9);  // 104 and 60
    const std::vector<MatchedSet> shared = {{0, 2012, {3}, {1}}, {1, 2013, {3}, {1}}};
    const auto again = matched_changes(panel, shared, {"sales", "", false}, {0, 0});
    ASSERT_TRUE(again);
    EXPECT_TRUE(std::isnan(level_margins(*again, 0.95)->control_base));  // one firm twice
}

TEST(MatchedDid, IsTheDifferenceInMeansOfTheChanges) {
    const auto changes = matched_changes(small_panel(), small_sets(), {"sales", "", true}, {0, 0});
    ASSERT_TRUE(changes);
    const auto did = matched_did(*changes, SeKind::cr1, 0.9);
    const auto means = difference_in_means(changes->outcomes, SeKind::cr1, 0.9);
    ASSERT_TRUE(did && means);
    EXPECT_DOUBLE_EQ(did->effect.estimate, means->estimate);
    EXPECT_DOUBLE_EQ(did->effect.std_error, means->std_error);
    EXPECT_DOUBLE_EQ(did->percent.percent, std::expm1(means->estimate));
    EXPECT_DOUBLE_EQ(did->percent.low, std::expm1(means->ci_low));
    EXPECT_NEAR(changes->outcomes.value[0], std::log(1.1), 1e-15);
    EXPECT_EQ(changes->cohort, (std::vector<std::int32_t>{2012, 2012, 2012, 2013, 2013}));
}

TEST(MatchedDid, TheBaseYearItselfHasNoEffect) {
    const auto result = matched_did(small_panel(), small_sets(), {"sales", "", true}, {-1, -1}, SeKind::two_way, 0.95);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->effect.estimate, 0);
    EXPECT_EQ(result->effect.std_error, 0);
    EXPECT_TRUE(std::isnan(result->effect.p_value));
}

TEST(MatchedDid, AMissingYearTakesTheSetOrTheUnit) {
    // Two years on, c has no value: the whole first set goes, or c alone.
    const DidOutcome sales{"sales", "", false};
    const auto by_pair = matched_did(small_panel(), small_sets(), sales, {2, 2}, SeKind::cr0, 0.95);
    ASSERT_TRUE(by_pair);
    EXPECT_EQ(by_pair->sets, 0) << "2014 is missing for c, 2015 is outside the panel for the second set";
    EXPECT_EQ(by_pair->dropped_sets, 2);
    EXPECT_TRUE(std::isnan(by_pair->effect.estimate));
    const auto by_unit =
        matched_did(small_panel(), small_sets(), sales, {2, 2}, SeKind::cr0, 0.95, MissingOutcome::unit);
    ASSERT_TRUE(by_unit);
    EXPECT_EQ(by_unit->sets, 1);
    EXPECT_NEAR(by_unit->effect.estimate, 60 - 22, 1e-13);
}

TEST(MatchedDid, MeanOverYearsUsesTheSameYearsWithinASet) {
    const auto changes = matched_changes(small_panel(), small_sets(), {"sales", "", false}, {0, 2});
    ASSERT_TRUE(changes);
    // First set: 2012 and 2013 (c has no 2014); second: 2013 and 2014.
    EXPECT_DOUBLE_EQ(changes->outcomes.value[0], (110 + 130) / 2.0 - 100);
    EXPECT_DOUBLE_EQ(changes->outcomes.value[1], (104 + 108) / 2.0 - 100);
    EXPECT_DOUBLE_EQ(changes->outcomes.value[2], (60 + 66) / 2.0 - 50);
    EXPECT_DOUBLE_EQ(changes->outcomes.value[3], (120 + 150) / 2.0 - 100);
    EXPECT_DOUBLE_EQ(changes->after[3], 135);
    // By unit the years are the adopter's, and c, short of one of them, goes.
    const auto by_unit =
        matched_changes(small_panel(), small_sets(), {"sales", "", false}, {0, 2}, MissingOutcome::unit);
    EXPECT_DOUBLE_EQ(by_unit->outcomes.value[0], 400 / 3.0 - 100);
    EXPECT_TRUE(std::isnan(by_unit->outcomes.value[1]));
    EXPECT_DOUBLE_EQ(by_unit->outcomes.value[2], 66.0 - 50);
}

TEST(MatchedDid, LogarithmOfZeroIsMissing) {
    const std::vector<MatchedSet> sets{{0, 2012, {4}, {1}}, {1, 2013, {3}, {1}}};
    const auto result = matched_did(small_panel(), sets, {"sales", "", true}, {0, 0}, SeKind::two_way, 0.95);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->sets, 1);
    EXPECT_EQ(result->dropped_sets, 1);
    EXPECT_NEAR(result->effect.estimate, std::log(1.2) - std::log(1.1), 1e-14);
    EXPECT_TRUE(std::isnan(result->effect.std_error));
}

TEST(MatchedDid, RateIsPooledPerHundred) {
    const std::vector<MatchedSet> sets{{0, 2012, {2, 3}, {0.5, 0.5}}, {1, 2013, {3}, {1}}, {0, 2012, {4}, {1}}};
    const auto result = matched_did(small_panel(), sets, {"accidents", "employees", false}, {0, 0}, SeKind::cr0, 0.95);
    ASSERT_TRUE(result);
    EXPECT_DOUBLE_EQ(result->treated_base, 100 * (2.0 + 1 + 2) / (50 + 40 + 50));
    EXPECT_DOUBLE_EQ(result->treated_after, 100 * (1.0 + 1 + 1) / (50 + 50 + 50));
    EXPECT_DOUBLE_EQ(result->control_base, 100 * (0.5 * 1 + 0.5 * 0 + 1 + 0) / (20 + 10 + 20 + 10));
    EXPECT_DOUBLE_EQ(result->control_after, 100 * (0.5 * 1 + 0.5 * 1 + 0 + 0) / (20 + 10 + 20 + 10));
    const double effect =
        (result->treated_after - result->treated_base) - (result->control_after - result->control_base);
    EXPECT_DOUBLE_EQ(result->effect.estimate, effect);

    // The error by the delta method against numerical derivatives over the sets' weights.
    const auto with_weight = [&](std::size_t set, double factor) {
        auto changes = *matched_changes(small_panel(), sets, {"accidents", "employees", false}, {0, 0});
        for (std::size_t i = 0; i < changes.outcomes.set.size(); ++i)
            if (changes.outcomes.set[i] == static_cast<std::int32_t>(set)) changes.outcomes.weight[i] *= factor;
        return matched_did(changes, SeKind::cr0, 0.95)->effect.estimate;
    };
    double variance = 0;
    for (std::size_t set = 0; set < sets.size(); ++set) {
        const double influence = (with_weight(set, 1 + 1e-5) - with_weight(set, 1 - 1e-5)) / 2e-5;
        variance += influence * influence;
    }
    EXPECT_NEAR(result->effect.std_error, std::sqrt(variance), 1e-8);
}

TEST(MatchedDid, PercentIntervalIsTheDeltaMethod) {
    const std::vector<MatchedSet> sets{{0, 2012, {2, 3}, {0.5, 0.5}}, {1, 2013, {3}, {1}}, {0, 2013, {4}, {1}}};
    auto changes = *matched_changes(small_panel(), sets, {"sales", "", false}, {0, 0}, MissingOutcome::unit);
    const auto percent = [&](std::size_t set, double factor) {
        auto weighted = changes;
        for (std::size_t i = 0; i < weighted.outcomes.set.size(); ++i)
            if (weighted.outcomes.set[i] == static_cast<std::int32_t>(set)) weighted.outcomes.weight[i] *= factor;
        return matched_did(weighted, SeKind::cr0, 0.95)->percent.percent;
    };
    double variance = 0;
    for (std::size_t set = 0; set < sets.size(); ++set) {
        const double influence = (percent(set, 1 + 1e-5) - percent(set, 1 - 1e-5)) / 2e-5;
        variance += influence * influence;
    }
    const auto result = matched_did(changes, SeKind::cr0, 0.95);
    const double quantile = 0.95 * std::sqrt(2 / (1 - 0.95 * 0.95));  // t, .975, 2 df
    const double half_width = quantile * std::sqrt(variance);
    EXPECT_NEAR(result->percent.high - result->percent.percent, half_width, 1e-7);
    EXPECT_NEAR(result->percent.percent - result->percent.low, half_width, 1e-7);
    const auto direct = percent_of_counterfactual(changes.outcomes, changes.after, SeKind::cr0, 0.95);
    ASSERT_TRUE(direct);
    EXPECT_DOUBLE_EQ(direct->percent, result->percent.percent);
    EXPECT_DOUBLE_EQ(direct->high, result->percent.high);
}

TEST(MatchedDid, AdjustedWithoutUsefulCovariatesIsTheUnadjusted) {
    const std::vector<MatchedSet> sets{{0, 2012, {2, 3}, {0.5, 0.5}}, {1, 2013, {3}, {1}}};
    const auto changes = matched_changes(small_panel(), sets, {"sales", "", true}, {0, 0});
    const auto rows = static_cast<Eigen::Index>(changes->outcomes.value.size());
    const Eigen::MatrixXd constant = Eigen::MatrixXd::Constant(rows, 1, 7.0);
    const auto plain = matched_did(*changes, SeKind::two_way, 0.95);
    for (const Adjustment adjustment : {Adjustment::additive, Adjustment::interacted}) {
        const auto adjusted = matched_did_adjusted(*changes, constant, adjustment, SeKind::two_way, 0.95);
        ASSERT_TRUE(adjusted);
        EXPECT_NEAR(adjusted->effect.estimate, plain->effect.estimate, 1e-14);
        EXPECT_NEAR(adjusted->effect.std_error, plain->effect.std_error, 1e-14);
        EXPECT_NEAR(adjusted->percent.percent, plain->percent.percent, 1e-14);
    }
}

TEST(MatchedDid, RefusesWhatItCannotDo) {
    const auto unknown = matched_did(small_panel(), small_sets(), {"profit", "", false}, {0, 0}, SeKind::cr1, 0.95);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, "variable_unknown");
    EXPECT_EQ(unknown.error().arguments.at("name"), "profit");
    const std::vector<MatchedSet> broken{{0, 2012, {2, 3}, {1}}};
    EXPECT_EQ(matched_changes(small_panel(), broken, {"sales", "", false}, {0, 0}).error().code,
              "effects_unequal_lengths");
    const auto rate = matched_changes(small_panel(), small_sets(), {"accidents", "employees", false}, {0, 0});
    EXPECT_EQ(matched_did_adjusted(*rate, Eigen::MatrixXd(5, 0), Adjustment::additive, SeKind::cr1, 0.95).error().code,
              "effects_rate_not_adjustable");
}

}  // namespace
}  // namespace twinfirm::effects
