// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/report/document.h"
#include "twinfirm/survey/survey_findings.h"

namespace twinfirm::report {

/// The report of a survey study: summary; the survey and its sample; each question with chart and table; stages of
/// adoption; technology level; market; suppliers; good practice; how to read it; appendix with data and
/// specification. Sections that were not asked for are absent. Both languages have the same sections, tables and
/// figures in the same order. Same findings, same document.
[[nodiscard]] Document build_survey_report(const survey::SurveyFindings& findings, Language language);

/// Its tables and charts, in the order of the report; names and keys are unique and are the file names.
[[nodiscard]] std::vector<Table> survey_tables(const survey::SurveyFindings& findings, Language language);
[[nodiscard]] std::vector<charts::Chart> survey_report_charts(const survey::SurveyFindings& findings,
                                                              Language language);

/// What the findings say, a sentence each.
[[nodiscard]] std::vector<std::string> survey_sentences(const survey::SurveyFindings& findings, Language language);

}  // namespace twinfirm::report
