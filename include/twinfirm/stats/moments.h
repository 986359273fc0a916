// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace twinfirm::stats {

// All of these: NaN for an empty input (a sum: 0) and for an input with a NaN; the result depends on the order of the
// values only within the last digit, and callers that need equal bits give them in the order of the firms' ids.

/// Sum with a running compensation of the rounding errors. Error: a rounding of the result plus O(n eps^2 sum|x|).
/// Cost: O(n). Source: Neumaier (1974), ZAMM 54:39-51.
[[nodiscard]] double compensated_sum(std::span<const double> values);

/// Arithmetic mean, corrected by the mean of the residuals. Cost: O(n).
[[nodiscard]] double mean(std::span<const double> values);

/// sum w x / sum w. `weights`: one a value, finite, >= 0; NaN if they sum to 0. Values of weight 0 do not count, even
/// when they are NaN.
[[nodiscard]] double weighted_mean(std::span<const double> values, std::span<const double> weights);

/// Sample variance with divisor n - 1 by the corrected two-pass algorithm; NaN for fewer than two values.
/// Cost: O(n). Source: Chan, Golub & LeVeque (1983), American Statistician 37:242-247, equation 1.7.
[[nodiscard]] double variance(std::span<const double> values);
[[nodiscard]] double standard_deviation(std::span<const double> values);

/// sum w (x - m)^2 / (1 - sum w^2), w scaled to sum to 1, m their weighted mean: the unbiased variance for reliability
/// weights, equal to variance() for equal weights. NaN if fewer than two values count.
[[nodiscard]] double weighted_variance(std::span<const double> values, std::span<const double> weights);

/// sum w (x - m)^2 / sum w: the variance of the weighted values as a population; p (1 - p) for 0/1 values.
[[nodiscard]] double population_variance(std::span<const double> values, std::span<const double> weights);

/// Kish's effective number of values, (sum w)^2 / sum w^2; 0 if the weights sum to 0.
[[nodiscard]] double effective_sample_size(std::span<const double> weights);

/// Quantiles of type 7 (Hyndman & Fan 1996, American Statistician 50:361-365; R's default): linear between the order
/// statistics at 1 + (n - 1) p. `probabilities` in [0, 1], outside NaN. Cost: O(n log n).
[[nodiscard]] std::vector<double> quantiles(std::vector<double> values, std::span<const double> probabilities);
[[nodiscard]] double quantile(std::vector<double> values, double probability);
[[nodiscard]] double median(std::vector<double> values);

}  // namespace twinfirm::stats
