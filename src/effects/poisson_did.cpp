// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/poisson_did.h"

#include <cmath>
#include <vector>

#include "arm_means.h"
#include "confidence_check.h"

namespace twinfirm::effects {
namespace {

std::vector<double> picked(const std::vector<double>& values, const std::vector<std::size_t>& rows) {
    std::vector<double> result;
    result.reserve(rows.size());
    for (const std::size_t row : rows) result.push_back(values[row]);
    return result;
}

}  // namespace

Result<DidResult> poisson_did(const MatchedChanges& changes, SeKind kind, double confidence, MissingOutcome missing) {
    TWINFIRM_TRY(check_confidence(confidence));
    if (!changes.base_denominator.empty()) return fail(ErrorKind::usage, "effects_rate_not_adjustable");
    const auto complete = complete_outcomes(changes.outcomes, missing);
    if (!complete) return tl::unexpected(complete.error());
    const MatchedOutcomes& used = complete->outcomes;
    const ArmRatios base = arm_means(used, picked(changes.base, complete->rows));
    const ArmRatios after = arm_means(used, picked(changes.after, complete->rows));
    DidResult result;
    count_firms(result.effect, used);
    result.treated_base = base.treated;
    result.treated_after = after.treated;
    result.control_base = base.control;
    result.control_after = after.control;
    result.dropped_sets = complete->dropped_sets;
    const bool positive = base.treated > 0 && base.control > 0 && after.treated > 0 && after.control > 0;
    if (!positive) return result;
    result.effect.estimate = std::log(after.treated / base.treated) - std::log(after.control / base.control);
    std::vector<double> influence(used.value.size());
    for (std::size_t i = 0; i < influence.size(); ++i) {
        const bool adopter = used.treated[i] != 0;
        const double relative = after.influence[i] / (adopter ? after.treated : after.control) -
                                base.influence[i] / (adopter ? base.treated : base.control);
        influence[i] = adopter ? relative : -relative;
    }
    set_uncertainty(result.effect, clustered_variance(influence, used, kind, 4), confidence);
    result.percent = percent_from_log(result.effect);
    return result;
}

}  // namespace twinfirm::effects
