// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <string>

namespace twinfirm::effects {

inline constexpr double not_available = std::numeric_limits<double>::quiet_NaN();

/// A test that holds for few clusters or few matched sets, where the standard error is too small; it stands beside the
/// estimate's own p value and interval.
struct SmallSampleTest {
    std::string kind;                ///< `permutation`, `wild-rademacher`, `wild-webb`; empty = none was made
    double p_value = not_available;  ///< two-sided, of no effect
    double ci_low = not_available;   ///< by inversion; NaN where the interval has no end, and for permutations
    double ci_high = not_available;
    std::uint64_t draws = 0;  ///< looked at
    bool exact = false;       ///< they are all there are
};

/// A number with its uncertainty. NaN where it could not be computed (one cluster has no standard error); a reader
/// shows `-` and the reason, never 0.
struct Estimate {
    double estimate = not_available;
    double std_error = not_available;
    double df = not_available;  ///< degrees of freedom of the t interval; infinity = normal
    double ci_low = not_available;
    double ci_high = not_available;
    double p_value = not_available;  ///< two-sided, of no effect
    std::string se_kind;             ///< cr0, cr1, two-way, paired, hc1 ...
    std::int64_t n_treated = 0;      ///< adopters in the estimate
    std::int64_t n_control = 0;      ///< distinct non-adopters in the estimate
    double ess_control = 0;          ///< effective sample size of the controls, (sum w)^2 / sum w^2
    SmallSampleTest small_sample{};
};

/// Margins of error (half widths of the confidence intervals) of an outcome's levels.
struct LevelMargins {
    double treated_base = not_available;
    double treated_after = not_available;
    double control_base = not_available;
    double control_after = not_available;
};

}  // namespace twinfirm::effects
