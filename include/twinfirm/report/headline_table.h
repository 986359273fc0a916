// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/language.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/report/table.h"

namespace twinfirm::report {

/// `headline`: one line an outcome or survey indicator, the naive change beside the matched effect, each with its
/// interval and n, and what the interval allows to say. For the first page; every number stands in a table of its own
/// further behind.
[[nodiscard]] Table headline_table(const evaluation::Evaluation& evaluation, Language language);

}  // namespace twinfirm::report
