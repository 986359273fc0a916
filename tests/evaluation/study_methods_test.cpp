// SPDX-License-Identifier: GPL-3.0-or-later
// A study by every method: the truth within the interval, and what goes with the method in the result.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "evaluation/synthetic_study.h"
#include "twinfirm/evaluation/evaluate.h"

namespace twinfirm::evaluation {

namespace {

using design::MatchMethod;
using design::Specification;

Specification by(MatchMethod method) {
    Specification specification = synthetic_specification();
    specification.matching.method = method;
    specification.matching.caliper.reset();
    specification.matching.exact.clear();
    specification.covariates = {"log(emp)", "log(sales)"};
    specification.lags = 1;
    specification.leads = 1;
    return specification;
}

const EffectRow* headline(const Evaluation& result, const std::string& outcome, const std::string& estimator = "did") {
    for (const EffectRow& row : result.effects) {
        const bool all = row.group.breakdown.empty() && !row.event_time;
        if (all && row.outcome == outcome && row.estimator == estimator) return &row;
    }
    return nullptr;
}

void expect_truth(const Evaluation& result, const std::string& estimator, const std::string& error) {
    for (const EffectRow& row : result.effects) {
        if (row.outcome != "sales" || !row.group.breakdown.empty() || row.estimator != estimator) continue;
        EXPECT_GT(row.effect.std_error, 0) << estimator;
        EXPECT_LT(row.effect.std_error, 0.05) << estimator;
        EXPECT_NEAR(row.effect.estimate, 0.2, 4 * row.effect.std_error) << estimator;
        EXPECT_EQ(row.effect.se_kind, error);
        EXPECT_GT(row.effect.ess_control, 0);
    }
    EXPECT_NE(headline(result, "sales", estimator), nullptr) << estimator;
}

const StudyData& data() {
    static const StudyData study = synthetic_study(3000, 0.2, 5);
    return study;
}

TEST(StudyMethods, MatchedSetsFindTheTruth) {
    for (const MatchMethod method : {MatchMethod::full, MatchMethod::quick}) {
        const auto result = evaluate(by(method), data());
        ASSERT_TRUE(result) << result.error().code;
        expect_truth(*result, "did", "two-way");
        expect_truth(*result, "did_adjusted", "two-way");
        EXPECT_EQ(result->size.pairs, 0);
        EXPECT_GT(result->size.sets, 100);
        EXPECT_GT(result->cohorts[0].check.sets_checked, 0);
        EXPECT_EQ(result->cohorts[0].check.violations, 0);
        EXPECT_EQ(result->estimand, "ATT");
    }
}

TEST(StudyMethods, StrataOfCovariatesFindTheTruth) {
    Specification specification = by(MatchMethod::cem);
    const auto coarsened = evaluate(specification, data());
    ASSERT_TRUE(coarsened) << coarsened.error().code;
    expect_truth(*coarsened, "did_adjusted", "two-way");
    EXPECT_TRUE(coarsened->overlap.empty()) << "there is no score";
    EXPECT_TRUE(std::none_of(coarsened->balance.begin(), coarsened->balance.end(),
                             [](const auto& row) { return row.type == "distance"; }));

    specification = by(MatchMethod::exact);
    specification.covariates = {"size", "industry"};
    const auto exact = evaluate(specification, data());
    ASSERT_TRUE(exact) << exact.error().code;
    for (const balance::BalanceRow& row : exact->balance) EXPECT_NEAR(row.after.smd, 0, 1e-9) << row.covariate;
}

TEST(StudyMethods, SubclassesAndKernelsFindTheTruth) {
    Specification subclasses = by(MatchMethod::subclass);
    subclasses.matching.subclasses = 10;
    const auto bands = evaluate(subclasses, data());
    ASSERT_TRUE(bands) << bands.error().code;
    expect_truth(*bands, "did", "firm");
    const auto kernel = evaluate(by(MatchMethod::kernel), data());
    ASSERT_TRUE(kernel) << kernel.error().code;
    expect_truth(*kernel, "did", "firm");
    expect_truth(*kernel, "did_adjusted", "firm");
    EXPECT_GT(kernel->cohorts[0].bandwidth, 0);
    EXPECT_EQ(kernel->size.sets, 0);
}

TEST(StudyMethods, WeightsFindTheTruth) {
    for (const design::Weighting weighting :
         {design::Weighting::ipw, design::Weighting::overlap, design::Weighting::entropy, design::Weighting::cbps}) {
        Specification specification = by(MatchMethod::weighting);
        specification.matching.weighting = weighting;
        const auto result = evaluate(specification, data());
        ASSERT_TRUE(result) << result.error().code;
        expect_truth(*result, "did", "m-estimation");
        expect_truth(*result, "did_aipw", "m-estimation");
        EXPECT_EQ(result->estimand, weighting == design::Weighting::overlap ? "ATO" : "ATT");
        EXPECT_EQ(result->size.sets, 0);
        EXPECT_TRUE(std::isnan(result->cohorts[0].mean_distance));
        if (weighting == design::Weighting::ipw) continue;
        for (const balance::BalanceRow& row : result->balance) {
            if (row.type != "distance") {
                EXPECT_NEAR(row.after.smd, 0, 1e-6) << row.covariate;
            }
        }
    }
}

TEST(StudyMethods, OtherEstimands) {
    for (const MatchMethod method : {MatchMethod::full, MatchMethod::weighting, MatchMethod::subclass}) {
        for (const design::Estimand estimand : {design::Estimand::ate, design::Estimand::atc}) {
            Specification specification = by(method);
            specification.matching.estimand = estimand;
            const auto result = evaluate(specification, data());
            ASSERT_TRUE(result) << result.error().code;
            const EffectRow* row = headline(*result, "sales");
            ASSERT_NE(row, nullptr);
            EXPECT_NEAR(row->effect.estimate, 0.2, 4 * row->effect.std_error);
            EXPECT_EQ(result->estimand, estimand == design::Estimand::ate ? "ATE" : "ATC");
        }
    }
}

TEST(StudyMethods, WithoutMatchingTheTruthIsMissedAndTheRegressionFindsIt) {
    const auto result = evaluate(by(MatchMethod::none), data());
    ASSERT_TRUE(result) << result.error().code;
    const EffectRow* plain = headline(*result, "sales");
    ASSERT_NE(plain, nullptr);
    EXPECT_GT(plain->effect.estimate - 0.2, 2 * plain->effect.std_error);
    expect_truth(*result, "did_adjusted", "firm");
}

TEST(StudyMethods, WithReplacementTheErrorsOfTwoKindsAgree) {
    Specification specification = by(MatchMethod::nearest);
    specification.matching.replace = true;
    const auto clustered = evaluate(specification, data());
    ASSERT_TRUE(clustered) << clustered.error().code;
    for (const auto error :
         {design::StandardError::ai, design::StandardError::ai_homoscedastic, design::StandardError::ai_estimated}) {
        specification.effects.standard_error = error;
        const auto result = evaluate(specification, data());
        ASSERT_TRUE(result) << result.error().code;
        const EffectRow* row = headline(*result, "sales");
        ASSERT_NE(row, nullptr);
        EXPECT_EQ(row->effect.se_kind, design::standard_error_code(error));
        EXPECT_NEAR(row->effect.estimate, headline(*clustered, "sales")->effect.estimate, 1e-9);
        const double ratio = row->effect.std_error / headline(*clustered, "sales")->effect.std_error;
        EXPECT_NEAR(ratio, 1, 0.35) << design::standard_error_code(error);
        expect_truth(*result, "did_bias_corrected",
                     std::string(design::standard_error_code(
                         error == design::StandardError::ai_homoscedastic ? error : design::StandardError::ai)));
        EXPECT_EQ(headline(*result, "accidents")->effect.se_kind, "two-way") << "a rate";
    }
}

TEST(StudyMethods, ResamplingIsForPairsThatShareNobody) {
    Specification specification = by(MatchMethod::nearest);
    specification.outcomes.resize(1);
    specification.breakdowns.clear();
    specification.effects.standard_error = design::StandardError::bootstrap;
    specification.effects.replications = 199;
    const auto shared = evaluate(specification, data());
    ASSERT_FALSE(shared);
    EXPECT_EQ(shared.error().code, "study_resampling_shared_firms");

    StudyData one_year = synthetic_study(1500, 0.2, 5);
    for (int& year : one_year.panel.adoption_year) year = year == 0 ? 0 : 2015;
    specification.effects.standard_error = design::StandardError::automatic;
    const auto clustered = evaluate(specification, one_year);
    specification.effects.standard_error = design::StandardError::bootstrap;
    const auto drawn = evaluate(specification, one_year);
    ASSERT_TRUE(drawn && clustered) << drawn.error().code;
    EXPECT_NEAR(headline(*drawn, "sales")->effect.std_error / headline(*clustered, "sales")->effect.std_error, 1, 0.2);
    specification.effects.standard_error = design::StandardError::permutation;
    const auto permuted = evaluate(specification, one_year);
    ASSERT_TRUE(permuted) << permuted.error().code;
    EXPECT_LT(headline(*permuted, "sales")->effect.p_value, 0.05);
    EXPECT_TRUE(std::isnan(headline(*permuted, "sales")->effect.ci_low));
    EXPECT_EQ(headline(*permuted, "sales", "did_adjusted"), nullptr);
}

TEST(StudyMethods, GroupsOfAWeightedStudyAreComparedWithinThemselves) {
    Specification specification = by(MatchMethod::weighting);
    design::Breakdown level;
    level.key = "level";
    level.label = {"구축수준별", "By level"};
    level.variable = "level";
    level.edges = {1, 3};
    level.labels = {{"1-2", "1-2"}, {"3-4", "3-4"}};
    specification.breakdowns.push_back(level);
    for (const MatchMethod method :
         {MatchMethod::weighting, MatchMethod::kernel, MatchMethod::none, MatchMethod::subclass}) {
        specification.matching.method = method;
        const auto result = evaluate(specification, data());
        ASSERT_TRUE(result) << result.error().code;
        const std::int64_t all = headline(*result, "sales")->effect.n_treated;
        for (const char* breakdown : {"size", "industry", "level"}) {
            std::int64_t sum = 0;
            for (const EffectRow& row : result->effects) {
                if (row.outcome != "sales" || row.group.breakdown != breakdown || row.event_time) continue;
                sum += row.effect.n_treated;
                if (row.group.suppressed || method == MatchMethod::none) continue;
                EXPECT_NEAR(row.effect.estimate, 0.2, 4.5 * row.effect.std_error) << breakdown << row.group.key;
            }
            // Kernel weights reach a little further within a group, whose bandwidth is its own.
            EXPECT_NEAR(static_cast<double>(sum), static_cast<double>(all), method == MatchMethod::kernel ? 10 : 3)
                << breakdown;
        }
    }
    specification.matching.method = MatchMethod::weighting;
    specification.matching.estimand = design::Estimand::ate;
    const auto result = evaluate(specification, data());
    ASSERT_TRUE(result) << result.error().code;
    EXPECT_TRUE(std::any_of(result->messages.begin(), result->messages.end(),
                            [](const Message& m) { return m.code == "study_breakdown_adopters_only"; }));
    EXPECT_TRUE(std::none_of(result->effects.begin(), result->effects.end(),
                             [](const EffectRow& row) { return row.group.breakdown == "level"; }));
}

TEST(StudyMethods, SensitivityOfPairsAndOfWeights) {
    Specification specification = by(MatchMethod::nearest);
    specification.sensitivity.enabled = true;
    specification.sensitivity.benchmarks = {"log(emp)"};
    const auto pairs = evaluate(specification, data());
    ASSERT_TRUE(pairs) << pairs.error().code;
    ASSERT_EQ(pairs->sensitivity.size(), 1U) << "a pooled rate has none";
    const SensitivityRow& row = pairs->sensitivity[0];
    EXPECT_EQ(row.test, "signed_rank");
    EXPECT_GT(row.largest_gamma, 2) << "the effect is twice the noise";
    EXPECT_EQ(row.gammas.size(), 4U);
    EXPECT_LT(row.gammas[0].estimate_low, 0.2 + 0.05);
    EXPECT_LE(row.gammas[3].estimate_low, row.gammas[3].estimate_high);
    EXPECT_EQ(row.sets + row.sets_left_out, pairs->size.sets);
    EXPECT_GT(row.e_value, row.e_value_interval);
    EXPECT_GT(row.e_value_interval, 1);
    EXPECT_NEAR(row.regression.estimate, 0.2, 5 * row.regression.std_error);
    EXPECT_GT(row.regression.robustness_value, row.regression.robustness_value_alpha);
    ASSERT_EQ(row.regression.bounds.size(), 3U);
    EXPECT_EQ(row.regression.bounds[0].covariate, "log(emp)");

    specification.matching.method = MatchMethod::weighting;
    const auto weights = evaluate(specification, data());
    ASSERT_TRUE(weights) << weights.error().code;
    EXPECT_EQ(weights->sensitivity[0].test, "");
    EXPECT_GT(weights->sensitivity[0].e_value, 1);
    specification.matching.method = MatchMethod::full;
    const auto sets = evaluate(specification, data());
    ASSERT_TRUE(sets) << sets.error().code;
    EXPECT_EQ(sets->sensitivity[0].test, "m_statistic");
}

}  // namespace

}  // namespace twinfirm::evaluation
