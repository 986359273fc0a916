// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/result.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/survey/survey_findings.h"

namespace twinfirm::charts {

/// Shares of the levels reached, one dot with its interval a level, over all adoptions: the interval of the rarest
/// level is the message. Columns: share with interval, number of adoptions. Errors: `chart_without_numbers`.
[[nodiscard]] Result<Chart> survey_stage_chart(const survey::SurveyFindings& findings, Language language);

/// The same over the years: a panel a level, each with its own scale, years along the axis. Errors:
/// `chart_without_numbers` for less than two years.
[[nodiscard]] Result<Chart> survey_stage_years_chart(const survey::SurveyFindings& findings, Language language);

}  // namespace twinfirm::charts
