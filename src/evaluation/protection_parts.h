// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::evaluation {

/// Before/after and effect rows with everything derived from them: firms of each arm, totals, turns into profit and
/// loss, bases of 0, medians; rows by groups, by crossed groups and by years are linked through their sums. Rows that
/// are suppressed already count as hidden, and lose their numbers here. Errors: `cancelled`.
[[nodiscard]] Status protect_rows(const CancellationToken& token, Evaluation& result);

/// The flow of firms by cohort with the reasons, the histogram of the score, and the shares that stand for numbers of
/// firms in the tables of balance and representation. Errors: `cancelled`.
[[nodiscard]] Status protect_sample(const CancellationToken& token, Evaluation& result);

/// Group-time effects and what is made of them: a cohort hidden in one place must not follow from the others. Marks;
/// the numbers are taken away by suppress_small_cells(). Errors: `cancelled`.
[[nodiscard]] Status link_staggered(const CancellationToken& token, OverTime& over_time, Evaluation& result);

}  // namespace twinfirm::evaluation
