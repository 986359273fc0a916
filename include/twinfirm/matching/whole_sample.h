// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// No matching: every unit with covariates, within the common support where a rule for it is set, counts 1. What is
/// compared then are the arms as they are. Errors: those of nearest_neighbor() about the data. O(n).
[[nodiscard]] Result<MatchedSample> whole_sample(const MatchProblem& problem, const design::MatchingSettings& settings);

}  // namespace twinfirm::matching
