// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/matched_did.h"

#include <algorithm>
#include <cmath>

#include "arm_means.h"
#include "confidence_check.h"
#include "counterfactual.h"
#include "regression_influence.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/stats/distributions.h"

namespace twinfirm::effects {
namespace {

std::vector<double> at_rows(const std::vector<double>& values, const std::vector<std::size_t>& rows) {
    std::vector<double> picked;
    picked.reserve(rows.size());
    for (const std::size_t row : rows) picked.push_back(values[row]);
    return picked;
}

std::int64_t count_sets(const MatchedOutcomes& outcomes) {
    std::vector<std::int32_t> sets = outcomes.set;
    std::sort(sets.begin(), sets.end());
    return std::unique(sets.begin(), sets.end()) - sets.begin();
}

void add(std::vector<double>& sum, const std::vector<double>& term, double factor) {
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += factor * term[i];
}

/// The sample of one analysis and the levels of its arms, before and after.
struct Sample {
    CompleteOutcomes complete;
    ArmRatios base;
    ArmRatios after;
    DidResult result;

    [[nodiscard]] const MatchedOutcomes& outcomes() const { return complete.outcomes; }
};

Result<Sample> make_sample(const MatchedChanges& changes, const MatchedOutcomes& marked, MissingOutcome missing) {
    auto complete = complete_outcomes(marked, missing);
    if (!complete) return tl::unexpected(complete.error());
    Sample sample;
    sample.complete = std::move(*complete);
    const std::vector<std::size_t>& rows = sample.complete.rows;
    const bool rate = !changes.base_denominator.empty();
    const double unit = rate ? 100.0 : 1.0;
    const std::vector<double> ones(rows.size(), 1.0);
    const std::vector<double> base = at_rows(changes.base, rows);
    const std::vector<double> after = at_rows(changes.after, rows);
    sample.base = arm_ratios(sample.outcomes(), base, rate ? at_rows(changes.base_denominator, rows) : ones);
    sample.after = arm_ratios(sample.outcomes(), after, rate ? at_rows(changes.after_denominator, rows) : ones);
    for (ArmRatios* ratios : {&sample.base, &sample.after}) {
        ratios->treated *= unit;
        ratios->control *= unit;
        for (double& value : ratios->influence) value *= unit;
    }
    DidResult& result = sample.result;
    result.treated_base = sample.base.treated;
    result.treated_after = sample.after.treated;
    result.control_base = sample.base.control;
    result.control_after = sample.after.control;
    result.sets = count_sets(sample.outcomes());
    result.dropped_sets = sample.complete.dropped_sets;
    count_firms(result.effect, sample.outcomes());
    return sample;
}

/// Fills the effect, its uncertainty and its percentage from the influences on it.
DidResult finish(const Sample& sample, const MatchedChanges& changes, double estimate,
                 const std::vector<double>& influence, std::int64_t coefficients, SeKind kind, double confidence) {
    DidResult result = sample.result;
    result.effect.estimate = estimate;
    set_uncertainty(result.effect, clustered_variance(influence, sample.outcomes(), kind, coefficients), confidence);
    result.percent = changes.log
                         ? percent_from_log(result.effect)
                         : counterfactual_percent(estimate, influence, sample.after.treated, sample.after.influence,
                                                  sample.outcomes(), kind, coefficients, confidence);
    return result;
}

double margin(const ArmRatios& ratios, const MatchedOutcomes& outcomes, bool adopters, double confidence) {
    std::vector<double> influence;
    MatchedOutcomes arm;
    for (std::size_t i = 0; i < ratios.influence.size(); ++i) {
        if ((outcomes.treated[i] != 0) != adopters) continue;
        influence.push_back(ratios.influence[i]);
        arm.firm.push_back(outcomes.firm[i]);
    }
    arm.set.assign(arm.firm.size(), -1);
    // One mean, one coefficient: the factor (n-1)/(n-k) is 1.
    const ClusteredVariance variance = clustered_variance(influence, arm, SeKind::firm, 1);
    return std::sqrt(variance.variance) * stats::student_t_quantile(0.5 + confidence / 2, variance.df);
}

}  // namespace

Result<LevelMargins> level_margins(const MatchedChanges& changes, double confidence, MissingOutcome missing) {
    TWINFIRM_TRY(check_confidence(confidence));
    const auto sample = make_sample(changes, changes.outcomes, missing);
    if (!sample) return tl::unexpected(sample.error());
    const MatchedOutcomes& used = sample->outcomes();
    return LevelMargins{margin(sample->base, used, true, confidence), margin(sample->after, used, true, confidence),
                        margin(sample->base, used, false, confidence), margin(sample->after, used, false, confidence)};
}

Result<DidInfluence> matched_did_influence(const MatchedChanges& changes, SeKind kind, double confidence,
                                           MissingOutcome missing) {
    TWINFIRM_TRY(check_confidence(confidence));
    auto sample = make_sample(changes, changes.outcomes, missing);
    if (!sample) return tl::unexpected(sample.error());
    const MatchedOutcomes& used = sample->outcomes();
    DidInfluence result;
    double estimate = 0;
    if (changes.base_denominator.empty()) {
        const ArmRatios means = arm_means(used, used.value);
        estimate = means.difference();
        result.influence = difference_influence(means, used);
    } else {
        estimate = sample->after.difference() - sample->base.difference();
        result.influence = difference_influence(sample->after, used);
        add(result.influence, difference_influence(sample->base, used), -1);
    }
    result.did = finish(*sample, changes, estimate, result.influence, 2, kind, confidence);
    result.rows = std::move(sample->complete.rows);
    return result;
}

Result<DidResult> matched_did(const MatchedChanges& changes, SeKind kind, double confidence, MissingOutcome missing) {
    auto result = matched_did_influence(changes, kind, confidence, missing);
    if (!result) return tl::unexpected(result.error());
    return std::move(result->did);
}

Result<DidResult> matched_did(const stats::Panel& panel, std::span<const MatchedSet> sets, const DidOutcome& outcome,
                              EventWindow window, SeKind kind, double confidence, MissingOutcome missing) {
    const auto changes = matched_changes(panel, sets, outcome, window, missing);
    if (!changes) return tl::unexpected(changes.error());
    return matched_did(*changes, kind, confidence, missing);
}

Result<DidResult> matched_did_adjusted(const MatchedChanges& changes, const Eigen::MatrixXd& covariates,
                                       Adjustment adjustment, SeKind kind, double confidence, MissingOutcome missing,
                                       Target target) {
    TWINFIRM_TRY(check_confidence(confidence));
    if (!changes.base_denominator.empty()) return fail(ErrorKind::usage, "effects_rate_not_adjustable");
    const auto marked = mark_missing_covariates(changes.outcomes, covariates);
    if (!marked) return tl::unexpected(marked.error());
    const auto sample = make_sample(changes, *marked, missing);
    if (!sample) return tl::unexpected(sample.error());
    const RegressionInfluence fit =
        regression_influence(sample->outcomes(), rows_of(covariates, sample->complete.rows), adjustment, target);
    return finish(*sample, changes, fit.estimate, fit.influence, fit.coefficients, kind, confidence);
}

}  // namespace twinfirm::effects
