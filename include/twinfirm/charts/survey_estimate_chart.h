// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "twinfirm/base/result.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/survey/survey_findings.h"

namespace twinfirm::charts {

/// Dots with intervals of one question: with a `column`, its groups in their order and a diamond for all; without one,
/// the answers of the question over all (of a multiple-response question by falling share). Columns at the right:
/// estimate with interval and n; estimates of low reliability are hollow and say so. Shares from 0 %.
/// With a column `level` chooses the answer; empty = the question's first.
/// Errors: `chart_outcome_unknown` (outcome), `chart_without_numbers`.
[[nodiscard]] Result<Chart> survey_estimate_chart(const survey::SurveyFindings& findings, std::string_view question,
                                                  std::string_view column, std::string_view level, Language language);

}  // namespace twinfirm::charts
