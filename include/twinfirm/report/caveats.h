// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::report {

/// Everything a reader must know before using the numbers: each trap that marks a number with how many numbers it
/// marks, each warning of the evaluation and of its cohorts (equal ones once, with the adoption years), and what no
/// matching can rule out. Remarks that are no warnings are left out.
[[nodiscard]] std::vector<std::string> caveats(const evaluation::Evaluation& evaluation, Language language);

}  // namespace twinfirm::report
