// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"
#include "twinfirm/effects/matched_outcomes.h"
#include "twinfirm/effects/missing_outcome.h"
#include "twinfirm/effects/standard_error.h"

namespace twinfirm::effects {

/// An effect as a fraction of what the outcome would have been without it: 0.25 = +25 %.
struct PercentEffect {
    double percent = not_available;
    double low = not_available;
    double high = not_available;
};

/// exp(b) - 1 of a difference of logarithms, with the interval's ends transformed likewise.
[[nodiscard]] PercentEffect percent_from_log(const Estimate& log_effect);

/// effect / (mean - effect), where `mean` is the adopters' mean outcome and mean - effect what it would have been.
/// NaN unless mean - effect > 0.
[[nodiscard]] double fraction_of_counterfactual(double effect, double adopter_mean);

/// The difference in means of `outcomes` (an outcome or its change) as a fraction of the adopters' counterfactual mean
/// level, with the delta method: psi = (mean psi_effect - effect psi_mean) / (mean - effect)^2, clustered as `kind`
/// says. `level` holds the outcome's level after adoption, one an observation (only the adopters' are read); it is
/// `outcomes.value` itself when that is a level. A missing level of an adopter counts as a missing outcome.
/// Errors (usage): those of difference_in_means.
[[nodiscard]] Result<PercentEffect> percent_of_counterfactual(const MatchedOutcomes& outcomes,
                                                              std::span<const double> level, SeKind kind,
                                                              double confidence,
                                                              MissingOutcome missing = MissingOutcome::pair);

}  // namespace twinfirm::effects
