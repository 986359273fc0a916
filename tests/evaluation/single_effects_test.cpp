// SPDX-License-Identifier: GPL-3.0-or-later
// Effects of one cross-section by every adjustment and error, from the frame on.
#include <gtest/gtest.h>

#include <cmath>

#include "twinfirm/base/random.h"
#include "twinfirm/evaluation/single_design.h"

namespace twinfirm::evaluation {
namespace {

using design::Estimand;
using design::MatchingSettings;
using design::MatchMethod;

struct Table {
    stats::Frame frame;
    std::vector<std::uint8_t> treated;
    std::vector<stats::Term> terms;
};

Table draw(bool missing_outcomes = false) {
    Random random(11);
    constexpr std::size_t rows = 240;
    std::vector<double> size;
    std::vector<double> age;
    std::vector<double> outcome;
    std::vector<std::string> region;
    Table table;
    for (std::size_t i = 0; i < rows; ++i) {
        size.push_back(random.normal());
        age.push_back(static_cast<double>(random.below(20)));
        region.push_back(random.below(2) == 0 ? "north" : "south");
        const bool adopter = random.uniform() < 1 / (1 + std::exp(1.2 - 0.7 * size[i] + 0.03 * age[i]));
        table.treated.push_back(adopter);
        outcome.push_back(10 + size[i] + (adopter ? 0.5 : 0) + random.normal());
        if (missing_outcomes && random.below(10) == 0) outcome.back() = std::nan("");
    }
    table.frame = stats::Frame(rows);
    table.frame.add(stats::Column::numbers("size", size));
    table.frame.add(stats::Column::numbers("age", age));
    table.frame.add(stats::Column::numbers("y", outcome));
    table.frame.add(stats::Column::from_texts("region", region));
    table.terms = stats::parse_formula("~ size + age + region")->terms;
    return table;
}

CrossSection section_of(const Table& table, const MatchingSettings& settings) {
    CrossSection section = fit_score(table.frame, table.treated, table.terms, settings, 1).value();
    const Status matched = match_on_score(section, table.frame, table.treated, settings);
    EXPECT_TRUE(matched) << matched.error().code;
    return section;
}

EffectSettings with(StandardError error, OutcomeAdjustment adjustment = OutcomeAdjustment::none) {
    EffectSettings settings;
    settings.error = error;
    settings.adjustment = adjustment;
    return settings;
}

std::vector<SingleEffect> effects_of(const Table& table, const CrossSection& section, const EffectSettings& settings,
                                     const std::vector<std::string>& by = {}) {
    const auto effects = cross_section_effects(table.frame, section, table.treated, {"y"}, by, settings);
    EXPECT_TRUE(effects) << effects.error().code;
    return effects.value();
}

effects::Estimate effect_of(const Table& table, const CrossSection& section, const EffectSettings& settings) {
    return effects_of(table, section, settings).front().effect;
}

TEST(SingleEffects, WithReplacementTheErrorsDifferAndTheEffectDoesNot) {
    for (const bool missing : {false, true}) {
        const Table table = draw(missing);
        for (const Estimand estimand : {Estimand::att, Estimand::atc, Estimand::ate}) {
            for (const bool ties : {false, true}) {
                for (const bool covariates : {false, true}) {
                    MatchingSettings matching;
                    matching.estimand = estimand;
                    matching.replace = true;
                    matching.keep_ties = ties;
                    matching.exact = {"region"};
                    if (covariates) matching.score = design::ScoreKind::mahalanobis;
                    const CrossSection section = section_of(table, matching);
                    for (const auto rule : {effects::MissingOutcome::pair, effects::MissingOutcome::unit}) {
                        EffectSettings two_way = with(StandardError::two_way);
                        two_way.missing = rule;
                        const double expected = effect_of(table, section, two_way).estimate;
                        for (const StandardError error : {StandardError::ai, StandardError::ai_homoscedastic}) {
                            // Single units left out weigh down their sets in a plain difference in means alone.
                            if (missing && rule == effects::MissingOutcome::unit) continue;
                            EffectSettings settings = with(error);
                            settings.missing = rule;
                            const effects::Estimate ours = effect_of(table, section, settings);
                            EXPECT_NEAR(ours.estimate, expected, 1e-10);
                            EXPECT_GT(ours.std_error, 0);
                            EXPECT_EQ(ours.se_kind, standard_error_code(error));
                        }
                    }
                }
            }
        }
    }
}

TEST(SingleEffects, AnEstimatedScoreMakesTheErrorOfTheAverageEffectSmaller) {
    const Table table = draw();
    MatchingSettings matching;
    matching.replace = true;
    matching.estimand = Estimand::ate;
    const CrossSection section = section_of(table, matching);
    EffectSettings known = with(StandardError::ai);
    EffectSettings estimated = with(StandardError::ai_estimated);
    known.target = estimated.target = effects::Target::all;
    known.variance_neighbors = estimated.variance_neighbors = 1;
    const effects::Estimate first = effect_of(table, section, known);
    const effects::Estimate second = effect_of(table, section, estimated);
    EXPECT_EQ(first.estimate, second.estimate);
    EXPECT_LT(second.std_error, first.std_error);
    EXPECT_GT(second.std_error, 0.3 * first.std_error);
    EXPECT_EQ(second.se_kind, "ai-estimated");
}

TEST(SingleEffects, BiasCorrectionMovesTheEffectALittle) {
    const Table table = draw();
    MatchingSettings matching;
    matching.replace = true;
    matching.score = design::ScoreKind::mahalanobis;
    const CrossSection section = section_of(table, matching);
    const auto plain = effects_of(table, section, with(StandardError::ai)).front();
    const auto corrected = effects_of(table, section, with(StandardError::ai, OutcomeAdjustment::bias)).front();
    EXPECT_NE(plain.effect.estimate, corrected.effect.estimate);
    EXPECT_NEAR(plain.effect.estimate, corrected.effect.estimate, plain.effect.std_error);
    EXPECT_EQ(corrected.estimator, "bias_corrected");
}

TEST(SingleEffects, GroupsOfAdoptersAddUp) {
    const Table table = draw();
    MatchingSettings matching;
    matching.replace = true;
    const CrossSection section = section_of(table, matching);
    const auto effects = effects_of(table, section, with(StandardError::ai), {"region"});
    ASSERT_EQ(effects.size(), 3U);
    double sum = 0;
    for (const std::size_t group : {1U, 2U}) {
        sum += effects[group].effect.estimate * static_cast<double>(effects[group].effect.n_treated);
    }
    EXPECT_NEAR(sum / static_cast<double>(effects[0].effect.n_treated), effects[0].effect.estimate, 1e-12);
}

TEST(SingleEffects, WeightsBalanceAndAreTakenAsKnownOrAsEstimated) {
    const Table table = draw(true);
    for (const auto weighting :
         {design::Weighting::ipw, design::Weighting::overlap, design::Weighting::entropy, design::Weighting::cbps}) {
        for (const Estimand estimand : {Estimand::att, Estimand::atc, Estimand::ate}) {
            MatchingSettings matching;
            matching.method = MatchMethod::weighting;
            matching.weighting = weighting;
            matching.estimand = estimand;
            const CrossSection section = section_of(table, matching);
            double sums[2] = {0, 0};
            double units[2] = {0, 0};
            for (std::size_t i = 0; i < table.treated.size(); ++i) {
                sums[table.treated[i]] += section.sample.weight[i];
                ++units[table.treated[i]];
            }
            for (const int arm : {0, 1}) EXPECT_NEAR(sums[arm], units[arm], 1e-9);
            const auto estimated = effects_of(table, section, with(StandardError::m_estimation)).front();
            const auto known = effects_of(table, section, with(StandardError::hc0)).front();
            EXPECT_NEAR(estimated.effect.estimate, known.effect.estimate, 1e-12);
            EXPECT_NEAR(estimated.percent, known.percent, 1e-12);
            EXPECT_EQ(estimated.estimator, "weighted_difference");
            EXPECT_EQ(estimated.effect.n_treated, known.effect.n_treated);
            for (const auto adjustment : {OutcomeAdjustment::aipw, OutcomeAdjustment::ipwra}) {
                const auto doubly = effects_of(table, section, with(StandardError::m_estimation, adjustment)).front();
                EXPECT_NEAR(doubly.effect.estimate, estimated.effect.estimate, estimated.effect.std_error);
                EXPECT_EQ(doubly.estimator, adjustment_code(adjustment));
            }
        }
    }
}

TEST(SingleEffects, WeightingRefusesWhatSpeaksOfPairs) {
    const Table table = draw();
    MatchingSettings matching;
    matching.method = MatchMethod::weighting;
    CrossSection section = fit_score(table.frame, table.treated, table.terms, matching, 1).value();
    matching.caliper = 0.2;
    const Status refused = match_on_score(section, table.frame, table.treated, matching);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "setting_not_for_method");
    EXPECT_EQ(refused.error().arguments.at("setting"), "caliper");
    matching.caliper.reset();
    matching.score = design::ScoreKind::column;
    matching.score_column = "size";
    section = fit_score(table.frame, table.treated, table.terms, matching, 1).value();
    EXPECT_EQ(match_on_score(section, table.frame, table.treated, matching).error().code, "weighting_needs_score");
    matching.weighting = design::Weighting::entropy;
    EXPECT_TRUE(match_on_score(section, table.frame, table.treated, matching));
}

TEST(SingleEffects, UnitsOutsideTheCommonSupportWeighNothing) {
    const Table table = draw();
    MatchingSettings matching;
    matching.method = MatchMethod::weighting;
    for (const bool reestimate : {false, true}) {
        matching.discard = design::Discard::both;
        matching.reestimate = reestimate;
        const CrossSection section = section_of(table, matching);
        std::size_t outside = 0;
        for (std::size_t i = 0; i < table.treated.size(); ++i) {
            const bool matched = section.sample.reason[i] == matching::Reason::matched;
            outside += section.sample.reason[i] == matching::Reason::outside_support;
            EXPECT_EQ(section.sample.weight[i] > 0, matched);
        }
        EXPECT_GT(outside, 0U);
        EXPECT_GT(effect_of(table, section, with(StandardError::m_estimation)).std_error, 0);
    }
}

TEST(SingleEffects, ResamplingOfPairs) {
    const Table table = draw();
    const CrossSection section = section_of(table, {});
    const effects::Estimate clustered = effect_of(table, section, with(StandardError::cr1));
    const effects::Estimate drawn = effect_of(table, section, with(StandardError::bootstrap));
    EXPECT_NEAR(drawn.std_error, clustered.std_error, 0.15 * clustered.std_error);
    const effects::Estimate permuted = effect_of(table, section, with(StandardError::permutation));
    EXPECT_NEAR(permuted.p_value, clustered.p_value, 0.03);
    EXPECT_NEAR(permuted.estimate, clustered.estimate, 1e-10);
    const effects::Estimate adjusted =
        effect_of(table, section, with(StandardError::bootstrap, OutcomeAdjustment::regression));
    EXPECT_GT(adjusted.std_error, 0);
}

}  // namespace
}  // namespace twinfirm::evaluation
