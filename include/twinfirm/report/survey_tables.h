// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "twinfirm/base/language.h"
#include "twinfirm/report/table.h"
#include "twinfirm/survey/survey_findings.h"

namespace twinfirm::report {

// Tables of a survey study; empty (no rows) where the section is absent.

/// `survey_sample`: population, sample, strata, weights, method.
[[nodiscard]] Table survey_sample_table(const survey::SurveyFindings& findings, Language language);
/// `survey_KEY`: each answer over all and by group with n, interval, margin of error, relative standard error, design
/// effect and flag.
[[nodiscard]] Table survey_question_table(const survey::SurveyFindings& findings, std::string_view question,
                                          Language language);
/// `stages`: levels over all and by year; `stage_programmes`: by programme; `stage_transitions`: before -> after and
/// after -> target.
[[nodiscard]] Table stage_table(const survey::SurveyFindings& findings, Language language);
[[nodiscard]] Table stage_programme_table(const survey::SurveyFindings& findings, Language language);
[[nodiscard]] Table stage_transition_table(const survey::SurveyFindings& findings, Language language);
/// `technology_levels`: level, change in %p, group; `technology_gaps`: distance of the focus from every other country.
[[nodiscard]] Table technology_level_table(const survey::SurveyFindings& findings, Language language);
[[nodiscard]] Table technology_gap_table(const survey::SurveyFindings& findings, Language language);
/// `market_growth`: the path; `market_sources`: sources side by side.
[[nodiscard]] Table market_growth_table(const survey::SurveyFindings& findings, Language language);
[[nodiscard]] Table market_source_table(const survey::SurveyFindings& findings, Language language);
/// `suppliers`: firms supplied, levels, matched effects; suppliers under the limit show X.
[[nodiscard]] Table supplier_table(const survey::SurveyFindings& findings, Language language);
/// `best_practice`: the cases.
[[nodiscard]] Table best_practice_table(const survey::SurveyFindings& findings, Language language);
/// `survey_data`: the tables read and the fingerprints of their contents.
[[nodiscard]] Table survey_data_table(const survey::SurveyFindings& findings, Language language);

}  // namespace twinfirm::report
