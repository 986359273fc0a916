// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::report {

/// Finding rows of an evaluation, and reading them in the unit that is shown. Null = the row is not there.

/// The estimator whose numbers the report speaks of: `did`, or the first one there is.
[[nodiscard]] std::string main_estimator(const evaluation::Evaluation& evaluation);

/// `breakdown` and `group` empty = all adopters.
struct RowKey {
    std::string_view outcome;
    std::optional<int> event_time;
    std::string_view breakdown = {};
    std::string_view group = {};
};
[[nodiscard]] const evaluation::EffectRow* find_effect(const evaluation::Evaluation& evaluation, const RowKey& key,
                                                       std::string_view estimator);
[[nodiscard]] const evaluation::BeforeAfterRow* find_change(const evaluation::Evaluation& evaluation,
                                                            const RowKey& key);

/// The groups of a breakdown in the order of the results.
[[nodiscard]] std::vector<evaluation::Group> groups_of(const evaluation::Evaluation& evaluation,
                                                       std::string_view breakdown);

[[nodiscard]] std::optional<evaluation::ArmCount> flow_count(const evaluation::Evaluation& evaluation,
                                                             std::string_view step);

/// An estimate in the unit shown.
struct Shown {
    double estimate = effects::not_available;
    double low = effects::not_available;
    double high = effects::not_available;
    double p_value = effects::not_available;
    std::string unit;
    int decimals = 1;
};
/// Percent of the counterfactual mean for `percent`, the outcome's unit for `level`, %p for rates.
[[nodiscard]] Shown shown_effect(const evaluation::EffectRow& row, const design::Outcome& outcome);
/// The naive change in the same unit: ratio of sums for `percent`, else the mean difference.
[[nodiscard]] Shown shown_change(const evaluation::BeforeAfterRow& row, const design::Outcome& outcome);
/// A share (0.077) as percent.
[[nodiscard]] Shown shown_share(const effects::Estimate& share);
/// The unit of both.
[[nodiscard]] std::string change_unit(const design::Outcome& outcome);
/// A mean of the outcome in its unit, as base and after values are shown.
[[nodiscard]] double shown_mean(double mean, const design::Outcome& outcome);
/// Decimals of means and differences in the outcome's unit.
[[nodiscard]] int unit_decimals(const design::Outcome& outcome);

}  // namespace twinfirm::report
