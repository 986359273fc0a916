// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// Matches with replacement from both sides, adopters to non-adopters and the reverse, and puts the two together: the
/// sample of an average effect on everybody.
[[nodiscard]] Result<MatchedSample> match_both_directions(const MatchProblem& problem,
                                                          const design::MatchingSettings& settings,
                                                          const CancellationToken& cancellation);

}  // namespace twinfirm::matching
