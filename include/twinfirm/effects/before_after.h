// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"

namespace twinfirm::effects {

/// How many firms crossed 0, for amounts that can be negative (operating profit). 0 is no loss.
struct SignChanges {
    std::int64_t stayed_in_profit = 0;
    std::int64_t turned_to_profit = 0;  ///< 흑자전환
    std::int64_t turned_to_loss = 0;    ///< 적자전환
    std::int64_t stayed_in_loss = 0;    ///< 적자지속

    [[nodiscard]] std::int64_t with_loss() const { return turned_to_profit + turned_to_loss + stayed_in_loss; }
};

/// Shares of the firms at each end that are cut off, or drawn in to the nearest value that stays.
struct OutlierRule {
    double trim = 0.05;
    double winsorise = 0.01;
};

/// The naive change of the same firms between two times, by every definition that reports use, side by side.
/// Shares are fractions: 0.077 = +7.7 %.
struct BeforeAfter {
    std::int64_t n = 0;            ///< firms with both values
    std::int64_t n_zero_base = 0;  ///< of them with a base of 0 or below: no ratio of their own
    double mean_before = not_available;
    double mean_after = not_available;
    Estimate difference;        ///< mean(after - before), paired t
    Estimate ratio_of_sums;     ///< sum(after) / sum(before) - 1, linearised
    Estimate mean_of_ratios;    ///< mean(after / before - 1) over bases > 0
    Estimate median_of_ratios;  ///< median, order-statistic interval
    Estimate trimmed_mean_of_ratios;
    Estimate winsorised_mean_of_ratios;
    Estimate winsorised_difference;
    SignChanges signs;
};

/// Compares `before[i]` with `after[i]` of firm i; a pair with a missing (NaN) side is left out. With b, a the two
/// values, R = sum a / sum b and n the firms:
/// - difference: mean(a - b), paired t with n-1 degrees of freedom;
/// - ratio of sums: R - 1, linearised: z_i = (a_i - R b_i) / mean(b), variance sum z^2 / (n (n-1)), t with n-1
///   (Cochran 1977, section 6.4); not there unless sum b > 0;
/// - mean of ratios: mean(a/b - 1) over the firms with b > 0, t with their number - 1;
/// - median of the same ratios, with the narrowest interval of order statistics that is symmetric in rank and holds the
///   confidence level for any distribution, and the p value of the sign test (David & Nagaraja 2003, section 7.1). The
///   interval is not there when even the extremes do not hold it (95 %: fewer than 6 firms).
/// - trimmed mean of the same ratios: of n, g = floor(n trim) are cut off at each end and h = n - 2g stay; variance
///   SSD / (h (h-1)), SSD the sum of squares about their mean of the values drawn in, t with h-1 (Yuen 1974, Biometrika
///   61:165);
/// - winsorised mean of ratios and of differences: g = floor(n winsorise) at each end are drawn in; standard error
/// (n-1)
///   / (h-1) s / sqrt(n), s the standard deviation of the values drawn in, t with h-1 (Tukey & McLaughlin 1963, Sankhya
///   A 25:331).
/// One firm gives estimates without uncertainty, no firm NaN. `n_treated` of each estimate is its number of firms.
/// Errors (usage): `effects_unequal_lengths`, `effects_confidence_level`. Cost: O(n log n).
[[nodiscard]] Result<BeforeAfter> before_after(std::span<const double> before, std::span<const double> after,
                                               double confidence, OutlierRule outliers = {});

/// The same for a rate per 100, pooled over the firms: r = 100 sum(count) / sum(base), never a mean of the firms' own
/// rates (most have a count of 0). `mean_before`, `mean_after` are the pooled rates, `difference` their difference and
/// `ratio_of_sums` their relative change; both are linearised over the firms, u_i = 100 (count_i - r base_i / 100) /
/// mean(base), t with n-1. The estimates from the firms' own ratios are not there; `n_zero_base` counts firms with a
/// base of 0 or below at either time. A firm with any of its four values missing is left out. Errors as above.
[[nodiscard]] Result<BeforeAfter> before_after_rate(std::span<const double> count_before,
                                                    std::span<const double> base_before,
                                                    std::span<const double> count_after,
                                                    std::span<const double> base_after, double confidence);

}  // namespace twinfirm::effects
