// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// Kernel matching on a score: the counterfactual of a focal unit i is a mean over all units j of the other arm in its
/// stratum with weights K((e_i - e_j) / h) / sum_j' K((e_i - e_j') / h) (Heckman, Ichimura & Todd 1997, Rev. Econ.
/// Stud. 64:605). The sample is those weights added up: a focal unit of the ATT or ATC counts 1, a unit of the other
/// arm the sum of its shares; for the ATE both arms are focal and weigh both together. Then the weights of each arm are
/// scaled to mean 1. A unit without anybody of positive kernel stays out (`outside_caliper`).
///
/// Kernels: Epanechnikov 1 - u^2 and uniform for |u| < 1; gaussian exp(-u^2/2), taken as 0 beyond |u| = 8.
/// Bandwidth h (MatchedSample::bandwidth): as set, or 1.5 times the 90 % quantile (type 7) of the positive distances
/// from the focal units to their nearest of the other arm (pair matching with replacement), for the ATE of both arms'
/// (Huber, Lechner & Steinmayr 2015, Empir. Econ. 49:1; the default of Jann's kmatch for Stata).
///
/// It cannot: a caliper, which the bandwidth stands for, ratios, re-use, limits on covariates, covariate distances
/// (`setting_not_for_method` {method, setting}, usage). Other errors: `bandwidth_value` (usage), `bandwidth_undefined`
/// (statistics; all distances are 0), `caliper_drops_all` (nobody within the bandwidth), `no_shared_strata` and those
/// of nearest_neighbor() about the data; `cancelled`. Cost: O(n log n) and the number of pairs within the bandwidth.
[[nodiscard]] Result<MatchedSample> kernel_matching(const MatchProblem& problem,
                                                    const design::MatchingSettings& settings,
                                                    const CancellationToken& cancellation = {});

}  // namespace twinfirm::matching
