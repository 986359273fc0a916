// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// Matches by the settings' method: nearest_neighbor() or optimal_pairs(), with their errors.
[[nodiscard]] Result<MatchedSample> match(const MatchProblem& problem, const design::MatchingSettings& settings,
                                          const CancellationToken& cancellation = {});

}  // namespace twinfirm::matching
