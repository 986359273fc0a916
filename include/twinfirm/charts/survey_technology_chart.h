// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/result.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/survey/survey_findings.h"

namespace twinfirm::charts {

/// Level of each country by area in the later year: a row an area, a mark a country; the focus filled and labelled, its
/// SMEs hollow, the best at 100 as a line, the limits of the groups (60, 80) dotted. A dot chart and not a radar,
/// whose area grows with the square of the level and depends on the order of the areas. At most five other countries
/// (those with the most areas, then by level). Errors: `chart_without_numbers`.
[[nodiscard]] Result<Chart> survey_technology_chart(const survey::SurveyFindings& findings, Language language);

/// From the earlier to the later year over all areas (or, where the table has no total, in the first area): a row a
/// country, hollow before, filled after; the change in %p in words. Errors: `chart_without_numbers`.
[[nodiscard]] Result<Chart> survey_technology_change_chart(const survey::SurveyFindings& findings, Language language);

}  // namespace twinfirm::charts
