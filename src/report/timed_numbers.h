// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

#include "lookup.h"

namespace twinfirm::report {

/// A difference as it is shown: percent for logarithms, else the outcome's unit.
inline double shown_number(double value, const design::Outcome& outcome) {
    if (outcome.metric == design::ChangeMetric::percent) return 100 * std::expm1(value);
    return shown_mean(value, outcome);
}

inline Shown shown_interval(double estimate, double low, double high, double p_value, const design::Outcome& outcome) {
    Shown shown;
    shown.estimate = shown_number(estimate, outcome);
    shown.low = shown_number(low, outcome);
    shown.high = shown_number(high, outcome);
    shown.p_value = p_value;
    shown.unit = change_unit(outcome);
    shown.decimals = unit_decimals(outcome);
    return shown;
}

inline Shown shown_timed(const evaluation::TimedEffect& effect, const design::Outcome& outcome) {
    return shown_interval(effect.estimate, effect.ci_low, effect.ci_high, effect.p_value, outcome);
}

}  // namespace twinfirm::report
