// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/difference_in_means.h"

#include "arm_means.h"
#include "confidence_check.h"

namespace twinfirm::effects {

Result<Estimate> difference_in_means(const MatchedOutcomes& outcomes, SeKind kind, double confidence,
                                     MissingOutcome missing) {
    TWINFIRM_TRY(check_confidence(confidence));
    const auto complete = complete_outcomes(outcomes, missing);
    if (!complete) return tl::unexpected(complete.error());

    const MatchedOutcomes& used = complete->outcomes;
    Estimate effect;
    count_firms(effect, used);
    const ArmRatios means = arm_means(used, used.value);
    effect.estimate = means.difference();
    set_uncertainty(effect, clustered_variance(difference_influence(means, used), used, kind, 2), confidence);
    return effect;
}

}  // namespace twinfirm::effects
