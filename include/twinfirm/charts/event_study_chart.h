// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "twinfirm/base/result.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::charts {

/// Event study. Upper panel: adopters and matched non-adopters, each as an index of its own mean in the base year g-1
/// (= 100); for rates, the change from the base year in the outcome's unit. Lower panel: the gap with its pointwise
/// interval; the base year is a hollow mark at 0, the years before adoption are shaded. Under the years: the adopters.
/// Errors: `chart_outcome_unknown` (outcome), `chart_without_numbers` (chart).
[[nodiscard]] Result<Chart> event_study_chart(const evaluation::Evaluation& evaluation, std::string_view outcome,
                                              Language language);

}  // namespace twinfirm::charts
