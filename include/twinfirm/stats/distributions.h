// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace twinfirm::stats {

// Distribution functions by Boost.Math; relative error a few units in the last place. NaN for a NaN, for a probability
// outside [0, 1] and for degrees of freedom that are not > 0. Nothing throws. Infinite degrees of freedom of t give the
// normal distribution.

/// P(Z <= z) for the standard normal distribution.
[[nodiscard]] double normal_cdf(double z);
/// P(Z > z), without the cancellation of 1 - normal_cdf(z).
[[nodiscard]] double normal_upper_tail(double z);
/// -infinity at 0, infinity at 1.
[[nodiscard]] double normal_quantile(double probability);
/// P(|Z| >= |z|).
[[nodiscard]] double normal_two_sided_p(double z);

/// P(T <= t) for Student's t.
[[nodiscard]] double student_t_cdf(double t, double degrees_of_freedom);
[[nodiscard]] double student_t_quantile(double probability, double degrees_of_freedom);
/// P(|T| >= |t|).
[[nodiscard]] double student_t_two_sided_p(double t, double degrees_of_freedom);

/// P(X <= x) for chi squared; 0 for x <= 0.
[[nodiscard]] double chi_squared_cdf(double x, double degrees_of_freedom);
/// P(X > x): the p-value of a Wald or heterogeneity test.
[[nodiscard]] double chi_squared_upper_tail(double x, double degrees_of_freedom);
[[nodiscard]] double chi_squared_quantile(double probability, double degrees_of_freedom);

/// P(F > f) for Fisher's F; the degrees of freedom need not be whole.
[[nodiscard]] double f_upper_tail(double f, double numerator_df, double denominator_df);
/// Quantile of the beta distribution; NaN unless a >= 0 and b >= 0 and one is above 0. a = 0: 0; b = 0: 1.
[[nodiscard]] double beta_quantile(double probability, double a, double b);

/// P(X >= successes) for X binomial with `trials` and `probability`, by the incomplete beta function. NaN for a
/// negative number of trials.
[[nodiscard]] double binomial_upper_tail(std::int64_t successes, std::int64_t trials, double probability);

}  // namespace twinfirm::stats
