// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/message.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/evaluation/result_summary.h"

namespace twinfirm::app {

/// Two results of the same firms that differ by one or two of them tell about these: the mean of the difference follows
/// from both means and both numbers of firms. `differencing_firms` {outcome, now, earlier}, count = the difference, for
/// each number of firms behind a change or effect on all adopters that differs by fewer than the specification's
/// minimum cell, but not by 0. Nothing is hidden: which of the two results is given up is the analyst's decision.
/// What it cannot see: groups, which a summary does not hold, and other sets of firms of the same number.
[[nodiscard]] Messages differencing_messages(const evaluation::Evaluation& evaluation,
                                             const evaluation::ResultSummary& earlier);

}  // namespace twinfirm::app
