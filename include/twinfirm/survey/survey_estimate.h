// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "twinfirm/survey/linearised.h"

namespace twinfirm::survey {

struct Interval {
    double low = std::numeric_limits<double>::quiet_NaN();
    double high = std::numeric_limits<double>::quiet_NaN();
};

/// How far an estimate may be used, by its relative standard error, as Korean official statistics mark it.
enum class Reliability {
    good,        ///< below 25 %
    caution,     ///< 25 % and more: 이용 주의
    unreliable,  ///< 50 % and more: 신뢰 낮음
    unknown,     ///< no standard error, or an estimate of 0
};
/// "" | "caution" | "unreliable" | "unknown"
[[nodiscard]] std::string_view reliability_code(Reliability reliability);

/// An estimate from a sample with its design-based error.
struct SurveyEstimate {
    double value = std::numeric_limits<double>::quiet_NaN();
    /// NaN where the answers come from fewer than two primary sampling units: the spread between units is then unknown.
    double std_error = std::numeric_limits<double>::quiet_NaN();
    double df = std::numeric_limits<double>::quiet_NaN();    ///< units less strata of the rows that answered
    double deff = std::numeric_limits<double>::quiet_NaN();  ///< variance over Linearised::simple_variance
    std::int64_t n = 0;
    double population = 0;
    double kish_n = 0;

    /// Coefficient of variation (relative standard error), std_error / |value|; NaN for an estimate of 0.
    [[nodiscard]] double cv() const;
    [[nodiscard]] Reliability reliability() const;
};

/// Cost: O(n log n).
[[nodiscard]] SurveyEstimate estimate_of(const SampleDesign& design, const Linearised& linearised);

/// The factor of the standard error in an interval: the quantile of t with the estimate's degrees of freedom; NaN where
/// there are none. Throws std::invalid_argument unless 0 < confidence < 1.
[[nodiscard]] double critical_value(const SurveyEstimate& estimate, double confidence);
/// Margin of error (sampling error, 표본오차): critical_value * std_error.
[[nodiscard]] double margin_of_error(const SurveyEstimate& estimate, double confidence);
/// value +- margin_of_error.
[[nodiscard]] Interval linear_interval(const SurveyEstimate& estimate, double confidence);

}  // namespace twinfirm::survey
