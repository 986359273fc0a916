// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "twinfirm/survey/grouping.h"

namespace twinfirm::survey {

/// What is left of a variable after its weighted regression on the indicators of all groups of all margins, by
/// alternating subtraction of group means (the least-squares solution in the limit). One margin: one pass.
[[nodiscard]] std::vector<double> margin_residuals(std::vector<double> variable, std::span<const double> weights,
                                                   const std::vector<Grouping>& margins);

/// Sums of `values` by group; rows in no group do not count. The same bits for any order of rows.
[[nodiscard]] std::vector<double> group_sums(std::span<const double> values, const Grouping& groups);

}  // namespace twinfirm::survey
