// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/e_value.h"

#include <cmath>

namespace twinfirm::effects {

namespace {

double e_value(double ratio) {
    const double above = ratio >= 1 ? ratio : 1 / ratio;
    return above + std::sqrt(above * (above - 1));
}

}  // namespace

Result<EValue> e_value_of_risk_ratio(double risk_ratio, double low, double high) {
    const bool has_interval = !std::isnan(low) || !std::isnan(high);
    const bool ratio_valid = risk_ratio > 0 && std::isfinite(risk_ratio);
    const bool interval_valid = low > 0 && low <= risk_ratio && risk_ratio <= high && std::isfinite(high);
    if (!ratio_valid || (has_interval && !interval_valid)) return fail(ErrorKind::usage, "sensitivity_risk_ratio");
    EValue result{risk_ratio, low, high, e_value(risk_ratio), not_available};
    if (has_interval) {
        const bool holds_one = low <= 1 && high >= 1;
        result.interval = holds_one ? 1 : e_value(risk_ratio > 1 ? low : high);
    }
    return result;
}

Result<EValue> e_value_of_mean_difference(double difference, double std_error, double sd) {
    if (!std::isfinite(difference) || !(std_error >= 0) || !std::isfinite(std_error) || !(sd > 0) ||
        !std::isfinite(sd)) {
        return fail(ErrorKind::usage, "sensitivity_mean_difference");
    }
    const double d = 0.91 * difference / sd;
    const double margin = 1.78 * std_error / sd;
    return e_value_of_risk_ratio(std::exp(d), std::exp(d - margin), std::exp(d + margin));
}

}  // namespace twinfirm::effects
