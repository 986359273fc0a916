// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/report/table.h"

namespace twinfirm::report {

/// The tables of a press release: all adopters in the first row, below them the groups of every breakdown that is not a
/// cross of two others. A number carries its interval, the number of adopters behind it and, where a trap fired, the
/// caution mark with the letter of its note. Every number is one of the evaluation's. Cost: rows times groups.

/// Stands at a number that must not be read as it is. Every Korean font has it, which a warning sign is missing from.
inline constexpr std::string_view caution_mark = "※";

/// `press_process`: the survey's indicators (ratio of sums), which have no comparison group.
[[nodiscard]] Table press_process_table(const evaluation::Evaluation& evaluation, Language language);
/// `press_management_1`, `press_management_2` ...: two outcomes each, the naive change beside the matched effect.
[[nodiscard]] std::vector<Table> press_management_tables(const evaluation::Evaluation& evaluation, Language language);
/// `press_elapsed`: means of adopters and of matched non-adopters, the matched effect and the naive change by years
/// since adoption.
[[nodiscard]] Table press_elapsed_table(const evaluation::Evaluation& evaluation, Language language);

/// All of them that have rows, in the order of the press release.
[[nodiscard]] std::vector<Table> press_tables(const evaluation::Evaluation& evaluation, Language language);

}  // namespace twinfirm::report
