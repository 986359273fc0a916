// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/effect_choice.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <tuple>

namespace twinfirm::evaluation {
namespace {

using design::MatchingSettings;
using design::MatchMethod;

constexpr OutcomeAdjustment adjustments[] = {OutcomeAdjustment::none, OutcomeAdjustment::regression,
                                             OutcomeAdjustment::bias, OutcomeAdjustment::aipw,
                                             OutcomeAdjustment::ipwra};
constexpr StandardError errors[] = {StandardError::cr0,
                                    StandardError::cr1,
                                    StandardError::two_way,
                                    StandardError::ai,
                                    StandardError::ai_homoscedastic,
                                    StandardError::ai_estimated,
                                    StandardError::hc0,
                                    StandardError::hc1,
                                    StandardError::hc3,
                                    StandardError::m_estimation,
                                    StandardError::bootstrap,
                                    StandardError::permutation};

MatchingSettings settings_of(MatchMethod method, bool replace = false) {
    MatchingSettings settings;
    settings.method = method;
    settings.replace = replace;
    return settings;
}

std::set<std::string> allowed(const MatchingSettings& settings) {
    std::set<std::string> names;
    for (const OutcomeAdjustment adjustment : adjustments) {
        for (const StandardError error : errors) {
            if (!standard_error_for(settings, adjustment, error, false)) continue;
            names.insert(std::string(adjustment_code(adjustment)) + " " + std::string(standard_error_code(error)));
        }
    }
    return names;
}

TEST(EffectChoice, WhatHoldsTogether) {
    const std::set<std::string> pairs = {
        "none cr0",       "none cr1",       "none two-way",       "none hc0",       "none hc1",
        "none hc3",       "none bootstrap", "none permutation",   "regression cr0", "regression cr1",
        "regression hc0", "regression hc1", "regression two-way", "regression hc3", "regression bootstrap"};
    EXPECT_EQ(allowed(settings_of(MatchMethod::nearest)), pairs);
    EXPECT_EQ(allowed(settings_of(MatchMethod::optimal)), pairs);
    const std::set<std::string> replacement = {"none cr0",
                                               "none cr1",
                                               "none two-way",
                                               "none hc0",
                                               "none hc1",
                                               "none hc3",
                                               "none ai",
                                               "none ai-homoscedastic",
                                               "none ai-estimated",
                                               "regression cr0",
                                               "regression cr1",
                                               "regression two-way",
                                               "regression hc0",
                                               "regression hc1",
                                               "regression hc3",
                                               "bias ai",
                                               "bias ai-homoscedastic"};
    EXPECT_EQ(allowed(settings_of(MatchMethod::nearest, true)), replacement);
    const std::set<std::string> weights = {"none hc0",          "none hc1",          "none hc3",
                                           "none m-estimation", "regression hc0",    "regression hc1",
                                           "regression hc3",    "aipw m-estimation", "ipwra m-estimation"};
    EXPECT_EQ(allowed(settings_of(MatchMethod::weighting)), weights);
}

TEST(EffectChoice, AutomaticIsOneOfThemForEveryAdjustmentThatIsThere) {
    for (const MatchMethod method : {MatchMethod::nearest, MatchMethod::optimal, MatchMethod::full,
                                     MatchMethod::subclass, MatchMethod::weighting}) {
        for (const bool replace : {false, true}) {
            if (replace && method != MatchMethod::nearest) continue;
            for (const OutcomeAdjustment adjustment : adjustments) {
                const auto chosen =
                    standard_error_for(settings_of(method, replace), adjustment, StandardError::automatic, true);
                if (!chosen) continue;
                EXPECT_EQ(standard_error_for(settings_of(method, replace), adjustment, *chosen, true), *chosen);
            }
        }
    }
    const auto automatic = [](const MatchingSettings& settings, OutcomeAdjustment adjustment) {
        return *standard_error_for(settings, adjustment, StandardError::automatic, false);
    };
    EXPECT_EQ(automatic(settings_of(MatchMethod::nearest), OutcomeAdjustment::none), StandardError::cr1);
    EXPECT_EQ(automatic(settings_of(MatchMethod::nearest, true), OutcomeAdjustment::none), StandardError::ai);
    EXPECT_EQ(automatic(settings_of(MatchMethod::nearest, true), OutcomeAdjustment::regression),
              StandardError::two_way);
    EXPECT_EQ(automatic(settings_of(MatchMethod::weighting), OutcomeAdjustment::aipw), StandardError::m_estimation);
}

TEST(EffectChoice, WhatDoesNotIsNamed) {
    const auto code = [](const MatchingSettings& settings, OutcomeAdjustment adjustment, StandardError error,
                         bool by_group = false) {
        const auto refused = standard_error_for(settings, adjustment, error, by_group);
        EXPECT_FALSE(refused);
        EXPECT_TRUE(refused || refused.error().kind == ErrorKind::usage);
        return refused ? std::string() : refused.error().code;
    };
    const MatchingSettings pairs = settings_of(MatchMethod::nearest);
    const MatchingSettings replacement = settings_of(MatchMethod::nearest, true);
    EXPECT_EQ(code(pairs, OutcomeAdjustment::none, StandardError::ai), "effect_needs_replacement");
    EXPECT_EQ(code(pairs, OutcomeAdjustment::bias, StandardError::automatic), "effect_needs_replacement");
    EXPECT_EQ(code(pairs, OutcomeAdjustment::aipw, StandardError::automatic), "effect_needs_weighting");
    EXPECT_EQ(code(pairs, OutcomeAdjustment::none, StandardError::m_estimation), "effect_needs_weighting");
    EXPECT_EQ(code(replacement, OutcomeAdjustment::none, StandardError::bootstrap), "bootstrap_with_replacement");
    EXPECT_EQ(code(replacement, OutcomeAdjustment::none, StandardError::permutation), "permutation_with_replacement");
    EXPECT_EQ(code(replacement, OutcomeAdjustment::bias, StandardError::cr1), "effect_options_exclusive");
    EXPECT_EQ(code(replacement, OutcomeAdjustment::none, StandardError::ai_estimated, true),
              "effect_options_exclusive");
    EXPECT_EQ(code(settings_of(MatchMethod::weighting), OutcomeAdjustment::none, StandardError::cr1),
              "effect_options_exclusive");
    MatchingSettings limited = replacement;
    limited.caliper = 0.2;
    EXPECT_EQ(code(limited, OutcomeAdjustment::none, StandardError::ai_estimated), "ai_estimated_design");
    limited = replacement;
    limited.score = design::ScoreKind::probit;
    EXPECT_EQ(code(limited, OutcomeAdjustment::none, StandardError::ai_estimated), "ai_estimated_design");
}

}  // namespace
}  // namespace twinfirm::evaluation
