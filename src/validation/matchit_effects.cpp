// SPDX-License-Identifier: GPL-3.0-or-later
// Effects of the reference's own matched sets against R's lm and sandwich::vcovCL.
#include <algorithm>
#include <cmath>
#include <map>

#include "matched_outcomes.h"
#include "matchit_steps.h"
#include "run.h"
#include "twinfirm/effects/regression_adjusted.h"

namespace twinfirm::validation {

namespace {

using effects::SeKind;

effects::Target target_of(const std::string& estimand) {
    if (estimand == "ATT") return effects::Target::adopters;
    return estimand == "ATC" ? effects::Target::non_adopters : effects::Target::all;
}

/// The covariates adjusted for, of the sample's rows.
Eigen::MatrixXd covariates_of(const MatchItFiles& files, const std::vector<std::size_t>& rows) {
    std::string formula = "~ ";
    for (const std::string name : files.json.at("covariates_for_adjustment")) {
        formula += (formula.size() > 2 ? " + " : "") + name;
    }
    const stats::DesignMatrix design = design_of(files.data, value_of(stats::parse_formula(formula)));
    Eigen::MatrixXd covariates(static_cast<Eigen::Index>(rows.size()), design.x.cols() - 1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        covariates.row(static_cast<Eigen::Index>(i)) =
            design.x.row(static_cast<Eigen::Index>(rows[i])).tail(design.x.cols() - 1);
    }
    return covariates;
}

void compare_difference(CaseReport& report, const effects::MatchedOutcomes& outcomes, const nlohmann::json& theirs) {
    const auto error = [&](SeKind kind) { return reference_difference(outcomes, kind).std_error; };
    compare_entry(report, "effect", reference_difference(outcomes, SeKind::hc1).estimate, theirs, "estimate",
                  effect_scale(theirs));
    compare_entry(report, "std_error_hc1", error(SeKind::hc1), theirs, "se_hc1", theirs.at("se_hc1"));
    compare_entry(report, "std_error_hc3", error(SeKind::hc3), theirs, "se_hc3", theirs.at("se_hc1"));
    if (!theirs.contains("se_cluster_subclass")) return;
    compare_entry(report, "std_error_cr1", error(SeKind::cr1), theirs, "se_cluster_subclass",
                  theirs.at("se_cluster_subclass"));
    compare_entry(report, "std_error_cr0", error(SeKind::cr0), theirs, "se_cluster_CR0", theirs.at("se_cluster_CR0"));
    report.equal("clusters", reference_difference(outcomes, SeKind::cr1).df + 1, theirs.at("n_clusters"));
}

void compare_adjusted(CaseReport& report, const MatchItFiles& files, const ReferenceSample& sample) {
    const nlohmann::json& effects = files.json.at("effects");
    for (const auto& [key, adjustment] : {std::pair{"adj_additive", effects::Adjustment::additive},
                                          std::pair{"adj_interaction_gcomp", effects::Adjustment::interacted}}) {
        if (!effects.contains(key)) continue;
        const nlohmann::json& theirs = effects.at(key);
        const Eigen::MatrixXd covariates = covariates_of(files, sample.rows);
        const auto estimate = [&, how = adjustment](SeKind kind) {
            return value_of(effects::regression_adjusted(sample.outcomes, covariates, how, kind, 0.95,
                                                         effects::MissingOutcome::unit,
                                                         target_of(files.json.at("estimand"))));
        };
        const std::string name = std::string(key) + "_";
        compare_entry(report, name + "effect", estimate(SeKind::hc1).estimate, theirs, "estimate",
                      effect_scale(theirs));
        compare_entry(report, name + "std_error_hc1", estimate(SeKind::hc1).std_error, theirs, "se_hc1",
                      theirs.at("se_hc1"));
        if (!theirs.contains("se_cluster_subclass")) continue;
        compare_entry(report, name + "std_error_cr1", estimate(SeKind::cr1).std_error, theirs, "se_cluster_subclass",
                      theirs.at("se_cluster_subclass"));
    }
}

void compare_sizes(CaseReport& report, effects::MatchedOutcomes outcomes, const nlohmann::json& sizes) {
    std::fill(outcomes.value.begin(), outcomes.value.end(), 0.0);  // all matched, with or without outcome
    const effects::Estimate effect = reference_difference(outcomes, SeKind::hc1);
    const nlohmann::json& effective = sizes.at("Matched (ESS)");
    compare_entry(report, "ess_control", effect.ess_control, effective, "Control", effective.at("Control"));
    report.equal("n_control", static_cast<double>(effect.n_control), sizes.at("Matched").at("Control"));
    report.equal("n_treated", static_cast<double>(effect.n_treated), sizes.at("Matched").at("Treated"));
}

/// Matching with replacement in long form: each pair's focal unit once, its k matches with weight 1/k; clustered by
/// focal unit and by unit.
void compare_two_way(CaseReport& report, const MatchItFiles& files, const std::vector<double>& outcome) {
    std::map<std::size_t, std::vector<std::size_t>> sets;
    for (const matching::Pair& pair : files.pairs) sets[pair.focal].push_back(pair.match);
    const bool focal_is_control = files.json.at("estimand") == "ATC";
    effects::MatchedOutcomes outcomes;
    std::int32_t number = 0;
    const auto add = [&](std::size_t row, bool is_focal, double weight) {
        outcomes.set.push_back(number);
        outcomes.firm.push_back(static_cast<std::int32_t>(row));
        outcomes.treated.push_back(is_focal != focal_is_control ? 1 : 0);
        outcomes.weight.push_back(weight);
        outcomes.value.push_back(outcome.at(row));
    };
    for (const auto& [row, matches] : sets) {
        add(row, true, 1);
        for (const std::size_t other : matches) add(other, false, 1 / static_cast<double>(matches.size()));
        ++number;
    }
    const nlohmann::json& theirs = files.json.at("effects").at("get_matches");
    const effects::Estimate effect = reference_difference(outcomes, SeKind::two_way);
    const double error = theirs.at("se_cluster_subclass_id");
    compare_entry(report, "long_form_effect", effect.estimate, theirs, "estimate",
                  std::max(std::abs(theirs.at("estimate").get<double>()), error));
    // With missing outcomes the reference counts the sets that have become empty (unused levels of a factor).
    if (theirs.at("n_rows").get<std::size_t>() != outcomes.value.size()) return;
    compare_entry(report, "std_error_two_way", effect.std_error, theirs, "se_cluster_subclass_id", error);
}

}  // namespace

void compare_effects(CaseReport& report, const MatchItFiles& files) {
    const std::vector<double> outcome = files.data.numbers(files.json.at("outcome").get<std::string>());
    const ReferenceSample sample = reference_sample(files.units, outcome);
    const nlohmann::json& effects = files.json.at("effects");
    compare_sizes(report, sample.outcomes, files.json.at("nn"));
    if (effects.contains("dim")) compare_difference(report, sample.outcomes, effects.at("dim"));
    compare_adjusted(report, files, sample);
    if (effects.contains("get_matches")) compare_two_way(report, files, outcome);
}

}  // namespace twinfirm::validation
