// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"

namespace twinfirm::effects {

/// The naive change of the same firms between two times, by every definition that reports use, side by side.
/// Shares are fractions: 0.077 = +7.7 %.
struct BeforeAfter {
    std::int64_t n = 0;            ///< firms with both values
    std::int64_t n_zero_base = 0;  ///< of them with a base of 0 or below: no ratio of their own
    double mean_before = not_available;
    double mean_after = not_available;
    Estimate difference;       ///< mean(after - before), paired t
    Estimate ratio_of_sums;    ///< sum(after) / sum(before) - 1, linearised
    Estimate mean_of_ratios;   ///< mean(after / before - 1) over bases > 0
    Estimate median_of_ratios; ///< median, order-statistic interval
};

}  // namespace twinfirm::effects
