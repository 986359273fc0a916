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
/// (with replacement: no candidate at all).
///
/// Sets instead of pairs: each set within its stratum and with both arms, its weights what its numbers of units say,
/// everybody within the caliper of somebody of the other arm in the set; and by method: units of a stratum are in one
/// set (exact, cem), bands in order of the score (subclass), nobody in a set of one and many could join a nearer one
/// (full; sampled), no link longer than the longest way from any unit to its nearest of the other arm (quick). Kernel
/// weights: those of sampled units are added up anew. O(n log n). Never fails: it counts.
[[nodiscard]] MatchVerification verify_match(const MatchProblem& problem, const design::MatchingSettings& settings,
                                             const MatchedSample& sample);

}  // namespace twinfirm::matching
