// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "group_members.h"
#include "study_effects.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::evaluation {

/// The mean effects of a breakdown's groups, tested and ranked together: do they differ (with the covariance through
/// non-adopters that serve several groups, where the method makes sets), p values adjusted for looking at all of them,
/// the smallest effect each could find, and their places. Reads and completes the rows of `result`; those without
/// numbers (suppressed) take no part. `estimators`: one a group of `members`, null = none.
[[nodiscard]] Status add_group_tests(const StudyCohorts& study, const design::Breakdown& breakdown,
                                     const std::vector<Members>& members,
                                     const std::vector<std::unique_ptr<GroupEffects>>& estimators, Evaluation& result);

/// The smallest effect of either sign that a test at the confidence level finds with this power: (t_(1+c)/2 + t_power)
/// times the standard error, t with its degrees of freedom (Bloom 1995, Evaluation Review 19:547).
[[nodiscard]] double minimum_detectable_effect(const effects::Estimate& effect, double confidence, double power);

}  // namespace twinfirm::evaluation
