// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "twinfirm/base/result.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::charts {

/// Regression to the mean, made visible: for every band of the outcome's own value the naive growth (mean of the firms'
/// ratios) with the band cut on the year before adoption, two years before, and the mean of both, above the matched
/// effect. What the first has more than the others has nothing to do with the programme. All in %, with intervals.
/// Errors: `chart_outcome_unknown` (outcome), `chart_breakdown_unknown` (breakdown), `chart_without_numbers` (the bands
/// are not of this outcome's own value).
[[nodiscard]] Result<Chart> band_shift_chart(const evaluation::Evaluation& evaluation, std::string_view outcome,
                                             std::string_view breakdown, Language language);

}  // namespace twinfirm::charts
