// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"

namespace twinfirm::stats {
struct DesignMatrix;
}

namespace twinfirm::effects {

/// What the estimate would be if a hidden factor were `multiple` times as strong as a covariate.
struct BenchmarkBound {
    std::string covariate;
    double multiple = 1;
    double r2_treatment = not_available;  ///< partial R2 of the hidden factor with adoption
    double r2_outcome = not_available;    ///< partial R2 of the hidden factor with the outcome, given adoption
    double estimate = not_available;      ///< adjusted towards 0
    double std_error = not_available;
    double t = not_available;
    double ci_low = not_available;
    double ci_high = not_available;
};

/// Sensitivity of a regression's treatment coefficient to a variable that was left out.
struct OmittedVariableBias {
    double estimate = not_available;
    double std_error = not_available;  ///< classical, homoscedastic
    double t = not_available;
    std::int64_t df = 0;
    std::int64_t n = 0;
    double partial_r2 = not_available;        ///< of adoption with the outcome, t^2 / (t^2 + df)
    double robustness_value = not_available;  ///< partial R2 with both that would bring the estimate to 0
    /// The same to bring the estimate to where it is no longer significant at 1 - confidence; 0 if it is not now.
    double robustness_value_alpha = not_available;
    std::vector<BenchmarkBound> bounds;
    Messages messages;  ///< `covariate_collinear`; `sensitivity_multiple_impossible` {covariate, multiple}
};

struct OmittedVariableRequest {
    std::vector<std::string> benchmarks;  ///< terms of the design, as DesignColumn::term writes them
    std::vector<double> multiples{1, 2, 3};
    double confidence = 0.95;
};

/// Cinelli & Hazlett 2020, JRSS B 82:39-67. With f = |t| / sqrt(df), the robustness value is (sqrt(f^4 + 4 f^2) - f^2)
/// / 2 (section 4.2); for significance f is reduced by |t*(df - 1)| / sqrt(df - 1), and where f exceeds the inverse of
/// that the value is (f^2 - f*^2) / (1 + f^2). Bounds: section 4.4, equations 14-17 with k_D = k_Y = `multiple`; a
/// category counts with all its columns at once. A bound whose partial R2 with adoption would reach 1 does not exist:
/// NaN, with the message `sensitivity_multiple_impossible`; a partial R2 with the outcome is at most 1.
///
/// Intervals take t with `df` degrees of freedom, as R's sensemakr does.
///
/// It is about linear regression of the outcome on adoption and the covariates, weighted if weights are given; it
/// cannot judge bias of another kind, or the sampling weights' own error.
///
/// @param design     covariates, the intercept first; rows as the vectors below
/// @param treatment  0/1, or a dose
/// @param outcome    finite
/// @param weights    none, or one a row: finite, >= 0
/// Errors: `variable_unknown` {name} (usage) for a benchmark that is no term; `sensitivity_treatment_collinear`,
/// `sensitivity_no_freedom` (statistics). Lengths that do not fit throw std::invalid_argument.
/// Cost: two regressions and two more for each benchmark, O(n p^2) each.
[[nodiscard]] Result<OmittedVariableBias> omitted_variable_bias(const stats::DesignMatrix& design,
                                                                std::span<const double> treatment,
                                                                std::span<const double> outcome,
                                                                std::span<const double> weights,
                                                                const OmittedVariableRequest& request);

}  // namespace twinfirm::effects
