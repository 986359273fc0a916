// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "score_line.h"
#include "twinfirm/base/result.h"

namespace twinfirm::matching {

/// Optimal pairs of one stratum by any distance and within any limits, as a minimum-cost flow: first the most pairs, by
/// a largest flow, then among those the smallest total. Each focal unit keeps only its (focal units x ratio) nearest
/// candidates: one further away can always be exchanged for one of these that is free. Error `optimal_too_large` {arcs,
/// limit} (statistics) beyond 4 million arcs, or 400 million pairs of units to be looked at.
[[nodiscard]] Result<Choices> choose_optimal_by_flow(const StratumTask& task);

}  // namespace twinfirm::matching
