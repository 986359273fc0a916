// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "twinfirm/survey/sample_design.h"

namespace twinfirm::survey {

/// An estimate together with what each row does to it: to first order, the estimate is a constant plus
/// `sum_i w_i influence_i`, whose variance SampleDesign gives (Taylor linearisation; Binder 1983, International
/// Statistical Review 51:279-292; Särndal, Swensson & Wretman 1992, section 5.5).
struct Linearised {
    double value = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> influence;  ///< one a row of the sample; 0 outside the domain and where no answer was given
    std::vector<char> answered;     ///< rows of the domain with an answer
    std::int64_t n = 0;             ///< how many they are
    double population = 0;          ///< sum of their weights
    double kish_n = 0;              ///< Kish's effective number of them, (sum w)^2 / sum w^2
    /// Variance that a simple random sample of n of this population would have had: S^2 / n (1 - n / population), with
    /// S^2 = n / (n - 1) sum w (y - mean)^2 / sum w. The correction is left out where the weights do not sum to more
    /// than n, that is were scaled to the sample.
    double simple_variance = std::numeric_limits<double>::quiet_NaN();
};

// Values are one a row, NaN = no answer; `domain` is one a row, 0 = outside, empty = all rows. A missing answer is
// treated as being outside the domain: the sizes of strata do not change. Without answers the value is NaN and n 0.
// Throw std::invalid_argument for lengths other than the design's. Cost: O(n log n).

/// Weighted mean, sum w y / sum w; of 0/1 values, a share. Influence (y - mean) / sum w.
[[nodiscard]] Linearised mean_of(const SampleDesign& design, std::span<const double> values,
                                 std::span<const char> domain = {});

/// Total in the population, sum w y. Influence y.
[[nodiscard]] Linearised total_of(const SampleDesign& design, std::span<const double> values,
                                  std::span<const char> domain = {});

/// Ratio of totals, sum w y / sum w x, over the rows that have both. Influence (y - R x) / sum w x. NaN where the
/// denominator sums to 0.
[[nodiscard]] Linearised ratio_of(const SampleDesign& design, std::span<const double> numerator,
                                  std::span<const double> denominator, std::span<const char> domain = {});

/// a - b, with their covariance, whether the domains are apart, nested or the same. n, population and kish_n count the
/// rows of either; there is no simple_variance.
[[nodiscard]] Linearised difference_of(const SampleDesign& design, const Linearised& a, const Linearised& b);

}  // namespace twinfirm::survey
