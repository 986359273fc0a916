// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/design/effect_settings.h"

#include <algorithm>
#include <initializer_list>

#include "twinfirm/design/specification.h"

namespace twinfirm::design {

namespace {

bool is_abadie_imbens(StandardError error) {
    return error == StandardError::ai || error == StandardError::ai_homoscedastic ||
           error == StandardError::ai_estimated;
}

StandardError default_error(EffectDesign form) {
    switch (form) {
        case EffectDesign::pairs:
        case EffectDesign::replacement:
        case EffectDesign::sets:
            return StandardError::two_way;
        case EffectDesign::strata:
        case EffectDesign::weights:
            return StandardError::firm;
        case EffectDesign::estimated:
            return StandardError::m_estimation;
    }
    return StandardError::two_way;
}

bool holds_for(StandardError error, EffectDesign form) {
    const auto among = [&](std::initializer_list<StandardError> list) {
        return std::find(list.begin(), list.end(), error) != list.end();
    };
    switch (form) {
        case EffectDesign::pairs:
            return among({StandardError::two_way, StandardError::cr0, StandardError::cr1, StandardError::bootstrap,
                          StandardError::permutation});
        case EffectDesign::replacement:
            return error == StandardError::two_way || is_abadie_imbens(error);
        case EffectDesign::sets:
            return among({StandardError::two_way, StandardError::cr0, StandardError::cr1, StandardError::firm,
                          StandardError::bootstrap});
        case EffectDesign::strata:
        case EffectDesign::weights:
            return error == StandardError::firm;
        case EffectDesign::estimated:
            return error == StandardError::m_estimation || error == StandardError::firm;
    }
    return false;
}

bool goes_with(OutcomeAdjustment adjustment, EffectDesign form) {
    switch (adjustment) {
        case OutcomeAdjustment::bias:
            return form == EffectDesign::replacement;
        case OutcomeAdjustment::aipw:
        case OutcomeAdjustment::ipwra:
            return form == EffectDesign::estimated;
        case OutcomeAdjustment::automatic:
        case OutcomeAdjustment::none:
        case OutcomeAdjustment::regression:
            break;
    }
    return true;
}

OutcomeAdjustment default_adjustment(EffectDesign form, StandardError error) {
    if (form == EffectDesign::estimated && error != StandardError::firm) return OutcomeAdjustment::aipw;
    if (is_abadie_imbens(error)) return OutcomeAdjustment::bias;
    if (error == StandardError::permutation) return OutcomeAdjustment::none;
    return OutcomeAdjustment::regression;
}

/// An error that an adjustment cannot have.
bool clash(OutcomeAdjustment adjustment, StandardError error) {
    switch (adjustment) {
        case OutcomeAdjustment::bias:
            return !is_abadie_imbens(error);
        case OutcomeAdjustment::aipw:
        case OutcomeAdjustment::ipwra:
            return error != StandardError::m_estimation;
        case OutcomeAdjustment::regression:
            return is_abadie_imbens(error) || error == StandardError::permutation;
        case OutcomeAdjustment::automatic:
        case OutcomeAdjustment::none:
            break;
    }
    return false;
}

/// The variance of an estimated score is known for matching on the logit and nothing else.
bool by_logit_alone(const MatchingSettings& matching) {
    const bool logit = matching.score == ScoreKind::logit || matching.score == ScoreKind::linear_logit;
    return logit && !matching.caliper && !matching.smallest_caliper && matching.exact.empty() &&
           matching.anti_exact.empty() && matching.covariate_calipers.empty() && matching.mahalanobis.empty() &&
           matching.discard == Discard::none && matching.max_reuse == 0 && matching.sample_weights.empty();
}

/// The error by the column asked for that takes the place of another; `automatic` where there is none.
StandardError by_cluster(StandardError error) {
    switch (error) {
        case StandardError::cr1:
        case StandardError::two_way:
        case StandardError::firm:
            return StandardError::cluster;
        case StandardError::cr0:
            return StandardError::cluster_cr0;
        case StandardError::m_estimation:
            return error;
        default:
            return StandardError::automatic;
    }
}

tl::unexpected<Error> refuse(const char* code, MessageArguments arguments) {
    return fail(ErrorKind::usage, code, std::move(arguments));
}

}  // namespace

std::string_view adjustment_code(OutcomeAdjustment adjustment) {
    switch (adjustment) {
        case OutcomeAdjustment::automatic:
            return "auto";
        case OutcomeAdjustment::none:
            return "none";
        case OutcomeAdjustment::regression:
            return "regression";
        case OutcomeAdjustment::bias:
            return "bias";
        case OutcomeAdjustment::aipw:
            return "aipw";
        case OutcomeAdjustment::ipwra:
            return "ipwra";
    }
    return {};
}

std::string_view standard_error_code(StandardError error) {
    switch (error) {
        case StandardError::automatic:
            return "auto";
        case StandardError::cr0:
            return "cr0";
        case StandardError::cr1:
            return "cr1";
        case StandardError::two_way:
            return "two-way";
        case StandardError::firm:
            return "firm";
        case StandardError::ai:
            return "ai";
        case StandardError::ai_homoscedastic:
            return "ai-homoscedastic";
        case StandardError::ai_estimated:
            return "ai-estimated";
        case StandardError::hc0:
            return "hc0";
        case StandardError::hc1:
            return "hc1";
        case StandardError::hc3:
            return "hc3";
        case StandardError::m_estimation:
            return "m-estimation";
        case StandardError::bootstrap:
            return "bootstrap";
        case StandardError::permutation:
            return "permutation";
        case StandardError::cluster:
            return "cluster";
        case StandardError::cluster_cr0:
            return "cluster-cr0";
    }
    return {};
}

std::string_view method_code(MatchMethod method) {
    switch (method) {
        case MatchMethod::nearest:
            return "nearest";
        case MatchMethod::optimal:
            return "optimal";
        case MatchMethod::full:
            return "full";
        case MatchMethod::quick:
            return "quick";
        case MatchMethod::subclass:
            return "subclass";
        case MatchMethod::cem:
            return "cem";
        case MatchMethod::exact:
            return "exact";
        case MatchMethod::kernel:
            return "kernel";
        case MatchMethod::weighting:
            return "weighting";
        case MatchMethod::none:
            return "none";
    }
    return {};
}

std::string_view estimand_code(const MatchingSettings& matching) {
    if (matching.method == MatchMethod::weighting && matching.weighting == Weighting::overlap) return "ATO";
    switch (matching.estimand) {
        case Estimand::att:
            return "ATT";
        case Estimand::ate:
            return "ATE";
        case Estimand::atc:
            return "ATC";
    }
    return {};
}

EffectDesign effect_design(const MatchingSettings& matching) {
    switch (matching.method) {
        case MatchMethod::nearest:
            return matching.replace || matching.max_reuse > 1 ? EffectDesign::replacement : EffectDesign::pairs;
        case MatchMethod::optimal:
            return EffectDesign::pairs;
        case MatchMethod::full:
        case MatchMethod::quick:
        case MatchMethod::exact:
            return EffectDesign::sets;
        case MatchMethod::cem:
            return matching.k2k ? EffectDesign::pairs : EffectDesign::sets;
        case MatchMethod::subclass:
            return EffectDesign::strata;
        case MatchMethod::kernel:
        case MatchMethod::none:
            return EffectDesign::weights;
        case MatchMethod::weighting:
            return EffectDesign::estimated;
    }
    return EffectDesign::pairs;
}

bool is_tested(const SensitivitySettings& sensitivity, const Outcome& outcome) {
    if (!sensitivity.enabled || outcome.metric == ChangeMetric::per_hundred) return false;
    const std::vector<std::string>& named = sensitivity.outcomes;
    return named.empty() || std::find(named.begin(), named.end(), outcome.key) != named.end();
}

Result<EffectChoice> effect_choice(const MatchingSettings& matching, const EffectSettings& effects) {
    const EffectDesign form = effect_design(matching);
    const std::string method(method_code(matching.method));
    if ((form == EffectDesign::pairs || form == EffectDesign::replacement) && matching.estimand != Estimand::att) {
        return refuse(
            "study_estimand_method",
            {{"key", "/matching/estimand"}, {"estimand", std::string(estimand_code(matching))}, {"method", method}});
    }
    const std::string adjustment(adjustment_code(effects.adjustment));
    if (!goes_with(effects.adjustment, form)) {
        return refuse("study_adjustment_method",
                      {{"key", "/effects/adjustment"}, {"adjustment", adjustment}, {"method", method}});
    }
    const std::string error_key = "/effects/standard_error";
    StandardError error = effects.standard_error;
    if (error == StandardError::automatic) {
        error = effects.adjustment == OutcomeAdjustment::bias ? StandardError::ai : default_error(form);
    } else if (!holds_for(error, form)) {
        return refuse("study_error_method",
                      {{"key", error_key}, {"error", std::string(standard_error_code(error))}, {"method", method}});
    }
    if (error == StandardError::ai_estimated && !by_logit_alone(matching)) {
        return refuse("study_error_estimated_score", {{"key", error_key}});
    }
    EffectChoice choice;
    choice.adjustment =
        effects.adjustment == OutcomeAdjustment::automatic ? default_adjustment(form, error) : effects.adjustment;
    choice.error = error;
    if (clash(choice.adjustment, error)) {
        return refuse(
            "study_error_adjustment",
            {{"key", error_key}, {"error", std::string(standard_error_code(error))}, {"adjustment", adjustment}});
    }
    if (effects.cluster.empty()) return choice;
    choice.error = by_cluster(error);
    if (choice.error == StandardError::automatic) {
        return refuse("study_error_cluster",
                      {{"key", "/effects/cluster"}, {"error", std::string(standard_error_code(error))}});
    }
    return choice;
}

}  // namespace twinfirm::design
