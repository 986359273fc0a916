// SPDX-License-Identifier: GPL-3.0-or-later
// Errors clustered by a column asked for, and the tests that stand beside intervals of few sets or clusters.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/message_search.h"
#include "evaluation/synthetic_study.h"
#include "twinfirm/effects/permutation_test.h"
#include "twinfirm/evaluation/evaluate.h"
#include "twinfirm/evaluation/evaluation_json.h"
#include "twinfirm/evaluation/single_design.h"

namespace twinfirm::evaluation {

namespace {

using design::MatchMethod;
using design::Specification;

/// The synthetic study with the firms in provinces whose sales have shocks of their own each year.
StudyData in_provinces(std::size_t firms, std::uint64_t provinces, std::size_t without = 0) {
    StudyData data = synthetic_study(firms, 0.2, 8);
    Random random(77);
    std::vector<std::string> province;
    for (std::size_t i = 0; i < firms; ++i) {
        province.push_back(i < without ? "" : "P" + std::to_string(10 + random.below(provinces)));
    }
    std::vector<double> shock(provinces * data.panel.years());
    for (double& value : shock) value = 0.3 * random.normal();
    const std::span<const double> sales = data.panel.values("sales");
    std::vector<double> shaken(sales.begin(), sales.end());
    for (std::size_t i = 0; i < shaken.size(); ++i) {
        const std::size_t firm = i / data.panel.years();
        if (province[firm].empty()) continue;
        const auto place = static_cast<std::size_t>(std::stoi(province[firm].substr(1)) - 10);
        shaken[i] *= std::exp(shock[place * data.panel.years() + i % data.panel.years()]);
    }
    data.panel.add_variable("sales", std::move(shaken));
    data.panel.attributes().add(stats::Column::from_texts("province", province));
    return data;
}

Specification by(MatchMethod method) {
    Specification specification = synthetic_specification();
    specification.matching.method = method;
    specification.matching.caliper.reset();
    specification.matching.exact.clear();
    specification.covariates = {"log(emp)", "log(sales)"};
    specification.breakdowns.clear();
    specification.process_kpis.clear();
    specification.lags = 1;
    specification.leads = 1;
    specification.effects.replications = 199;
    return specification;
}

const EffectRow& headline(const Evaluation& result, const std::string& outcome, const std::string& estimator = "did") {
    const auto found = std::find_if(result.effects.begin(), result.effects.end(), [&](const EffectRow& row) {
        return row.group.breakdown.empty() && !row.event_time && row.outcome == outcome && row.estimator == estimator;
    });
    EXPECT_NE(found, result.effects.end()) << estimator;
    return *found;
}

TEST(StudyClusters, EveryMethodClustersByTheColumn) {
    const StudyData data = in_provinces(1500, 40);
    struct Case {
        MatchMethod method;
        std::string kind;
        std::string adjusted;
    };
    for (const Case& item : {Case{MatchMethod::nearest, "cluster-two-way", "did_adjusted"},
                             Case{MatchMethod::full, "cluster-two-way", "did_adjusted"},
                             Case{MatchMethod::kernel, "cluster-cr1", "did_adjusted"},
                             Case{MatchMethod::subclass, "cluster-cr1", "did_adjusted"},
                             Case{MatchMethod::weighting, "cluster-m-estimation", "did_aipw"}}) {
        Specification specification = by(item.method);
        const auto without = evaluate(specification, data);
        specification.effects.cluster = "province";
        const auto with = evaluate(specification, data);
        ASSERT_TRUE(with && without) << with.error().code;
        for (const std::string& estimator : {std::string("did"), item.adjusted}) {
            const effects::Estimate& effect = headline(*with, "sales", estimator).effect;
            EXPECT_EQ(effect.se_kind, item.kind) << estimator;
            EXPECT_EQ(effect.df, 39);
            EXPECT_EQ(effect.estimate, headline(*without, "sales", estimator).effect.estimate);
            EXPECT_GT(effect.std_error, 0);
            EXPECT_NE(effect.std_error, headline(*without, "sales", estimator).effect.std_error);
            EXPECT_TRUE(effect.small_sample.kind.empty());
        }
        EXPECT_EQ(headline(*with, "accidents").effect.se_kind, item.kind);
        EXPECT_EQ(with->standard_error, item.method == MatchMethod::weighting ? "m-estimation" : "cluster");
    }
}

TEST(StudyClusters, SetsWithinClustersAreClusteredOneWay) {
    Specification specification = by(MatchMethod::nearest);
    specification.matching.exact = {"province"};
    specification.effects.cluster = "province";
    specification.effects.standard_error = design::StandardError::cr0;
    const auto result = evaluate(specification, in_provinces(1500, 12));
    ASSERT_TRUE(result) << result.error().code;
    EXPECT_EQ(headline(*result, "sales").effect.se_kind, "cluster-cr0");
    EXPECT_EQ(result->standard_error, "cluster-cr0");
}

TEST(StudyClusters, FewClustersHaveTheWildBootstrapBesideTheError) {
    Specification specification = by(MatchMethod::nearest);
    specification.effects.cluster = "province";
    for (const std::uint64_t provinces : {17, 8}) {
        const auto result = evaluate(specification, in_provinces(1500, provinces));
        ASSERT_TRUE(result) << result.error().code;
        for (const char* estimator : {"did", "did_adjusted"}) {
            const EffectRow& row = headline(*result, "sales", estimator);
            EXPECT_EQ(row.effect.small_sample.kind, provinces < 12 ? "wild-webb" : "wild-rademacher");
            EXPECT_EQ(row.effect.small_sample.draws, 199U);
            EXPECT_LT(row.effect.small_sample.ci_low, row.effect.estimate);
            EXPECT_GT(row.effect.small_sample.ci_high, row.effect.estimate);
            EXPECT_TRUE(std::count(row.traps.begin(), row.traps.end(), "trap_few_clusters_by_column"));
        }
        EXPECT_TRUE(headline(*result, "accidents").effect.small_sample.kind.empty()) << "a rate";
        EXPECT_NE(evaluation_to_json(*result).find("wild-"), std::string::npos);
    }
}

TEST(StudyClusters, AFirmWithoutAValueIsAClusterOfItsOwn) {
    Specification specification = by(MatchMethod::nearest);
    specification.effects.cluster = "province";
    const auto result = evaluate(specification, in_provinces(600, 5, 100));
    ASSERT_TRUE(result) << result.error().code;
    EXPECT_EQ(count_of(result->messages, "study_cluster_missing"), 100);
    EXPECT_GT(headline(*result, "sales").effect.df, 4);
}

TEST(StudyClusters, WhatCannotBeClusteredIsRefused) {
    const StudyData data = in_provinces(300, 5);
    Specification specification = by(MatchMethod::nearest);
    specification.effects.cluster = "county";
    const auto unknown = evaluate(specification, data);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, "variable_unknown");
    specification.effects.cluster = "province";
    for (const auto error : {design::StandardError::bootstrap, design::StandardError::permutation}) {
        specification.effects.standard_error = error;
        const auto refused = evaluate(specification, data);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, "study_error_cluster");
    }
}

TEST(SmallCells, GroupsOfFewPairsHaveThePermutationTestBesideTheInterval) {
    StudyData data = synthetic_study(400, 0.2, 5);
    for (int& year : data.panel.adoption_year) year = year == 0 ? 0 : 2015;  // no non-adopter serves two years
    Specification specification = synthetic_specification();
    specification.effects.replications = 499;
    const auto result = evaluate(specification, data);
    ASSERT_TRUE(result) << result.error().code;
    int tested = 0;
    int exact = 0;
    for (const EffectRow& row : result->effects) {
        const effects::SmallSampleTest& test = row.effect.small_sample;
        const bool plain_level = row.estimator == "did" && row.outcome == "sales" && !row.group.suppressed;
        const bool few = std::isfinite(row.effect.df) && row.effect.df + 1 < 30;
        EXPECT_EQ(!test.kind.empty(), plain_level && few) << row.group.breakdown << row.group.key;
        if (test.kind.empty()) continue;
        ++tested;
        EXPECT_EQ(test.kind, "permutation");
        EXPECT_EQ(test.exact, row.effect.df + 1 <= 17);
        EXPECT_EQ(test.draws, test.exact ? std::uint64_t{1} << static_cast<unsigned>(row.effect.df + 1) : 500U);
        exact += test.exact ? 1 : 0;
        EXPECT_GT(test.p_value, 0);
        EXPECT_LE(test.p_value, 1);
        EXPECT_TRUE(std::isnan(test.ci_low));
        // Both ask the same of well-behaved numbers.
        EXPECT_NEAR(test.p_value, row.effect.p_value, 0.25);
    }
    EXPECT_GT(tested, 3);
    EXPECT_GT(exact, 0);
}

TEST(SmallCells, SetsThatShareFirmsHaveNone) {
    Specification specification = synthetic_specification();
    specification.matching.replace = true;
    const auto result = evaluate(specification, synthetic_study(150, 0.2, 5));
    ASSERT_TRUE(result) << result.error().code;
    const EffectRow& row = headline(*result, "sales");
    EXPECT_LT(row.effect.df + 1, 30);
    EXPECT_LT(row.effect.n_control, row.effect.n_treated);
    EXPECT_TRUE(row.effect.small_sample.kind.empty());
    EXPECT_FALSE(tells(result->messages, "study_cluster_missing"));
}

struct Table {
    stats::Frame frame;
    std::vector<std::uint8_t> treated;
    std::vector<std::int32_t> cluster;
};

Table one_table(std::size_t rows, std::uint64_t clusters) {
    Random random(3);
    Table table;
    std::vector<double> x;
    std::vector<double> y;
    for (std::size_t i = 0; i < rows; ++i) {
        x.push_back(random.normal());
        table.treated.push_back(random.uniform() < 1 / (1 + std::exp(1 - x[i])));
        table.cluster.push_back(static_cast<std::int32_t>(random.below(clusters)));
        y.push_back(x[i] + 0.1 * table.cluster[i] + table.treated[i] + random.normal());
    }
    table.frame = stats::Frame(rows);
    table.frame.add(stats::Column::numbers("x", x));
    table.frame.add(stats::Column::numbers("y", y));
    return table;
}

effects::Estimate effect_of(const Table& table, const design::MatchingSettings& matching, OutcomeAdjustment adjustment,
                            bool clustered) {
    const auto terms = stats::parse_formula("~ x")->terms;
    CrossSection section = fit_score(table.frame, table.treated, terms, matching, 1).value();
    const Status matched = match_on_score(section, table.frame, table.treated, matching);
    EXPECT_TRUE(matched);
    EffectSettings settings;
    settings.adjustment = adjustment;
    settings.error = standard_error_for(matching, adjustment, StandardError::automatic, false, clustered).value();
    if (clustered) settings.cluster = table.cluster;
    return cross_section_effects(table.frame, section, table.treated, {"y"}, {}, settings)->front().effect;
}

TEST(SingleClusters, EveryMethodClustersByTheColumn) {
    const Table table = one_table(400, 9);
    struct Case {
        MatchMethod method;
        bool replace;
        OutcomeAdjustment adjustment;
        std::string kind;
        std::string test;
    };
    using enum OutcomeAdjustment;
    for (const Case& item : {Case{MatchMethod::nearest, false, none, "cluster-two-way", "wild-webb"},
                             Case{MatchMethod::nearest, true, none, "cluster-two-way", "wild-webb"},
                             Case{MatchMethod::optimal, false, regression, "cluster-two-way", "wild-webb"},
                             Case{MatchMethod::full, false, none, "cluster-two-way", "wild-webb"},
                             Case{MatchMethod::kernel, false, none, "cluster-cr1", "wild-webb"},
                             Case{MatchMethod::none, false, regression, "cluster-cr1", "wild-webb"},
                             Case{MatchMethod::weighting, false, none, "cluster-m-estimation", ""},
                             Case{MatchMethod::weighting, false, aipw, "cluster-m-estimation", ""},
                             Case{MatchMethod::weighting, false, regression, "cluster-cr1", ""}}) {
        design::MatchingSettings matching;
        matching.method = item.method;
        matching.replace = item.replace;
        const effects::Estimate effect = effect_of(table, matching, item.adjustment, true);
        EXPECT_EQ(effect.se_kind, item.kind);
        EXPECT_EQ(effect.df, 8);
        EXPECT_GT(effect.std_error, 0);
        EXPECT_EQ(effect.small_sample.kind, item.test);
        EXPECT_NEAR(effect.estimate, effect_of(table, matching, item.adjustment, false).estimate, 1e-12);
    }
}

TEST(SingleClusters, FewPairsHaveThePermutationTest) {
    design::MatchingSettings matching;
    matching.caliper = 0.3;
    const effects::Estimate few = effect_of(one_table(30, 4), matching, OutcomeAdjustment::none, false);
    EXPECT_EQ(few.small_sample.kind, "permutation");
    EXPECT_TRUE(few.small_sample.exact);
    const effects::Estimate many = effect_of(one_table(400, 4), matching, OutcomeAdjustment::none, false);
    EXPECT_TRUE(many.small_sample.kind.empty());
}

TEST(SingleClusters, OtherErrorsHaveNoColumn) {
    design::MatchingSettings matching;
    const auto code = [&](OutcomeAdjustment adjustment, StandardError error) {
        const auto chosen = standard_error_for(matching, adjustment, error, false, true);
        return chosen ? std::string(standard_error_code(*chosen)) : chosen.error().code;
    };
    EXPECT_EQ(code(OutcomeAdjustment::none, StandardError::automatic), "cluster");
    EXPECT_EQ(code(OutcomeAdjustment::none, StandardError::cr1), "cluster");
    EXPECT_EQ(code(OutcomeAdjustment::none, StandardError::cr0), "cluster-cr0");
    EXPECT_EQ(code(OutcomeAdjustment::none, StandardError::hc1), "effect_options_exclusive");
    EXPECT_EQ(code(OutcomeAdjustment::none, StandardError::bootstrap), "effect_options_exclusive");
    matching.replace = true;
    EXPECT_EQ(code(OutcomeAdjustment::none, StandardError::automatic), "cluster");
    EXPECT_EQ(code(OutcomeAdjustment::none, StandardError::ai), "effect_options_exclusive");
    EXPECT_EQ(code(OutcomeAdjustment::bias, StandardError::automatic), "effect_options_exclusive");
}

}  // namespace

}  // namespace twinfirm::evaluation
