// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/result.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/survey/survey_findings.h"

namespace twinfirm::charts {

/// Growth of a market: the path that a constant rate implies as a line (no source said its middle), what sources state
/// as marks in the common currency. Errors: `chart_without_numbers`.
[[nodiscard]] Result<Chart> survey_market_chart(const survey::SurveyFindings& findings, Language language);

}  // namespace twinfirm::charts
