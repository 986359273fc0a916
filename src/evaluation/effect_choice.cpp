// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/effect_choice.h"

#include <string>

namespace twinfirm::evaluation {
namespace {

std::string se_option(StandardError error) {
    std::string option = "--se ";
    return option.append(standard_error_code(error));
}

std::string adjust_option(OutcomeAdjustment adjustment) {
    std::string option = "--adjust ";
    return option.append(adjustment_code(adjustment));
}

tl::unexpected<Error> exclusive(const std::string& first, const std::string& second) {
    return fail(ErrorKind::usage, "effect_options_exclusive", {{"first", first}, {"second", second}});
}

bool is_abadie_imbens(StandardError error) {
    return error == StandardError::ai || error == StandardError::ai_homoscedastic ||
           error == StandardError::ai_estimated;
}

bool is_by_observation(StandardError error) {
    return error == StandardError::hc0 || error == StandardError::hc1 || error == StandardError::hc3;
}

bool with_replacement(const design::MatchingSettings& settings) {
    return settings.method == design::MatchMethod::nearest && settings.replace;
}

bool is_weighting(const design::MatchingSettings& settings) {
    return settings.method == design::MatchMethod::weighting;
}

/// Adjustments that come with one error of their own.
bool is_doubly_robust(OutcomeAdjustment adjustment) {
    return adjustment == OutcomeAdjustment::aipw || adjustment == OutcomeAdjustment::ipwra;
}

StandardError automatic(const design::MatchingSettings& settings, OutcomeAdjustment adjustment) {
    const bool regression = adjustment == OutcomeAdjustment::regression;
    if (is_weighting(settings)) return regression ? StandardError::hc3 : StandardError::m_estimation;
    if (with_replacement(settings)) return regression ? StandardError::two_way : StandardError::ai;
    const bool no_sets = settings.method == design::MatchMethod::kernel || settings.method == design::MatchMethod::none;
    return no_sets ? StandardError::hc1 : StandardError::cr1;
}

/// Whether pairs are made by the fitted logit and nothing else.
bool by_score_alone(const design::MatchingSettings& settings) {
    const bool logit = settings.score == design::ScoreKind::logit || settings.score == design::ScoreKind::linear_logit;
    return logit && !settings.caliper && settings.exact.empty() && settings.anti_exact.empty() &&
           settings.covariate_calipers.empty() && settings.mahalanobis.empty() &&
           settings.discard == design::Discard::none && settings.max_reuse == 0 && settings.sample_weights.empty();
}

/// The error by the column asked for that takes the place of another.
Result<StandardError> clustered(const design::MatchingSettings& settings, OutcomeAdjustment adjustment,
                                StandardError asked) {
    const std::string option = "--cluster";
    if (adjustment == OutcomeAdjustment::bias) return exclusive(option, adjust_option(adjustment));
    switch (asked) {
        case StandardError::automatic:
            return is_weighting(settings) && adjustment != OutcomeAdjustment::regression ? StandardError::m_estimation
                                                                                         : StandardError::cluster;
        case StandardError::cr1:
        case StandardError::two_way:
            return StandardError::cluster;
        case StandardError::cr0:
            return StandardError::cluster_cr0;
        case StandardError::m_estimation:
            return asked;
        default:
            return exclusive(option, se_option(asked));
    }
}

Status check_weighting(OutcomeAdjustment adjustment, StandardError error) {
    const std::string method = "--method weighting";
    if (error != StandardError::m_estimation && !is_by_observation(error)) return exclusive(method, se_option(error));
    if (error == StandardError::m_estimation && adjustment == OutcomeAdjustment::regression) {
        return exclusive(adjust_option(adjustment), se_option(error));
    }
    return {};
}

Status check_replacement(const design::MatchingSettings& settings, StandardError error, bool by_group) {
    if (error == StandardError::bootstrap) return fail(ErrorKind::usage, "bootstrap_with_replacement");
    if (error == StandardError::permutation) return fail(ErrorKind::usage, "permutation_with_replacement");
    if (error != StandardError::ai_estimated) return {};
    if (!by_score_alone(settings)) return fail(ErrorKind::usage, "ai_estimated_design");
    if (by_group) return exclusive("--by", se_option(error));
    return {};
}

}  // namespace

Result<StandardError> standard_error_for(const design::MatchingSettings& settings, OutcomeAdjustment adjustment,
                                         StandardError asked, bool by_group, bool by_cluster) {
    const bool bias = adjustment == OutcomeAdjustment::bias;
    if (bias && !with_replacement(settings)) {
        return fail(ErrorKind::usage, "effect_needs_replacement", {{"option", adjust_option(adjustment)}});
    }
    if (is_doubly_robust(adjustment) && !is_weighting(settings)) {
        return fail(ErrorKind::usage, "effect_needs_weighting", {{"option", adjust_option(adjustment)}});
    }
    if (asked == StandardError::automatic) {
        return by_cluster ? clustered(settings, adjustment, asked) : automatic(settings, adjustment);
    }
    if (is_abadie_imbens(asked) && !with_replacement(settings)) {
        return fail(ErrorKind::usage, "effect_needs_replacement", {{"option", se_option(asked)}});
    }
    if (asked == StandardError::m_estimation && !is_weighting(settings)) {
        return fail(ErrorKind::usage, "effect_needs_weighting", {{"option", se_option(asked)}});
    }
    const bool unadjusted_only = asked == StandardError::ai_estimated || asked == StandardError::permutation;
    const bool clash = (is_abadie_imbens(asked) && adjustment == OutcomeAdjustment::regression) ||
                       (bias && !is_abadie_imbens(asked)) ||
                       (is_doubly_robust(adjustment) && asked != StandardError::m_estimation) ||
                       (unadjusted_only && adjustment != OutcomeAdjustment::none);
    if (clash) return exclusive(adjust_option(adjustment), se_option(asked));
    if (is_weighting(settings)) TWINFIRM_TRY(check_weighting(adjustment, asked));
    if (with_replacement(settings)) TWINFIRM_TRY(check_replacement(settings, asked, by_group));
    return by_cluster ? clustered(settings, adjustment, asked) : Result<StandardError>(asked);
}

}  // namespace twinfirm::evaluation
