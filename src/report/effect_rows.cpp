// SPDX-License-Identifier: GPL-3.0-or-later
#include "effect_rows.h"

#include <cstdlib>

#include "twinfirm/base/number_text.h"

namespace twinfirm::report {

std::string label_with_unit(const design::Outcome& outcome, const Words& words) {
    const std::string& label = outcome.label.in(words.language());
    if (outcome.unit.empty()) return label;
    return words("report_label_with_unit", {{"label", label}, {"unit", words.format().unit(outcome.unit)}});
}

std::string event_time_text(std::optional<int> event_time, const design::Specification& specification,
                            const Words& words) {
    if (!event_time) return words("report_time_mean", {{"last", integer_text(specification.lags)}});
    if (*event_time == 0) return words("report_time_adoption");
    return words(*event_time > 0 ? "report_time_after" : "report_time_before",
                 {{"years", integer_text(std::abs(*event_time))}});
}

std::string interval_text(const design::Specification& specification, const Words& words) {
    const double level = in_percent(specification.confidence_level);
    return words("report_confidence_interval", {{"level", shortest_text(level)}});
}

std::string_view missing_change_reason(const effects::BeforeAfter& change) {
    if (change.n == 0) return "report_missing_no_firms";
    return change.n_zero_base == change.n ? "report_missing_zero_base" : "report_missing_number";
}

std::string_view missing_effect_reason(const effects::Estimate& effect) {
    return effect.n_treated == 0 || effect.n_control == 0 ? "report_missing_no_pairs" : "report_missing_number";
}

}  // namespace twinfirm::report
