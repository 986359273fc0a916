// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "twinfirm/effects/did_estimate.h"

namespace twinfirm::effects {

struct AggregatedDid;
struct StaggeredDid;

/// Wald test that several numbers are 0 at once: theta' V^-1 theta, chi squared. NaN without numbers or where V is
/// singular (fewer clusters than numbers).
struct WaldTest {
    double statistic = not_available;
    std::int64_t df = 0;
    double p_value = not_available;
};

/// Of all ATT(g,t) before adoption (and before anticipation), base years left out. That it does not reject is weak
/// evidence: it has little power against trends that matter, and estimates that passed it are biased further
/// (Roth 2022, AER: Insights 4:305-322).
[[nodiscard]] WaldTest pretrend_test(const StaggeredDid& did);

/// Does the effect grow with the years since adoption?
struct EffectTrend {
    int first = 0;  ///< years since adoption
    int last = 0;
    DidEstimate slope;        ///< change of the effect a year: least squares of theta(e) on e, a linear contrast
    WaldTest equal;           ///< of theta(first) = ... = theta(last)
    bool same_groups = true;  ///< the same adopters stand behind every theta(e); if not, a trend may be theirs alone
};

/// Of a dynamic aggregate, over e = 0, 1, ... with the covariance of the influences: the comparison of two bars with
/// their own intervals is no such test, because they share firms. NaN with fewer than two years since adoption.
/// Cost: O(E^2 K^2).
[[nodiscard]] EffectTrend effect_trend(const StaggeredDid& did, const AggregatedDid& dynamic);

}  // namespace twinfirm::effects
