// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/language.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/report/document.h"
#include "twinfirm/report/report_options.h"

namespace twinfirm::report {

/// The results in the order in which the ministry announces them: summary; process indicators by firm size, sales band,
/// industry and level; management indicators likewise, the naive change beside the matched effect; adopters and matched
/// non-adopters by years since adoption; caveats; appendix with data and method. The same numbers as build_report(), in
/// fewer pages. Both languages have the same sections, tables and figures in the same order. Same evaluation, same
/// document.
[[nodiscard]] Document build_press_release(const evaluation::Evaluation& evaluation, Language language,
                                           const ReportOptions& options = {});

}  // namespace twinfirm::report
