// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/report/table.h"

namespace twinfirm::report {

/// `sensitivity`: for each outcome the largest Gamma, the E-value and the robustness values. No rows without them.
[[nodiscard]] Table sensitivity_table(const evaluation::Evaluation& evaluation, Language language);
/// `sensitivity_bounds`: Rosenbaum's bounds at each Gamma.
[[nodiscard]] Table sensitivity_bounds_table(const evaluation::Evaluation& evaluation, Language language);
/// `sensitivity_benchmarks`: the effect beside a hidden factor some times as strong as a covariate, in the outcome's
/// own scale (log points for outcomes in percent).
[[nodiscard]] Table sensitivity_benchmarks_table(const evaluation::Evaluation& evaluation, Language language);
/// What the first table says, one line an outcome.
[[nodiscard]] std::vector<std::string> sensitivity_lines(const evaluation::Evaluation& evaluation, Language language);

}  // namespace twinfirm::report
