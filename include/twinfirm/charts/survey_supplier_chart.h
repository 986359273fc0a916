// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/result.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/survey/survey_findings.h"

namespace twinfirm::charts {

/// Matched effect by supplier: shrunken estimate with interval, the plain mean as a faint tick, the suppliers' mean as
/// a line. In order of the number of firms supplied, never of the effect; withheld ones are left out and counted in a
/// note; at most 15. Errors: `chart_without_numbers` where nothing was shrunk.
[[nodiscard]] Result<Chart> survey_supplier_chart(const survey::SurveyFindings& findings, Language language);

}  // namespace twinfirm::charts
