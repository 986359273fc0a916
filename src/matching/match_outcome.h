// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "score_line.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// Turns the choices into pairs, sets and weights; `sample` has its arms and the reasons of the units left out.
void record_pairs(const Choices& choices, const design::MatchingSettings& settings, MatchedSample& sample);

/// Gives every unit of the stratum that is in no set its reason.
void explain_unmatched(const StratumTask& task, MatchedSample& sample);

/// The warnings an analyst must see: adopters lost, non-adopters worn out, strata too thin, sets incomplete, ties.
void warn(const std::vector<StratumTask>& tasks, const design::MatchingSettings& settings, MatchedSample& sample);

}  // namespace twinfirm::matching
