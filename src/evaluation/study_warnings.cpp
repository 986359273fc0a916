// SPDX-License-Identifier: GPL-3.0-or-later
#include "study_warnings.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "twinfirm/base/number_text.h"
#include "twinfirm/design/effect_settings.h"

namespace twinfirm::evaluation {

namespace {

constexpr double extreme_probability = 0.99;
constexpr double missing_share = 0.05;      // of an arm, or between the arms
constexpr double effective_share = 0.5;     // of the matched non-adopters
constexpr double smd_limit = 0.1;           // Stuart 2010
constexpr double variance_ratio_limit = 2;  // Rubin 2001

void warn(Evaluation& result, std::string code, std::int64_t count, MessageArguments arguments = {}) {
    if (count > 0) result.messages.push_back({std::move(code), Severity::warning, std::move(arguments), count});
}

std::string percent_text(double share) {
    return fixed_text(100 * share, 1);
}

/// Scores so near 0 or 1 that the covariates all but decide who adopts, and adopters that no non-adopter is like.
void warn_of_scores(const std::vector<MatchedCohort>& cohorts, Evaluation& result) {
    std::int64_t extreme = 0;
    std::int64_t alone = 0;
    for (const MatchedCohort& cohort : cohorts) {
        double low = INFINITY;
        double high = -INFINITY;
        const std::vector<double>& score = cohort.match.score;
        for (std::size_t i = 0; i < score.size(); ++i) {
            extreme += cohort.match.probability[i] > extreme_probability ? 1 : 0;
            if (cohort.firms.adopter[i] != 0 || std::isnan(score[i])) continue;
            low = std::min(low, score[i]);
            high = std::max(high, score[i]);
        }
        for (std::size_t i = 0; i < score.size(); ++i) {
            if (cohort.firms.adopter[i] != 0 && (score[i] < low || score[i] > high)) ++alone;
        }
    }
    warn(result, "study_scores_extreme", extreme);
    warn(result, "study_adopters_outside_support", alone);
}

/// Where adopters outnumber non-adopters, pairs without replacement must leave some of them with poor partners.
void warn_of_strata(const std::vector<MatchedCohort>& cohorts, Evaluation& result) {
    if (design::effect_design(result.specification.matching) != design::EffectDesign::pairs) return;
    std::int64_t adopters = 0;
    std::int64_t strata = 0;
    for (const MatchedCohort& cohort : cohorts) {
        std::map<std::int32_t, ArmCount> counts;
        for (const std::size_t row : cohort.match.design.rows) {
            ArmCount& arms = counts[cohort.match.stratum.empty() ? 0 : cohort.match.stratum[row]];
            ++(cohort.firms.adopter[row] != 0 ? arms.treated : arms.control);
        }
        for (const auto& [stratum, arms] : counts) {
            if (stratum < 0 || arms.treated <= arms.control) continue;
            ++strata;
            adopters += arms.treated;
        }
    }
    warn(result, "study_more_adopters", adopters, {{"strata", integer_text(strata)}});
}

void warn_of_missing_covariates(Evaluation& result) {
    ArmCount eligible;
    ArmCount missing;
    for (const FlowStep& step : result.flow) {
        if (step.step == "eligible") eligible = step.firms;
    }
    for (const ReasonCount& reason : result.reasons) {
        if (reason.reason == matching::Reason::missing_covariate) missing = reason.firms;
    }
    if (eligible.treated == 0 || eligible.control == 0) return;
    const double treated = static_cast<double>(missing.treated) / static_cast<double>(eligible.treated);
    const double control = static_cast<double>(missing.control) / static_cast<double>(eligible.control);
    if (std::max(treated, control) <= missing_share) return;
    warn(result, "study_covariates_missing", missing.treated + missing.control,
         {{"adopters", percent_text(treated)}, {"non_adopters", percent_text(control)}});
}

/// Weighting warns by itself, cohort by cohort.
void warn_of_weights(const std::vector<MatchedCohort>& cohorts, Evaluation& result) {
    if (result.specification.matching.method == design::MatchMethod::weighting) return;
    std::vector<std::size_t> used;
    for (const MatchedCohort& cohort : cohorts) {
        for (std::size_t row = 0; row < cohort.match.sample.weight.size(); ++row) {
            if (cohort.firms.adopter[row] == 0 && cohort.match.sample.weight[row] > 0) {
                used.push_back(cohort.firms.firms[row]);
            }
        }
    }
    std::sort(used.begin(), used.end());
    const auto firms = std::unique(used.begin(), used.end()) - used.begin();
    const double share = result.size.ess_control / static_cast<double>(firms);
    if (share < effective_share) {
        warn(result, "weights_few_effective_control", firms, {{"percent", percent_text(share)}});
    }
}

void warn_of_balance(Evaluation& result) {
    std::int64_t unbalanced = 0;
    std::int64_t spread = 0;
    for (const balance::BalanceRow& row : result.balance) {
        if (std::abs(row.after.smd) > smd_limit) ++unbalanced;
        const double ratio = row.after.variance_ratio;
        if (ratio > variance_ratio_limit || ratio < 1 / variance_ratio_limit) ++spread;
    }
    warn(result, "balance_smd_over_limit", unbalanced);
    warn(result, "balance_variance_ratio", spread);
}

/// Differences before adoption speak against parallel trends.
void warn_of_leads(Evaluation& result) {
    const design::Specification& specification = result.specification;
    for (const design::Outcome& outcome : specification.outcomes) {
        std::int64_t found = 0;
        for (const EffectRow& row : result.effects) {
            const bool lead = row.event_time && *row.event_time < 0 && row.group.breakdown.empty();
            if (!lead || row.outcome != outcome.key || row.estimator != "did") continue;
            if (row.effect.p_value < 1 - specification.confidence_level) ++found;
        }
        warn(result, "study_pre_trend", found, {{"outcome@ko", outcome.label.ko}, {"outcome@en", outcome.label.en}});
    }
}

}  // namespace

void add_study_warnings(const std::vector<MatchedCohort>& cohorts, Evaluation& result) {
    warn(result, "adopters_outside_window", result.data.adopters_outside_window);
    warn_of_scores(cohorts, result);
    warn_of_strata(cohorts, result);
    warn_of_missing_covariates(result);
    warn_of_weights(cohorts, result);
    warn_of_balance(result);
    warn_of_leads(result);
    const design::MatchingSettings& matching = result.specification.matching;
    const design::EffectDesign form = design::effect_design(matching);
    const bool pairs = form == design::EffectDesign::pairs || form == design::EffectDesign::replacement;
    if (pairs && !matching.caliper && !matching.smallest_caliper) {
        result.messages.push_back({"matching_without_caliper", Severity::info, {}, 0});
    }
}

}  // namespace twinfirm::evaluation
