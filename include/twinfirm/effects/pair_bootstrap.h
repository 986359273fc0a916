// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstdint>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"
#include "twinfirm/effects/matched_outcomes.h"
#include "twinfirm/effects/missing_outcome.h"
#include "twinfirm/effects/regression_adjusted.h"

namespace twinfirm::effects {

struct ResamplingOptions {
    std::uint32_t replications = 1999;
    std::uint64_t seed = 1;
    unsigned threads = 0;  ///< 0 = as many as the machine has; the result has the same bits for any number
};

/// Bootstrap of a sample matched without replacement: matched sets are drawn with replacement, as many as there are,
/// and the effect is estimated again from each draw (Abadie & Spiess 2022, JASA 117:983-995: valid conditional on the
/// matching). Standard error: SD of the draws' estimates; interval: their percentiles; p value: twice the smaller share
/// on one side of 0, the estimate itself counted in. An observation without a set is drawn alone.
///
/// It does not hold where a firm stands in several sets: the bootstrap of matching with replacement is not valid
/// (Abadie & Imbens 2008, Econometrica 76:1537-1557). Fewer than two sets give an estimate without an error.
/// Errors (usage): `bootstrap_with_replacement`; those of difference_in_means, of regression_adjusted.
/// Cost: O(replications n), with covariates O(replications n p^2).
[[nodiscard]] Result<Estimate> bootstrap_difference(const MatchedOutcomes& outcomes, const ResamplingOptions& options,
                                                    double confidence, MissingOutcome missing = MissingOutcome::pair);
[[nodiscard]] Result<Estimate> bootstrap_regression(const MatchedOutcomes& outcomes, const Eigen::MatrixXd& covariates,
                                                    Adjustment adjustment, const ResamplingOptions& options,
                                                    double confidence, MissingOutcome missing = MissingOutcome::pair,
                                                    Target target = Target::adopters);

}  // namespace twinfirm::effects
