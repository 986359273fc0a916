// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// Matches by the settings' method, with its errors: nearest_neighbor(), optimal_pairs(), full_matching(),
/// generalized_full_matching(), subclassification(), exact_matching() (also for coarsened strata), k2k_matching(),
/// kernel_matching(), or whole_sample(). Throws std::invalid_argument for weighting, which matches nobody.
[[nodiscard]] Result<MatchedSample> match(const MatchProblem& problem, const design::MatchingSettings& settings,
                                          const CancellationToken& cancellation = {});

}  // namespace twinfirm::matching
