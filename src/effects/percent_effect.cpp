// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/percent_effect.h"

#include <cmath>

#include "arm_means.h"
#include "confidence_check.h"
#include "counterfactual.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::effects {

PercentEffect percent_from_log(const Estimate& log_effect) {
    return {std::expm1(log_effect.estimate), std::expm1(log_effect.ci_low), std::expm1(log_effect.ci_high)};
}

double fraction_of_counterfactual(double effect, double adopter_mean) {
    const double counterfactual = adopter_mean - effect;
    return counterfactual > 0 ? effect / counterfactual : not_available;
}

PercentEffect counterfactual_percent(double effect, std::span<const double> effect_influence, double adopter_mean,
                                     std::span<const double> mean_influence, const MatchedOutcomes& outcomes,
                                     SeKind kind, std::int64_t coefficients, double confidence) {
    Estimate fraction;
    fraction.estimate = fraction_of_counterfactual(effect, adopter_mean);
    if (std::isnan(fraction.estimate)) return {};
    const double counterfactual = adopter_mean - effect;
    std::vector<double> influence(effect_influence.size());
    for (std::size_t i = 0; i < influence.size(); ++i) {
        const double of_mean = outcomes.treated[i] != 0 ? mean_influence[i] : 0.0;
        influence[i] = (adopter_mean * effect_influence[i] - effect * of_mean) / (counterfactual * counterfactual);
    }
    set_uncertainty(fraction, clustered_variance(influence, outcomes, kind, coefficients), confidence);
    return {fraction.estimate, fraction.ci_low, fraction.ci_high};
}

Result<PercentEffect> percent_of_counterfactual(const MatchedOutcomes& outcomes, std::span<const double> level,
                                                SeKind kind, double confidence, MissingOutcome missing) {
    TWINFIRM_TRY(check_confidence(confidence));
    if (level.size() != outcomes.value.size())
        return fail(ErrorKind::usage, "effects_unequal_lengths",
                    {{"expected", integer_text(static_cast<std::int64_t>(outcomes.value.size()))},
                     {"found", integer_text(static_cast<std::int64_t>(level.size()))}});
    MatchedOutcomes marked = outcomes;
    for (std::size_t i = 0; i < level.size() && i < marked.treated.size(); ++i)
        if (marked.treated[i] != 0 && std::isnan(level[i])) marked.value[i] = not_available;
    const auto complete = complete_outcomes(marked, missing);
    if (!complete) return tl::unexpected(complete.error());

    const MatchedOutcomes& used = complete->outcomes;
    std::vector<double> used_level;
    for (const std::size_t row : complete->rows)
        used_level.push_back(marked.treated[row] != 0 ? level[row] : 0.0);  // non-adopters' levels are not read
    const ArmRatios means = arm_means(used, used.value);
    const ArmRatios levels = arm_means(used, used_level);
    return counterfactual_percent(means.difference(), difference_influence(means, used), levels.treated,
                                  levels.influence, used, kind, 2, confidence);
}

}  // namespace twinfirm::effects
