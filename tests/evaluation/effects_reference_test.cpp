// SPDX-License-Identifier: GPL-3.0-or-later
// End to end, from the data to the effect by our own score, matching and standard error, against R (MatchIt 4.7.2 and
// sandwich) on the two sets without ties.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "matching/reference_cases.h"
#include "matching/reference_data.h"
#include "matching/reference_table.h"
#include "twinfirm/evaluation/single_design.h"

namespace twinfirm::evaluation {
namespace {

using reference::Case;

nlohmann::json case_json(const Case& item) {
    std::ifstream file(reference::folder() / "matchit" / item.set / (item.title() + ".json"));
    return nlohmann::json::parse(file);
}

double relative(double ours, double theirs, double scale) {
    return std::abs(ours - theirs) / scale;
}

TEST(EffectsReference, DifferenceInMeansEndToEnd) {
    double worst_estimate = 0;
    double worst_error = 0;
    int compared = 0;
    for (const Case& item : reference::matchit_cases()) {
        if (item.set != "firms_a" && item.set != "jtrain88") continue;
        const nlohmann::json expected = case_json(item);
        const nlohmann::json& dim = expected.at("effects").at("dim");
        const std::string outcome = expected.at("outcome");
        const stats::Formula formula = reference::case_formula(item.set, item.title());
        std::vector<std::string> columns = reference::variables(formula);
        columns.push_back(outcome);
        for (const std::string& exact : item.settings.exact) {
            if (std::find(columns.begin(), columns.end(), exact) == columns.end()) columns.push_back(exact);
        }
        const auto path = reference::data_path(item.set);
        const stats::Frame frame = reference::frame(path, columns);
        std::vector<std::uint8_t> treated;
        for (const double value : reference::Table(path).numbers(formula.response)) treated.push_back(value == 1);

        auto section = fit_score(frame, treated, formula.terms, item.settings, 0);
        ASSERT_TRUE(section) << item.title() << section.error().code;
        const Status matched = match_on_score(*section, frame, treated, item.settings);
        ASSERT_TRUE(matched) << item.title() << matched.error().code;
        EffectSettings settings;
        settings.missing = effects::MissingOutcome::unit;
        const auto effects = cross_section_effects(frame, *section, treated, {outcome}, {}, settings);
        ASSERT_TRUE(effects) << item.title() << effects.error().code;
        const effects::Estimate& effect = effects->front().effect;

        const double scale = std::max(std::abs(effect.estimate), effect.std_error);
        const double estimate = relative(effect.estimate, dim.at("estimate"), scale);
        EXPECT_LT(estimate, 1e-9) << item.title();
        worst_estimate = std::max(worst_estimate, estimate);
        ++compared;
        // With replacement the reference clusters by pairs and units of the long form: see the effects module's tests.
        if (item.settings.replace || !dim.contains("se_cluster_subclass")) continue;
        const double error = relative(effect.std_error, dim.at("se_cluster_subclass"), effect.std_error);
        EXPECT_LT(error, 1e-9) << item.title();
        worst_error = std::max(worst_error, error);
    }
    std::printf("%d cases, largest relative difference: estimate %.1e, clustered standard error %.1e\n", compared,
                worst_estimate, worst_error);
    EXPECT_EQ(compared, 34);
}

}  // namespace
}  // namespace twinfirm::evaluation
