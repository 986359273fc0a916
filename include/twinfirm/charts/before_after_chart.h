// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/result.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::charts {

/// Means before and after of adopters and matched non-adopters, one panel an outcome, each with its own unit and an
/// axis from 0; the line below a panel's title is the matched effect with its interval. Error: `chart_without_numbers`
/// when no outcome has a matched effect.
[[nodiscard]] Result<Chart> before_after_chart(const evaluation::Evaluation& evaluation, Language language);

/// The survey's indicators, change from before to after of the adopters alone: ratio of sums, mean of ratios and median
/// beside one another with their intervals.
/// Error: `chart_without_numbers` without survey indicators.
[[nodiscard]] Result<Chart> process_change_chart(const evaluation::Evaluation& evaluation, Language language);

}  // namespace twinfirm::charts
