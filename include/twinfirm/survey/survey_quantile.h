// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/survey/proportion_interval.h"

namespace twinfirm::survey {

struct SurveyQuantile {
    SurveyEstimate estimate;  ///< std_error: half the interval's width over the critical value; no design effect
    Interval interval;        ///< a bound is NaN where the share's interval leaves 0..1
};

/// The p-quantile of a variable in the population: the smallest value whose weighted distribution function
/// F(x) = sum w 1(y <= x) / sum w is p or more (no interpolation; Hyndman & Fan's type 1). Shares within 1e-12 are
/// taken as equal.
///
/// Interval (Woodruff 1952, JASA 47:635-646): the interval of the share F(q) at the estimate, by `method`, its bounds
/// taken back to values by the same rule. That is R's svyquantile with qrule "math" and interval.type "mean"
/// (`linear`), "xlogit", "asin" or "beta"; older peers interpolate. Estimate and interval are values that were given
/// by somebody.
/// Throws std::invalid_argument unless 0 < p < 1 and 0 < confidence < 1. Cost: O(n log n).
[[nodiscard]] SurveyQuantile quantile_of(const SampleDesign& design, std::span<const double> values, double p,
                                         std::span<const char> domain = {}, double confidence = 0.95,
                                         ProportionInterval method = ProportionInterval::linear);

}  // namespace twinfirm::survey
