// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/result.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::charts {

/// The firms that are left after each step, adopters and non-adopters side by side, each with its own scale.
/// Error: `chart_without_numbers` when the evaluation has no flow.
[[nodiscard]] Result<Chart> flow_chart(const evaluation::Evaluation& evaluation, Language language);

}  // namespace twinfirm::charts
