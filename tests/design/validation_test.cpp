// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "twinfirm/base/message_catalogue.h"
#include "twinfirm/design/specification.h"

namespace twinfirm::design {
namespace {

using S = Specification;

Specification recommended() {
    return preset("recommended").value();
}

void expect_one_error(const std::function<void(Specification&)>& spoil, const std::string& code,
                      const std::string& key) {
    Specification specification = recommended();
    spoil(specification);
    const Validation validation = validate(specification);
    ASSERT_EQ(validation.errors.size(), 1U) << code;
    const Error& error = validation.errors[0];
    EXPECT_EQ(error.kind, ErrorKind::usage);
    EXPECT_EQ(error.code, code);
    EXPECT_EQ(error.arguments.at("key"), key);
    for (const Language language : {Language::korean, Language::english}) {
        const MessageCatalogue catalogue(language);
        EXPECT_NE(catalogue.text(error), code);
        EXPECT_EQ(catalogue.text(error).find('{'), std::string::npos) << catalogue.text(error);
        EXPECT_FALSE(catalogue.hint(error).empty());
    }
}

bool warns(const Specification& specification, const std::string& code) {
    const Messages warnings = validate(specification).warnings;
    return std::any_of(warnings.begin(), warnings.end(), [&](const Message& m) { return m.code == code; });
}

TEST(Validation, PresetsHaveNoErrors) {
    for (const char* name : {"basic", "recommended"}) {
        const Validation validation = validate(preset(name).value());
        EXPECT_TRUE(validation.errors.empty());
        for (const Message& message : validation.warnings) {
            EXPECT_TRUE(message.severity == Severity::info || message.code == "outcome_in_score") << message.code;
        }
    }
}

TEST(Validation, NamesEachFault) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    expect_one_error([](S& s) { s.covariates.clear(); }, "specification_empty", "/covariates");
    expect_one_error([](S& s) { s.covariates.push_back(" log( emp )"); }, "specification_duplicate", "/covariates/5");
    expect_one_error([](S& s) { s.covariates.push_back("exporter:level"); }, "covariate_after_adoption",
                     "/covariates/5");
    expect_one_error([](S& s) { s.covariates.push_back("`adopt_year`"); }, "covariate_after_adoption", "/covariates/5");
    expect_one_error([](S& s) { s.matching.caliper = 0.0; }, "specification_not_positive", "/matching/caliper");
    expect_one_error([&](S& s) { s.matching.caliper = nan; }, "specification_not_positive", "/matching/caliper");
    expect_one_error([](S& s) { s.matching.ratio = 0; }, "specification_range", "/matching/ratio");
    expect_one_error([](S& s) { s.matching.exact = {"size", "size"}; }, "specification_duplicate", "/matching/exact/1");
    expect_one_error([](S& s) { s.matching.exact = {"level"}; }, "covariate_after_adoption", "/matching/exact/0");
    expect_one_error([](S& s) { s.outcomes[1].key = "sales"; }, "specification_duplicate", "/outcomes/1/key");
    expect_one_error([](S& s) { s.process_kpis[0].key = "sales"; }, "specification_duplicate", "/process_kpis/0/key");
    expect_one_error([](S& s) { s.outcomes[0].unit_scale = -1; }, "specification_not_positive",
                     "/outcomes/0/unit_scale");
    expect_one_error([](S& s) { s.outcomes[3].denominator.clear(); }, "denominator_missing", "/outcomes/3/denominator");
    expect_one_error([](S& s) { s.outcomes[0].denominator = "emp"; }, "denominator_unused", "/outcomes/0/denominator");
    expect_one_error([](S& s) { s.process_kpis[1].after = s.process_kpis[1].before; }, "specification_duplicate",
                     "/process_kpis/1/after");
    expect_one_error([](S& s) { s.breakdowns[0].edges[2] = 10; }, "edges_not_ascending", "/breakdowns/0/edges/2");
    expect_one_error([](S& s) { s.breakdowns[0].labels.pop_back(); }, "label_count", "/breakdowns/0/labels");
    expect_one_error([](S& s) { s.breakdowns[0].values = {"a"}; }, "bands_and_categories", "/breakdowns/0");
    expect_one_error([](S& s) { s.breakdowns[1].key = "size"; }, "specification_duplicate", "/breakdowns/1/key");
    expect_one_error([](S& s) { s.breakdowns[2].label.en.clear(); }, "specification_empty", "/breakdowns/2/label/en");
    expect_one_error([](S& s) { s.leads = 0; }, "specification_range", "/leads");
    expect_one_error([](S& s) { s.lags = -1; }, "specification_range", "/lags");
    expect_one_error([](S& s) { s.confidence_level = 1; }, "confidence_level_range", "/confidence_level");
    expect_one_error([&](S& s) { s.confidence_level = nan; }, "confidence_level_range", "/confidence_level");
    expect_one_error([](S& s) { s.minimum_cell = 0; }, "specification_range", "/minimum_cell");
    expect_one_error([](S& s) { s.roles.year.clear(); }, "specification_empty", "/roles/year");
    expect_one_error([](S& s) { s.roles.adoption_key = "brn"; }, "role_key_without_table", "/roles/adoption_key");
}

TEST(Validation, EveryMethodGoesWithItsOwnSettings) {
    for (const MatchMethod method :
         {MatchMethod::nearest, MatchMethod::optimal, MatchMethod::full, MatchMethod::quick, MatchMethod::subclass,
          MatchMethod::cem, MatchMethod::exact, MatchMethod::kernel, MatchMethod::weighting, MatchMethod::none}) {
        Specification specification = preset("basic").value();
        specification.matching.method = method;
        EXPECT_TRUE(validate(specification).errors.empty()) << method_code(method);
        EXPECT_EQ(effect_design(specification.matching) == EffectDesign::pairs, warns(specification, "caliper_absent"));
    }
}

TEST(Validation, WhatAMethodCannotDoIsNamed) {
    const auto only_score = [](S& s, MatchMethod method) {
        s.matching.method = method;
        s.matching.caliper.reset();
        s.matching.exact.clear();
    };
    expect_one_error(
        [&](S& s) {
            only_score(s, MatchMethod::weighting);
            s.matching.caliper = 0.2;
        },
        "study_setting_method", "/matching/caliper");
    expect_one_error(
        [&](S& s) {
            only_score(s, MatchMethod::subclass);
            s.matching.exact = {"size"};
        },
        "study_setting_method", "/matching/exact");
    expect_one_error(
        [&](S& s) {
            only_score(s, MatchMethod::kernel);
            s.matching.ratio = 2;
        },
        "study_setting_method", "/matching/ratio");
    expect_one_error(
        [&](S& s) {
            only_score(s, MatchMethod::full);
            s.matching.replace = true;
        },
        "study_setting_method", "/matching/replace");
    expect_one_error(
        [&](S& s) {
            only_score(s, MatchMethod::weighting);
            s.matching.score = ScoreKind::mahalanobis;
        },
        "weighting_needs_score", "/matching/score");
    expect_one_error([](S& s) { s.matching.estimand = Estimand::ate; }, "study_estimand_method", "/matching/estimand");
    expect_one_error([](S& s) { s.effects.adjustment = OutcomeAdjustment::aipw; }, "study_adjustment_method",
                     "/effects/adjustment");
    expect_one_error([](S& s) { s.effects.standard_error = StandardError::m_estimation; }, "study_error_method",
                     "/effects/standard_error");
    expect_one_error(
        [](S& s) {
            s.effects.standard_error = StandardError::permutation;
            s.effects.adjustment = OutcomeAdjustment::regression;
        },
        "study_error_adjustment", "/effects/standard_error");
    expect_one_error(
        [](S& s) {
            s.matching.replace = true;
            s.effects.standard_error = StandardError::ai_estimated;
        },
        "study_error_estimated_score", "/effects/standard_error");
    expect_one_error([](S& s) { s.effects.replications = 3; }, "specification_range", "/effects/replications");
    expect_one_error([](S& s) { s.sensitivity.gammas = {1, 0.5}; }, "study_gamma", "/sensitivity/gammas/1");
    expect_one_error([](S& s) { s.sensitivity.outcomes = {"profit"}; }, "study_outcome_unknown",
                     "/sensitivity/outcomes/0");
}

TEST(Validation, DefaultErrorsGoWithTheMethod) {
    const auto choice = [](MatchMethod method, bool replace, EffectSettings effects = {}) {
        MatchingSettings matching;
        matching.method = method;
        matching.replace = replace;
        return effect_choice(matching, effects).value();
    };
    EXPECT_EQ(choice(MatchMethod::nearest, false).error, StandardError::two_way);
    EXPECT_EQ(choice(MatchMethod::nearest, true).error, StandardError::two_way);
    EXPECT_EQ(choice(MatchMethod::nearest, true, {OutcomeAdjustment::bias, StandardError::automatic}).error,
              StandardError::ai);
    EXPECT_EQ(choice(MatchMethod::nearest, true, {OutcomeAdjustment::automatic, StandardError::ai}).adjustment,
              OutcomeAdjustment::bias);
    EXPECT_EQ(choice(MatchMethod::cem, false).error, StandardError::two_way);
    EXPECT_EQ(choice(MatchMethod::subclass, false).error, StandardError::firm);
    EXPECT_EQ(choice(MatchMethod::none, false).error, StandardError::firm);
    EXPECT_EQ(choice(MatchMethod::weighting, false).error, StandardError::m_estimation);
    EXPECT_EQ(choice(MatchMethod::weighting, false).adjustment, OutcomeAdjustment::aipw);
}

TEST(Validation, WarnsOfWhatMisleads) {
    Specification specification = recommended();
    EXPECT_TRUE(warns(specification, "outcome_in_score"));
    EXPECT_TRUE(warns(specification, "breakdown_on_outcome"));
    EXPECT_FALSE(warns(specification, "caliper_absent"));
    EXPECT_TRUE(warns(preset("basic").value(), "caliper_absent"));
    specification.covariates = {"sales_growth", "firm_age"};
    specification.breakdowns = {specification.breakdowns[2]};
    EXPECT_FALSE(warns(specification, "outcome_in_score"));
    EXPECT_FALSE(warns(specification, "breakdown_on_outcome"));
    EXPECT_TRUE(warns(specification, "study_benchmark_unknown")) << "the presets' benchmarks are no covariates here";
    specification.minimum_cell = 1;
    EXPECT_TRUE(warns(specification, "minimum_cell_small"));
    specification.roles.survey_table.clear();
    EXPECT_TRUE(warns(specification, "process_kpis_without_survey"));
    specification.roles.crosswalk_table = "mapping";
    EXPECT_TRUE(warns(specification, "crosswalk_not_used"));
    specification.roles.panel_key = "brn";
    EXPECT_FALSE(warns(specification, "crosswalk_not_used"));
}

TEST(Validation, AFunctionNameIsNoColumn) {
    Specification specification = recommended();
    specification.outcomes[0].variable = "log";
    specification.covariates = {"log (assets)", "I(firm_age^2)"};
    EXPECT_FALSE(warns(specification, "outcome_in_score"));
}

}  // namespace
}  // namespace twinfirm::design
