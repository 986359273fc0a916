// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "twinfirm/survey/survey_estimate.h"

namespace twinfirm::survey {

/// Intervals of a share p with design-based variance v. t is critical_value(), n* = p (1 - p) / v the effective sample
/// size: what a simple random sample with replacement would need for the same error.
enum class ProportionInterval {
    linear,  ///< p -+ t sqrt(v) (Wald); may leave 0..1
    /// log(p / (1-p)) -+ t sqrt(v) / (p (1-p)), transformed back (Korn & Graubard 1999, section 2.2; "xlogit" in R)
    logit,
    /// roots of (p - q)^2 = t^2 q (1 - q) / n*: Wilson (1927) with n* for n and t for z (Dean & Pagano 2015)
    wilson,
    /// q with 2 n' (p log(p/q) + (1-p) log((1-p)/(1-q))) <= t^2, n' = n* (n - 1) / n: the likelihood scaled by the
    /// dispersion and the design effect (Rao & Scott 1984)
    likelihood,
    arcsine,  ///< asin(sqrt p) -+ t sqrt(v) / (2 sqrt(p (1-p))), transformed back
    /// Clopper-Pearson with n+ = n* (t_{n-1} / t_df)^2 for n (Korn & Graubard 1998): never too short, often long
    beta,
};

/// "linear", "logit", "wilson", "likelihood", "arcsine", "beta"
[[nodiscard]] std::string_view proportion_interval_code(ProportionInterval method);
[[nodiscard]] std::optional<ProportionInterval> parse_proportion_interval(std::string_view code);

/// The interval of a share (mean_of 0/1 values). Where every answer is the same (p = 0 or 1, v = 0) no method but
/// `beta` and `wilson` has a width; those take Kish's n for n*, and the others are replaced by `beta`. Where v = 0 for
/// a p between (a share that the strata determine) the interval is p itself. NaN where std_error or t is.
/// Cost: O(1).
[[nodiscard]] Interval proportion_interval(const SurveyEstimate& estimate, ProportionInterval method,
                                           double confidence);

}  // namespace twinfirm::survey
