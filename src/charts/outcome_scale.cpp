// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/outcome_scale.h"

#include <array>
#include <utility>

namespace twinfirm::charts {
namespace {

ShownInterval scaled(double value, double low, double high, double factor) {
    return {value * factor, low * factor, high * factor};
}

}  // namespace

OutcomeScale outcome_scale(const design::Outcome& outcome, Language language) {
    OutcomeScale scale;
    scale.level_unit = unit_label(outcome.unit, language);
    scale.level_factor = outcome.unit_scale == 0 ? 1 : 1 / outcome.unit_scale;
    scale.change_unit = scale.level_unit;
    scale.change_factor = scale.level_factor;
    switch (outcome.metric) {
        case design::ChangeMetric::percent:
            scale.change_unit = "%";
            scale.change_factor = 100;
            scale.change_is_ratio = true;
            break;
        case design::ChangeMetric::level:
            break;
        case design::ChangeMetric::points:
            // Rates are stored as fractions: 0.124 is shown as 12.4 %.
            scale.level_unit = "%";
            scale.level_factor = 100;
            scale.change_unit = unit_label("%p", language);
            scale.change_factor = 100;
            break;
        case design::ChangeMetric::per_hundred:
            scale.level_decimals = 2;
            scale.change_decimals = 2;
            // The change of a rate in % is a difference in percentage points.
            if (outcome.unit == "%") scale.change_unit = unit_label("%p", language);
            break;
    }
    return scale;
}

ShownInterval shown_effect(const evaluation::EffectRow& row, const OutcomeScale& scale) {
    if (row.group.suppressed) return {};
    if (scale.change_is_ratio) return scaled(row.percent, row.percent_low, row.percent_high, scale.change_factor);
    return scaled(row.effect.estimate, row.effect.ci_low, row.effect.ci_high, scale.change_factor);
}

ShownInterval shown_change(const evaluation::BeforeAfterRow& row, const OutcomeScale& scale) {
    if (row.group.suppressed) return {};
    const effects::Estimate& estimate = scale.change_is_ratio ? row.change.ratio_of_sums : row.change.difference;
    return scaled(estimate.estimate, estimate.ci_low, estimate.ci_high, scale.change_factor);
}

std::string unit_label(std::string_view unit, Language language) {
    if (language == Language::korean) return std::string(unit);
    constexpr std::array<std::pair<std::string_view, std::string_view>, 11> english{{{"%p", "pp"},
                                                                                     {"억원", "KRW 100m"},
                                                                                     {"백만원", "KRW million"},
                                                                                     {"천원", "KRW thousand"},
                                                                                     {"원", "KRW"},
                                                                                     {"명", "persons"},
                                                                                     {"건", "cases"},
                                                                                     {"개사", "firms"},
                                                                                     {"일", "days"},
                                                                                     {"시간", "hours"},
                                                                                     {"천달러", "USD thousand"}}};
    for (const auto& [korean, text] : english) {
        if (unit == korean) return std::string(text);
    }
    return std::string(unit);
}

}  // namespace twinfirm::charts
