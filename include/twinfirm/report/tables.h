// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/report/table.h"

namespace twinfirm::report {

/// Every table of an evaluation that has rows, in the order of the report; their names are unique and are the file
/// names in tables/.
[[nodiscard]] std::vector<Table> all_tables(const evaluation::Evaluation& evaluation, Language language);

}  // namespace twinfirm::report
