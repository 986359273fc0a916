// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/result.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::charts {

/// |SMD| above which a covariate counts as unbalanced (Austin 2009).
inline constexpr double smd_limit = 0.1;

/// Love plot: the covariates sorted by |SMD| before matching, hollow = before, filled = after, dashed at 0.1; beside it
/// the variance ratio of the continuous covariates on a logarithmic axis. The subtitle counts the covariates above the
/// limit; the score itself is drawn but not counted. At most 40 rows are drawn, the most unbalanced ones.
/// Error: `chart_without_numbers` without a balance table.
[[nodiscard]] Result<Chart> love_plot(const evaluation::Evaluation& evaluation, Language language);

}  // namespace twinfirm::charts
