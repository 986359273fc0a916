// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/matched_did.h"
#include "twinfirm/effects/unit_changes.h"
#include "twinfirm/effects/weighted_effect.h"
#include "twinfirm/matching/weighting.h"

namespace twinfirm::effects {

/// The units of one adoption year with their weights; one entry a unit, everywhere.
struct WeightedCohort {
    const matching::BalancingWeights* weights = nullptr;
    std::vector<std::uint8_t> treated;
    std::vector<std::int32_t> firm;  ///< of the panel; a firm may stand in several cohorts
    std::vector<std::uint8_t> used;  ///< rows of the effect (a group); empty = all
    UnitChanges changes;
    /// What errors are clustered by on request, >= 0, the same for all rows of a firm; empty = firms.
    std::vector<std::int32_t> cluster{};
};

/// How sure the pooled effect is.
enum class WeightedError {
    /// With the estimation of the weights; normal interval, no factor for small samples. By cluster:
    /// stacked_variance_by_cluster().
    m_estimation,
    firm,  ///< the weights count as known: SeKind::firm; by cluster SeKind::cluster_cr1
};

/// Difference-in-differences of weighted cohorts, pooled over the adoption years. With tau_c the effect of cohort c
/// (weighted_effect() on the changes) and T_c the sum of its target's weights over the rows with an outcome,
/// tau = sum T_c tau_c / sum T_c: for the ATT every adopter counts once, whatever its year. Influence of a row:
/// T_c/T psi_ci + (tau_c - tau)/T * (its influence on T_c), summed over the rows of a firm before squaring, since a
/// non-adopter stands in several cohorts. A cohort without both arms is left out.
///
/// `log`: the changes are of logarithms. Rates (changes with denominators): 100 * the ratio of the weighted sums of all
/// cohorts, each scaled to T_c, after minus before, adopters minus non-adopters, linearised; `difference` alone
/// (else error (usage) `effects_rate_not_adjustable`). Percentages by the delta method, of what the adopters of the
/// target would have had. Errors (usage): `effects_confidence_level`, `effects_unequal_lengths`.
/// Cost: O(rows * p), with a regression O(rows * p^2).
[[nodiscard]] Result<DidResult> weighted_did(std::span<const WeightedCohort> cohorts, WeightedEstimator estimator,
                                             WeightedError error, bool log, double confidence);

}  // namespace twinfirm::effects
