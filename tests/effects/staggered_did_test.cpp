// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/staggered_did.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <tuple>

#include "base/message_search.h"
#include "effects/staggered_example.h"
#include "twinfirm/effects/did_aggregation.h"
#include "twinfirm/stats/formula.h"

namespace twinfirm::effects {
namespace {

/// Difference of weighted mean changes, written down again.
double difference_of_changes(const StaggeredPanel& panel, const GroupTimeEffect& effect, int base_year,
                             const StaggeredOptions& options) {
    const auto place = [&](int year) {
        return static_cast<std::size_t>(std::find(panel.times.begin(), panel.times.end(), year) - panel.times.begin());
    };
    double sums[2] = {0, 0};
    double weights[2] = {0, 0};
    for (std::size_t firm = 0; firm < panel.firms; ++firm) {
        const int group = panel.first_treated[firm];
        const bool adopter = group == effect.group;
        const int latest = std::max(effect.time, base_year) + options.anticipation;
        const bool control = group == 0 || (options.control == DidControl::not_yet && group > latest && !adopter);
        if (!adopter && !control) continue;
        const double change =
            panel.outcome[panel.at(firm, place(effect.time))] - panel.outcome[panel.at(firm, place(base_year))];
        if (std::isnan(change)) continue;
        const double weight =
            panel.weight.empty() ? 1 : panel.weight[panel.at(firm, place(std::min(effect.time, base_year)))];
        sums[adopter ? 1 : 0] += weight * change;
        weights[adopter ? 1 : 0] += weight;
    }
    return sums[1] / weights[1] - sums[0] / weights[0];
}

using Rule = std::tuple<DidControl, BasePeriod, int, bool>;
class EveryRule : public testing::TestWithParam<Rule> {};

TEST_P(EveryRule, WithoutCovariatesAnEffectIsADifferenceOfMeanChanges) {
    const auto [control, base, anticipation, gaps] = GetParam();
    ExampleOptions example;
    example.groups = {0, 2017, 2018, 2019};
    example.weights = true;
    example.gaps = gaps ? 0.1 : 0;
    const StaggeredPanel panel = example_panel(example);
    StaggeredOptions options;
    options.control = control;
    options.base = base;
    options.anticipation = anticipation;
    options.use = gaps ? PanelUse::pairs : PanelUse::balanced;
    for (const DidEstimator estimator : {DidEstimator::doubly_robust, DidEstimator::regression, DidEstimator::ipw}) {
        options.estimator = estimator;
        const auto did = estimate_staggered_did(panel, options);
        ASSERT_TRUE(did) << did.error().code;
        EXPECT_EQ(did->effects.size(), 3U * (base == BasePeriod::universal ? 5 : 4));
        for (const GroupTimeEffect& effect : did->effects) {
            const int before = effect.group - 1 - anticipation;
            const int base_year =
                base == BasePeriod::universal || effect.time >= effect.group ? before : effect.time - 1;
            EXPECT_EQ(effect.reference, base_year == effect.time);
            if (effect.reference) {
                EXPECT_EQ(effect.att, 0);
                continue;
            }
            EXPECT_NEAR(effect.att, difference_of_changes(panel, effect, base_year, options), 1e-12);
            EXPECT_GT(effect.std_error, 0);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Did, EveryRule,
                         testing::Combine(testing::Values(DidControl::never, DidControl::not_yet),
                                          testing::Values(BasePeriod::varying, BasePeriod::universal),
                                          testing::Values(0, 1), testing::Bool()));

class EveryEstimator : public testing::TestWithParam<DidEstimator> {};

/// The jackknife knows nothing of influence functions.
TEST_P(EveryEstimator, AnalyticErrorsAreThoseOfTheJackknife) {
    ExampleOptions example;
    example.firms = 240;
    example.covariate = true;
    example.weights = true;
    const StaggeredPanel panel = example_panel(example);
    StaggeredOptions options;
    options.estimator = GetParam();
    options.threads = 1;
    const auto simple = [&](const StaggeredPanel& data) {
        const auto did = estimate_staggered_did(data, options).value();
        return aggregate_did(did, DidAggregation::simple).value().overall;
    };
    const DidEstimate whole = simple(panel);
    double sum = 0;
    double squares = 0;
    for (std::size_t firm = 0; firm < panel.firms; ++firm) {
        const double att = simple(without_firm(panel, firm)).att;
        sum += att;
        squares += att * att;
    }
    const auto n = static_cast<double>(panel.firms);
    const double jackknife = std::sqrt((n - 1) / n * (squares - sum * sum / n));
    EXPECT_NEAR(whole.std_error / jackknife, 1, 0.07);
    EXPECT_NEAR(whole.att, 1, 4 * whole.std_error);
}

INSTANTIATE_TEST_SUITE_P(Did, EveryEstimator,
                         testing::Values(DidEstimator::doubly_robust, DidEstimator::regression, DidEstimator::ipw));

TEST(StaggeredDid, TrendsThatDependOnACovariateBiasWhatIgnoresIt) {
    ExampleOptions example;
    example.firms = 4000;
    example.covariate = true;
    StaggeredPanel panel = example_panel(example);
    for (const DidEstimator estimator : {DidEstimator::doubly_robust, DidEstimator::regression, DidEstimator::ipw}) {
        StaggeredOptions options;
        options.estimator = estimator;
        const auto did = estimate_staggered_did(panel, options).value();
        const auto overall = aggregate_did(did, DidAggregation::simple).value().overall;
        EXPECT_NEAR(overall.att, 1, 4 * overall.std_error);
    }
    panel.covariates = {};
    panel.covariate_row.clear();
    const auto naive = estimate_staggered_did(panel, {}).value();
    EXPECT_GT(aggregate_did(naive, DidAggregation::simple).value().overall.att, 1.2);
}

TEST(StaggeredDid, ErrorsAreSummedOverClusters) {
    ExampleOptions example;
    example.clusters = 40;
    const StaggeredPanel panel = example_panel(example);
    StaggeredPanel alone = panel;
    alone.cluster.clear();
    const auto clustered = estimate_staggered_did(panel, {}).value();
    const auto firms = estimate_staggered_did(alone, {}).value();
    EXPECT_EQ(clustered.clusters, 40U);
    for (std::size_t c = 0; c < firms.effects.size(); ++c) {
        std::vector<double> sums(40, 0);
        for (std::size_t firm = 0; firm < panel.firms; ++firm)
            sums[static_cast<std::size_t>(panel.cluster[firm])] += firms.influence[c * firms.clusters + firm];
        double variance = 0;
        for (const double sum : sums) variance += sum * sum;
        EXPECT_EQ(clustered.effects[c].att, firms.effects[c].att);
        EXPECT_NEAR(clustered.effects[c].std_error, std::sqrt(variance), 1e-12);
    }
}

TEST(StaggeredDid, ThreadsChangeNoBit) {
    ExampleOptions example;
    example.covariate = true;
    const StaggeredPanel panel = example_panel(example);
    StaggeredOptions options;
    options.threads = 1;
    const auto one = estimate_staggered_did(panel, options).value();
    options.threads = 4;
    const auto four = estimate_staggered_did(panel, options).value();
    EXPECT_EQ(one.influence, four.influence);
    EXPECT_EQ(one.covariance, four.covariance);
}

TEST(StaggeredDid, WithoutNeverTreatedTheLastGroupIsTheControl) {
    ExampleOptions example;
    example.groups = {2019, 2017, 2018};
    const StaggeredPanel panel = example_panel(example);
    EXPECT_EQ(estimate_staggered_did(panel, {}).error().code, "did_no_never_treated");
    StaggeredOptions options;
    options.control = DidControl::not_yet;
    const auto did = estimate_staggered_did(panel, options);
    ASSERT_TRUE(did) << did.error().code;
    EXPECT_TRUE(tells(did->messages, "did_last_group_as_control"));
    EXPECT_EQ(did->times.back(), 2018);
    EXPECT_EQ(did->groups, (std::vector<int>{2017, 2018}));
}

TEST(StaggeredDid, FirmsTreatedFromTheStartAndAfterTheEnd) {
    ExampleOptions example;
    StaggeredPanel panel = example_panel(example);
    const auto before = estimate_staggered_did(panel, {}).value();
    // Adoption after the panel is no adoption within it.
    for (int& group : panel.first_treated)
        if (group == 0) group = 2020;
    const auto later = estimate_staggered_did(panel, {}).value();
    EXPECT_EQ(later.influence, before.influence);
    for (std::size_t firm = 0; firm < 7; ++firm) panel.first_treated[firm] = 2015;
    const auto did = estimate_staggered_did(panel, {}).value();
    EXPECT_EQ(did.firms, panel.firms - 7);
    ASSERT_TRUE(tells(did.messages, "did_treated_from_start"));
    EXPECT_EQ(did.messages[0].count, 7);
}

TEST(StaggeredDid, GapsAreCountedOrUsedByPairsOfYears) {
    ExampleOptions example;
    example.gaps = 0.15;
    const StaggeredPanel panel = example_panel(example);
    const auto balanced = estimate_staggered_did(panel, {}).value();
    EXPECT_TRUE(tells(balanced.messages, "did_unbalanced"));
    EXPECT_LT(balanced.firms, 120U);
    StaggeredOptions options;
    options.use = PanelUse::pairs;
    const auto pairs = estimate_staggered_did(panel, options).value();
    EXPECT_EQ(pairs.firms, panel.firms);
    for (std::size_t c = 0; c < pairs.effects.size(); ++c)
        EXPECT_GT(pairs.effects[c].n_control, balanced.effects[c].n_control);
    EXPECT_LT(aggregate_did(pairs, DidAggregation::simple)->overall.std_error,
              aggregate_did(balanced, DidAggregation::simple)->overall.std_error);
}

TEST(StaggeredDid, WhatCannotBeEstimatedIsNamed) {
    StaggeredPanel panel = example_panel();
    StaggeredPanel nobody = panel;
    for (int& group : nobody.first_treated) group = 0;
    EXPECT_EQ(estimate_staggered_did(nobody, {}).error().code, "did_no_groups");
    StaggeredPanel single = panel;
    for (int& group : single.first_treated)
        if (group == 2018) group = 0;
    single.first_treated[3] = 2018;
    const auto too_small = estimate_staggered_did(single, {});
    ASSERT_FALSE(too_small);
    EXPECT_EQ(too_small.error().code, "did_group_too_small");
    EXPECT_EQ(too_small.error().arguments.at("group"), "2018");
    single.first_treated[4] = 2018;
    EXPECT_TRUE(tells(estimate_staggered_did(single, {})->messages, "did_small_group"));
    ExampleOptions one;
    one.times = {2017};
    EXPECT_EQ(estimate_staggered_did(example_panel(one), {}).error().code, "did_one_year");
}

TEST(StaggeredDid, ALevelThatNoControlHasIsNamed) {
    ExampleOptions example;
    example.covariate = true;
    StaggeredPanel panel = example_panel(example);
    panel.covariates.terms[1] = "region남부";
    for (std::size_t firm = 0; firm < panel.firms; ++firm)
        panel.covariates.x(static_cast<Eigen::Index>(firm), 1) =
            panel.first_treated[firm] == 2017 && firm % 2 == 0 ? 1 : 0;
    StaggeredOptions options;
    options.estimator = DidEstimator::regression;
    const auto did = estimate_staggered_did(panel, options);
    ASSERT_TRUE(did);
    EXPECT_TRUE(tells(did->messages, "did_not_estimable"));
    const auto named = std::find_if(did->messages.begin(), did->messages.end(),
                                    [](const Message& m) { return m.code == "did_singular_design"; });
    ASSERT_NE(named, did->messages.end());
    EXPECT_EQ(named->arguments.at("covariates"), "region남부");
    for (const GroupTimeEffect& effect : did->effects) EXPECT_EQ(std::isnan(effect.att), effect.group == 2017);
    EXPECT_GT(aggregate_did(*did, DidAggregation::simple)->left_out, 0);
}

TEST(StaggeredDid, APlaceboTwoYearsEarlierFindsNothing) {
    ExampleOptions example;
    example.firms = 3000;
    example.effect = 5;
    const StaggeredPanel placebo = placebo_panel(example_panel(example), 2);
    StaggeredOptions options;
    options.use = PanelUse::pairs;
    const auto did = estimate_staggered_did(placebo, options);
    ASSERT_TRUE(did) << did.error().code;
    const auto overall = aggregate_did(*did, DidAggregation::simple).value().overall;
    EXPECT_NEAR(overall.att, 0, 4 * overall.std_error);
    EXPECT_LT(overall.std_error, 0.2);
    for (const GroupTimeEffect& effect : did->effects)
        EXPECT_TRUE(std::isnan(effect.att) || effect.time < effect.group + 2);
}

struct Rows {
    std::vector<double> outcome;
    stats::Column firm = stats::Column::numbers("id", {});
    LongRows rows;
};

Rows long_rows() {
    Rows data;
    data.firm = stats::Column::from_texts("id", {"b", "a", "b", "a", "c", "c"});
    data.rows.time = {2016, 2015, 2015, 2016, 2015, 2016};
    data.rows.first_treated = {0, 2016, 0, 2016, 2016, 2016};
    data.outcome = {4, 1, 3, 7, 2, 9};
    return data;
}

Result<StaggeredPanel> build(Rows& data) {
    data.rows.firm = &data.firm;
    data.rows.outcome = data.outcome;
    return build_staggered_panel(data.rows);
}

TEST(StaggeredPanel, FirmsStandInTheOrderOfTheirIds) {
    Rows data = long_rows();
    const auto panel = build(data);
    ASSERT_TRUE(panel);
    EXPECT_EQ(panel->times, (std::vector<int>{2015, 2016}));
    EXPECT_EQ(panel->first_treated, (std::vector<int>{2016, 0, 2016}));
    EXPECT_EQ(panel->outcome, (std::vector<double>{1, 7, 3, 4, 2, 9}));
}

TEST(StaggeredPanel, RowsThatContradictEachOtherAreNamed) {
    Rows repeated = long_rows();
    repeated.rows.time[2] = 2016;
    EXPECT_EQ(build(repeated).error().code, "did_rows_repeated");
    EXPECT_EQ(build(repeated).error().arguments.at("second"), "3");
    Rows varies = long_rows();
    varies.rows.first_treated[3] = 0;
    EXPECT_EQ(build(varies).error().code, "did_first_treated_varies");
    Rows weight = long_rows();
    const std::vector<double> weights{1, 1, -1, 1, 1, 1};
    weight.rows.weight = weights;
    EXPECT_EQ(build(weight).error().code, "did_weight_value");
    EXPECT_EQ(build(weight).error().arguments.at("row"), "3");
    Rows none;
    EXPECT_EQ(build(none).error().code, "did_no_rows");
}

TEST(StaggeredPanel, RowsWithoutAYearAreCounted) {
    Rows data = long_rows();
    data.rows.time[0] = no_year;
    const auto panel = build(data);
    ASSERT_TRUE(panel);
    EXPECT_FALSE(panel->observed(1, 1));
    ASSERT_EQ(panel->messages.size(), 1U);
    EXPECT_EQ(panel->messages[0].count, 1);
}

TEST(StaggeredDid, SharesOfGroupsCountTheWeightOfAFirmsFirstYear) {
    ExampleOptions example;
    example.weights = true;
    StaggeredPanel panel = example_panel(example);
    for (std::size_t firm = 0; firm < panel.firms; ++firm) {
        for (std::size_t time = 0; time < panel.times.size(); ++time)
            panel.weight[panel.at(firm, time)] += 0.1 * static_cast<double>(time);
    }
    for (std::size_t firm = 0; firm < 60; ++firm) panel.outcome[panel.at(firm, 0)] = std::nan("");
    StaggeredOptions options;
    options.use = PanelUse::pairs;
    const auto did = estimate_staggered_did(panel, options);
    ASSERT_TRUE(did) << did.error().code;
    double total = 0;
    std::map<int, double> of_group;
    for (std::size_t firm = 0; firm < panel.firms; ++firm) {
        const double weight = panel.weight[panel.at(firm, firm < 60 ? 1 : 0)];
        total += weight;
        of_group[panel.first_treated[firm]] += weight;
    }
    ASSERT_EQ(did->groups.size(), 2);
    for (std::size_t g = 0; g < 2; ++g) {
        EXPECT_NEAR(did->group_share[g], of_group[did->groups[g]] / total, 1e-12);
    }
}

}  // namespace
}  // namespace twinfirm::effects
