// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "twinfirm/base/result.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::charts {

/// Forest plot: the groups of a breakdown in their natural order, square with side ∝ √n, whisker = interval, zero line,
/// diamond for all adopters; the before/after number without comparison as a faint tick. Columns at the right: estimate
/// with interval, numbers of adopters / matched non-adopters. Suppressed groups say X. The notes hold the test that the
/// groups do not differ and the number of comparisons.
///
/// `outcome` is an outcome of the specification, or a survey indicator: then adopters alone, change of the sum.
/// Errors: `chart_outcome_unknown` (outcome), `chart_breakdown_unknown` (breakdown), `chart_without_numbers`.
[[nodiscard]] Result<Chart> forest_chart(const evaluation::Evaluation& evaluation, std::string_view outcome,
                                         std::string_view breakdown, Language language);

}  // namespace twinfirm::charts
