// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "twinfirm/base/language.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::charts {

/// A number and its interval in the unit shown.
struct ShownInterval {
    double value = effects::not_available;
    double low = effects::not_available;
    double high = effects::not_available;
};

/// How the numbers of an outcome appear in a figure. Levels: stored value times `level_factor` in `level_unit`.
/// Changes: `%` for percent, `%p` (`pp` in English) for points, else the outcome's unit.
struct OutcomeScale {
    std::string level_unit;
    double level_factor = 1;
    int level_decimals = 1;
    std::string change_unit;
    double change_factor = 1;
    int change_decimals = 1;
    bool change_is_ratio = false;  ///< changes are fractions of the base, shown as %
};
[[nodiscard]] OutcomeScale outcome_scale(const design::Outcome& outcome, Language language);

/// The matched effect: `percent` of the row for percent outcomes, else its estimate.
[[nodiscard]] ShownInterval shown_effect(const evaluation::EffectRow& row, const OutcomeScale& scale);

/// The naive change: ratio of sums for percent outcomes, else the mean difference.
[[nodiscard]] ShownInterval shown_change(const evaluation::BeforeAfterRow& row, const OutcomeScale& scale);

/// `억원` -> `KRW 100m` in English; unknown units are returned as they are.
[[nodiscard]] std::string unit_label(std::string_view unit, Language language);

}  // namespace twinfirm::charts
