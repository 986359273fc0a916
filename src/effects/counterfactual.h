// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "twinfirm/effects/matched_outcomes.h"
#include "twinfirm/effects/percent_effect.h"
#include "twinfirm/effects/standard_error.h"

namespace twinfirm::effects {

/// An effect as a fraction of the adopters' counterfactual mean with its delta-method interval, from the influences of
/// the observations on the effect and on the adopters' mean (of the latter only the adopters' entries are read).
[[nodiscard]] PercentEffect counterfactual_percent(double effect, std::span<const double> effect_influence,
                                                   double adopter_mean, std::span<const double> mean_influence,
                                                   const MatchedOutcomes& outcomes, SeKind kind,
                                                   std::int64_t coefficients, double confidence);

}  // namespace twinfirm::effects
