// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace twinfirm::stats {

/// Rank of each id in code-point order, from 0: the last resort of every tie, so that nothing depends on the order of
/// the rows. Equal ids share the rank of the first of them. Ids are UTF-8. Cost: O(n log n) comparisons.
[[nodiscard]] std::vector<std::uint32_t> code_point_ranks(std::span<const std::string> ids);

/// Ranks of numbers from 1, the mean of their places for equal ones (midranks, as Wilcoxon's statistics use them).
/// NaN values are not allowed. Cost: O(n log n).
[[nodiscard]] std::vector<double> midranks(std::span<const double> values);

}  // namespace twinfirm::stats
