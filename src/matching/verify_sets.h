// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/matching/match_verification.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// The part of verify_match() for samples made of sets.
[[nodiscard]] MatchVerification verify_sets(const MatchProblem& problem, const design::MatchingSettings& settings,
                                            const MatchedSample& sample);

/// The part for samples of weights alone.
[[nodiscard]] MatchVerification verify_weights(const MatchProblem& problem, const design::MatchingSettings& settings,
                                               const MatchedSample& sample);

}  // namespace twinfirm::matching
