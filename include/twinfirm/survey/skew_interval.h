// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/survey/survey_estimate.h"

namespace twinfirm::survey {

/// Interval of a mean, total or ratio whose variable is skewed (sales, investment), or of which a few units make up
/// most of the variance, as in a small domain.
struct SkewInterval {
    Interval interval;
    /// Standardised skewness cov(estimate, V) / V^1.5; of a mean of n equal draws G1 / sqrt(n). Beyond 0.2 in absolute
    /// value `value -+ t se` misses too often (Cochran 1977, section 2.15: n > 25 G1^2).
    double skewness = std::numeric_limits<double>::quiet_NaN();
    /// Of the variance estimate; never above the design's. Where it is below some 10 a handful of units carries the
    /// estimate.
    double df = std::numeric_limits<double>::quiet_NaN();
};

/// Beyond this |skewness| the linear interval is not to be trusted.
inline constexpr double skewness_limit = 0.2;

/// Hall's transformation of the t statistic with the estimate's own skewness, and degrees of freedom by the stability
/// of the variance:
///
///     g(T) = T + c T^2 + c^2 T^3 / 3 + d,    bounds = value - se g^-1(+-t),   g^-1(y) = ((1 + 3 c (y - d))^(1/3) -
///     1)/c c = b / 6,  d = a / 2 - b / 6,  a = cov(estimate, V) / V^1.5,  b = 3 a - k3(estimate) / V^1.5
///
/// (Hall 1992, Journal of the Royal Statistical Society B 54:221-228; for one sample without finite population
/// c = G1 / (3 sqrt n), d = G1 / (6 sqrt n)). t has df = 2 V^2 / var(V), var(V) summed over strata from the fourth
/// moment ((m4 - s^4 (n - 3)/(n - 1)) / n, or the normal's 2 s^4 / (n - 1) where that is more), at most the estimate's
/// own df (Satterthwaite 1946, Biometrics Bulletin 2:110-114; Cochran 1977, section 5.4). Bounds may lie on unequal
/// sides of the value. No random numbers. Measured: tests/figures/results/survey_coverage.csv.
/// What it cannot do: find out that the units that matter are not in the sample at all.
/// NaN where the estimate has no error. Throws std::invalid_argument unless 0 < confidence < 1. Cost: O(n log n).
[[nodiscard]] SkewInterval skew_interval(const SampleDesign& design, const Linearised& linearised,
                                         const SurveyEstimate& estimate, double confidence);

}  // namespace twinfirm::survey
