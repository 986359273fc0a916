// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/effect_per_support.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "arm_means.h"
#include "confidence_check.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::effects {
namespace {

/// The one adopter of each set, by place among the observations; empty where a set has several or an adopter none.
std::vector<std::size_t> adopter_of_sets(const MatchedOutcomes& outcomes) {
    std::int32_t last = -1;
    for (const std::int32_t set : outcomes.set) last = std::max(last, set);
    std::vector<std::size_t> adopter(static_cast<std::size_t>(last + 1), outcomes.set.size());
    for (std::size_t i = 0; i < outcomes.set.size(); ++i) {
        if (outcomes.treated[i] == 0) continue;
        if (outcomes.set[i] < 0) return {};
        std::size_t& known = adopter[static_cast<std::size_t>(outcomes.set[i])];
        if (known != outcomes.set.size()) return {};
        known = i;
    }
    return adopter;
}

/// Weighted least squares of the sets' differences on the support.
void fit_slope(const MatchedOutcomes& outcomes, const std::vector<double>& support, double mean_support, SeKind kind,
               double confidence, Estimate& slope) {
    const std::vector<std::size_t> adopter = adopter_of_sets(outcomes);
    if (adopter.empty()) return;
    const ArmRatios means = arm_means(outcomes, outcomes.value);
    // Deviation of each observation's change from its arm's mean, times the sign that it has in the set's difference.
    std::vector<double> centred(outcomes.value.size(), 0);
    std::vector<double> dose(outcomes.value.size(), 0);
    double squares = 0;
    double products = 0;
    for (std::size_t i = 0; i < outcomes.value.size(); ++i) {
        if (outcomes.set[i] < 0) return;
        const std::size_t own = adopter[static_cast<std::size_t>(outcomes.set[i])];
        if (own == outcomes.value.size()) return;
        dose[i] = support[own] - mean_support;
        const bool treated = outcomes.treated[i] != 0;
        centred[i] =
            outcomes.weight[i] * (treated ? outcomes.value[i] - means.treated : -(outcomes.value[i] - means.control));
        products += dose[i] * centred[i];
        if (treated) squares += outcomes.weight[i] * dose[i] * dose[i];
    }
    if (!(squares > 0)) return;
    slope.estimate = products / squares;
    std::vector<double> influence(centred.size());
    for (std::size_t i = 0; i < centred.size(); ++i) {
        const double fitted = outcomes.treated[i] != 0 ? outcomes.weight[i] * slope.estimate * dose[i] : 0;
        influence[i] = dose[i] * (centred[i] - fitted) / squares;
    }
    set_uncertainty(slope, clustered_variance(influence, outcomes, kind, 2), confidence);
}

}  // namespace

Result<EffectPerSupport> effect_per_support(const MatchedChanges& changes, std::span<const double> support, SeKind kind,
                                            double confidence, MissingOutcome missing) {
    TWINFIRM_TRY(check_confidence(confidence));
    if (!changes.base_denominator.empty()) return fail(ErrorKind::usage, "effects_rate_not_adjustable");
    if (support.size() != changes.outcomes.value.size()) {
        return fail(ErrorKind::usage, "effects_unequal_lengths",
                    {{"expected", integer_text(static_cast<std::int64_t>(changes.outcomes.value.size()))},
                     {"found", integer_text(static_cast<std::int64_t>(support.size()))}});
    }
    MatchedOutcomes marked = changes.outcomes;
    for (std::size_t i = 0; i < support.size(); ++i) {
        if (marked.treated[i] != 0 && std::isnan(support[i])) marked.value[i] = not_available;
    }
    const auto complete = complete_outcomes(marked, missing);
    if (!complete) return tl::unexpected(complete.error());
    const MatchedOutcomes& used = complete->outcomes;
    std::vector<double> dose;
    for (std::size_t i = 0; i < used.value.size(); ++i) {
        dose.push_back(used.treated[i] != 0 ? support[complete->rows[i]] : 0);
    }
    EffectPerSupport result;
    count_firms(result.mean, used);
    count_firms(result.slope, used);
    const ArmRatios means = arm_means(used, used.value);
    const ArmRatios doses = arm_means(used, dose);
    result.mean_support = doses.treated;
    if (!(doses.treated > 0) || std::isnan(means.difference())) return result;
    result.mean.estimate = means.difference() / doses.treated;
    std::vector<double> influence = difference_influence(means, used);
    for (std::size_t i = 0; i < influence.size(); ++i) {
        const double of_dose = used.treated[i] != 0 ? doses.influence[i] : 0;
        influence[i] = (influence[i] - result.mean.estimate * of_dose) / doses.treated;
    }
    set_uncertainty(result.mean, clustered_variance(influence, used, kind, 2), confidence);
    fit_slope(used, dose, doses.treated, kind, confidence, result.slope);
    return result;
}

}  // namespace twinfirm::effects
