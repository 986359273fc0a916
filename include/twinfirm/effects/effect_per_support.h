// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/matched_did.h"

namespace twinfirm::effects {

/// The matched effect over the amount of support that the adopters were given.
struct EffectPerSupport {
    Estimate mean;   ///< mean effect over mean support: what one unit bought on average
    Estimate slope;  ///< what a further unit went with, among adopters; NaN where sets have more than one adopter
    double mean_support = not_available;
};

/// `support`: one entry an observation of `changes`, in the unit of the result; read for adopters, whose entries must
/// be known (NaN leaves the set out). With d the support, D its weighted mean, tau the matched effect:
/// - mean: tau / D, influence (psi_tau - tau / D psi_D) / D (a ratio of two means; Cochran 1977, section 6.3);
/// - slope: weighted regression of a set's difference (adopter's change less the mean change of its non-adopters) on d.
///   Its influence is split between the adopter and its non-adopters, so that both ways of clustering see their share.
/// The slope is an effect of money only if the amount did not depend on what the firm would have gained anyway; the
/// mean makes no such assumption, but says nothing of a further unit. Not for rates: error (usage)
/// `effects_rate_not_adjustable`; others: `effects_unequal_lengths`, those of complete_outcomes. Cost: O(n log n).
[[nodiscard]] Result<EffectPerSupport> effect_per_support(const MatchedChanges& changes,
                                                          std::span<const double> support, SeKind kind,
                                                          double confidence,
                                                          MissingOutcome missing = MissingOutcome::pair);

}  // namespace twinfirm::effects
