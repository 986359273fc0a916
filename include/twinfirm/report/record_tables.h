// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/report/table.h"

namespace twinfirm::report {

/// `record`: every specification that was run on the project with its headline effects. No rows without a record.
[[nodiscard]] Table record_table(const evaluation::Evaluation& evaluation, Language language);

/// Whether the specification was locked, when, and whether it changed since.
[[nodiscard]] std::vector<std::string> record_lines(const evaluation::Evaluation& evaluation, Language language);

}  // namespace twinfirm::report
