// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"

namespace twinfirm::effects {

/// The E-value: how strong, as a risk ratio, a hidden factor's ties with adoption and with the outcome would both have
/// to be to explain an effect away (VanderWeele & Ding 2017, Ann. Intern. Med. 167:268-274). It says nothing of how
/// likely such a factor is.
struct EValue {
    double risk_ratio = not_available;
    double low = not_available;  ///< interval of the risk ratio; NaN = none was given
    double high = not_available;
    double estimate = not_available;  ///< E-value of the risk ratio, >= 1
    double interval = not_available;  ///< E-value of the interval's end nearer to 1; 1 where the interval holds 1
};

/// RR + sqrt(RR (RR - 1)) for RR >= 1, of 1 / RR below 1. `low` and `high` are NaN without an interval.
/// Error (usage): `sensitivity_risk_ratio` unless 0 < low <= RR <= high, all finite.
[[nodiscard]] Result<EValue> e_value_of_risk_ratio(double risk_ratio, double low = not_available,
                                                   double high = not_available);

/// Of a difference of means by its approximate risk ratio exp(0.91 d), d = difference / sd the standardised difference,
/// with the interval exp(0.91 d +- 1.78 se / sd) (VanderWeele & Ding 2017, table 2; Chinn 2000).
/// @param sd  of the outcome, pooled or of the non-adopters
/// Error (usage): `sensitivity_mean_difference` unless all are finite, std_error >= 0 and sd > 0.
[[nodiscard]] Result<EValue> e_value_of_mean_difference(double difference, double std_error, double sd);

}  // namespace twinfirm::effects
