// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"
#include "twinfirm/effects/matched_outcomes.h"
#include "twinfirm/effects/missing_outcome.h"
#include "twinfirm/effects/pair_bootstrap.h"
#include "twinfirm/effects/regression_adjusted.h"

namespace twinfirm::effects {

/// Wild cluster bootstrap of the t statistic with the null hypothesis imposed (Cameron, Gelbach & Miller 2008, Rev.
/// Econ. Stat. 90:414, "WCR"), for errors clustered by MatchedOutcomes::cluster with few clusters, where the normal and
/// the t reference reject too often.
///
/// The effect is that of regression_adjusted(); without covariates the difference in means. For an effect b0, with u
/// the residuals of the weighted regression in which the effect is b0, a draw is y* = fitted + v_c u with one v_c a
/// cluster: Rademacher signs, or, under 12 clusters, where these have fewer than 4,096 ways, Webb's six points -+
/// sqrt(3/2), 1, sqrt(1/2) (Webb 2023, Can. J. Econ. 56:839). p(b0) = (1 + draws with |t*| >= |t|) / (1 + draws), t by
/// the cluster alone. The interval holds the b0 with p(b0) > 1 - confidence, its ends found by bisection from the
/// estimate outwards; an end that is not reached within 2^20 standard errors is NaN. The sums over a cluster are linear
/// in v and in b0, so that no draw fits a regression again (Roodman, Nielsen, MacKinnon & Webb 2019, Stata J. 19:4).
///
/// It does not help where adoption varies in one or two clusters only (MacKinnon & Webb 2017). Fewer than three
/// clusters, an empty arm or a perfect fit: no test (empty kind). Same bits for any number of threads.
/// Errors (usage): those of regression_adjusted; `effects_unequal_lengths` without clusters.
/// Cost: O(n p^2 + draws G^2 + 100 draws), G clusters.
[[nodiscard]] Result<SmallSampleTest> wild_cluster_bootstrap(const MatchedOutcomes& outcomes,
                                                             const Eigen::MatrixXd& covariates, Adjustment adjustment,
                                                             const ResamplingOptions& options, double confidence,
                                                             MissingOutcome missing = MissingOutcome::pair,
                                                             Target target = Target::adopters);

}  // namespace twinfirm::effects
