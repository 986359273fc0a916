// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "twinfirm/base/result.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::charts {

/// Groups of a breakdown ranked by their shrunken effect on an outcome, best first: dot and interval of the shrunken
/// effect; those after the first `groups.top` places are faint, and none stands after twice as many. Columns at the
/// right: shrunken effect with interval, adopters, interval of the place and share of the resamples among the first.
/// Errors: `chart_outcome_unknown` (outcome), `chart_breakdown_unknown` (breakdown), `chart_without_numbers` (nothing
/// is ranked, or no more groups than places).
[[nodiscard]] Result<Chart> ranking_chart(const evaluation::Evaluation& evaluation, std::string_view outcome,
                                          std::string_view breakdown, Language language);

}  // namespace twinfirm::charts
