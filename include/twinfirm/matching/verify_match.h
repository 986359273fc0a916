// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_verification.h"
#include "twinfirm/matching/matched_sample.h"
#include "twinfirm/matching/nearest_neighbor.h"

namespace twinfirm::matching {

/// Looks a matching over, from the problem's rows alone and by other means than those that found it: every pair within
/// the caliper and the stratum, no unit used too often, reasons, weights and sets in agreement, and for 8 to 32 focal
/// units (fewer of them the more units there are), spread over the rows, no free candidate nearer than the ones chosen
/// (with replacement: no candidate at all). O(n). Never fails: it counts.
[[nodiscard]] MatchVerification verify_match(const MatchProblem& problem, const design::MatchingSettings& settings,
                                             const MatchedSample& sample);

}  // namespace twinfirm::matching
