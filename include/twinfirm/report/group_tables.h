// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/report/table.h"

namespace twinfirm::report {

/// Tables of what stands beside the effects of groups (evaluation/group_results.h). Empty where there is nothing.

/// Bands of an outcome's own value by the year that they are cut on: naive growth and matched effect of each.
[[nodiscard]] Table band_shift_table(const evaluation::Evaluation& evaluation, Language language);
/// Each group's effect with n, its p value adjusted for the others, and the smallest effect it could find.
[[nodiscard]] Table group_tests_table(const evaluation::Evaluation& evaluation, const design::Breakdown& breakdown,
                                      Language language);
/// The smallest effects that the cells could find, groups by outcomes.
[[nodiscard]] Table detectable_grid_table(const evaluation::Evaluation& evaluation, Language language);
/// The groups of a breakdown by shrunken effect, of one outcome or (empty) of all.
[[nodiscard]] Table ranking_table(const evaluation::Evaluation& evaluation, const design::Breakdown& breakdown,
                                  std::string_view outcome, Language language);
/// Outcomes with many zeros by level, share above 0 and Poisson pseudo-likelihood.
[[nodiscard]] Table zero_margin_table(const evaluation::Evaluation& evaluation, Language language);
/// The effect of one unit of support.
[[nodiscard]] Table support_table(const evaluation::Evaluation& evaluation, Language language);
/// All adopters and the matched ones.
[[nodiscard]] Table representation_table(const evaluation::Evaluation& evaluation, Language language);
/// Firms that turned to profit and to loss, of outcomes that can be negative.
[[nodiscard]] Table profit_turn_table(const evaluation::Evaluation& evaluation, Language language);

/// `도입 전년(g-1)`: the year that the bands of a breakdown are read from; empty for groups that are no bands.
[[nodiscard]] std::string band_year_note(const design::Breakdown& breakdown, Language language);
/// How the derived variables are made, one line each, and the base year of prices.
[[nodiscard]] std::vector<std::string> derived_variable_lines(const evaluation::Evaluation& evaluation,
                                                              Language language);

}  // namespace twinfirm::report
