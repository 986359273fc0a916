// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/language.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/report/table.h"

namespace twinfirm::report {

/// Two designs on the same data side by side: adopters matched and left, distinct non-adopters compared with, largest
/// SMD after matching, covariates beyond 0.1, and the mean effect on each outcome of the first design with its
/// interval. What the other design does not have is `-`. Notes say what the designs have otherwise (JSON pointers).
[[nodiscard]] Table compared_designs_table(const evaluation::Evaluation& own, const evaluation::Evaluation& other,
                                           Language language);

/// SMD of every covariate of either design: before matching, after it by the one and by the other. A covariate that a
/// design does not have is `-` there.
[[nodiscard]] Table compared_balance_table(const evaluation::Evaluation& own, const evaluation::Evaluation& other,
                                           Language language);

}  // namespace twinfirm::report
