// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/result.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::charts {

/// Mirrored histogram of the score, as counts: adopters up (matched filled, discarded hatched), matched non-adopters
/// down on the same scale, so that the two halves can be compared; the discarded non-adopters, often thirty times as
/// many, in a strip of their own scale below. Dotted lines: the common support, to the width of a bin. Error:
/// `chart_without_numbers` when the evaluation has no bins.
[[nodiscard]] Result<Chart> overlap_chart(const evaluation::Evaluation& evaluation, Language language);

}  // namespace twinfirm::charts
