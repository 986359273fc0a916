// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"

namespace twinfirm::matching {

/// The bin of each value, from 0 in rising order; -1 = NaN. A bin holds its lower cutpoint and not its upper one; the
/// first and the last are open to the outside. Bins by rule, over the values with `usable` = 1 (empty = all):
/// - sturges: equally wide over the range, ceiling(log2(n) + 1) of them (Sturges 1926)
/// - bins: `count` equally wide ones
/// - quantiles: between the quantiles 1/count, 2/count, ... (type 7)
/// - cutpoints: between the points themselves
/// These are the rules of R's MatchIt for coarsened exact matching; cutpoints that coincide make no bin.
/// Error (usage): `coarsening_value` {column} for fewer than one bin, more than 100000, or points that do not rise.
/// Cost: O(n log n) for quantiles, else O(n log bins).
[[nodiscard]] Result<std::vector<std::int32_t>> coarsen(std::span<const double> values,
                                                        std::span<const std::uint8_t> usable,
                                                        const design::Coarsening& rule);

}  // namespace twinfirm::matching
