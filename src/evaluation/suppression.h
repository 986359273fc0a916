// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::evaluation {

/// Marks rows on fewer than `minimum` firms (of either arm), so that no test and no warning uses them; their numbers
/// are needed until protect_rows() has looked at all tables together. A single hidden group is the total minus the
/// others: where a table of the breakdown (one outcome, one time, one estimator) would hide exactly one group, the
/// smallest of the others is hidden as well. `breakdown`: key of the rows looked at, empty for those of all adopters.
/// O(rows log rows).
void suppress_small_cells(std::int64_t minimum, const std::string& breakdown, Evaluation& result);

/// Takes the numbers of marked rows away; who the row is about stays.
void clear_suppressed(Evaluation& result);

}  // namespace twinfirm::evaluation
