// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::evaluation {

/// One report for each group of a breakdown (province, centre) beside the national one. All of them are cut out of one
/// evaluation, in which the breakdown is crossed with every other: every number of every report is a number of that
/// evaluation, and its disclosure control has looked at them all as linked tables. So what one report hides does not
/// follow from the others and the national total.
///
/// The matching is that of the whole study: a group's effect is that of its matched adopters against their matched
/// non-adopters from anywhere (from the same group, where the breakdown is an exact matching variable or `within`).
/// What it cannot do: balance within a group, and a matching of its own for each group.

/// The specification of that evaluation. `key`: a breakdown of the study, or else a variable that becomes one. Error
/// (usage): `batch_crossed` {key} for a breakdown that is a cross already.
[[nodiscard]] Result<design::Specification> batch_specification(const design::Specification& study,
                                                                const std::string& key);

/// A group that gets a report.
struct BatchGroup {
    Group group;
    bool shows_effects = false;  ///< an effect on any outcome may be shown
};

/// In the order of the evaluation.
[[nodiscard]] std::vector<BatchGroup> batch_groups(const Evaluation& evaluation, std::string_view key);

/// The evaluation without the crosses that the batch added: for the national report.
[[nodiscard]] Evaluation without_batch_crosses(const Evaluation& evaluation, std::string_view key);

/// The group's part: its own numbers stand in place of those of all adopters, those of its crosses in place of the
/// other breakdowns'. What is known of the whole study only (flow, balance, sensitivity, over time, ranking) is not
/// there. O(rows).
[[nodiscard]] Evaluation part_of_group(const Evaluation& evaluation, const Group& group);

}  // namespace twinfirm::evaluation
