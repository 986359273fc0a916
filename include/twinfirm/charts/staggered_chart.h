// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "twinfirm/base/result.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::charts {

/// The dynamic aggregate of the staggered estimates by years since adoption: each estimate with its pointwise interval
/// and, beside it, with the band that holds all of them at once. Years before adoption are shaded; under the years the
/// adopters. Errors: `chart_outcome_unknown` (outcome), `chart_without_numbers` (chart).
[[nodiscard]] Result<Chart> staggered_chart(const evaluation::Evaluation& evaluation, std::string_view outcome,
                                            Language language);

}  // namespace twinfirm::charts
