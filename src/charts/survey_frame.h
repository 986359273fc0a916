// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "twinfirm/base/message_catalogue.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/survey/survey_findings.h"

namespace twinfirm::charts {

/// An empty chart about a survey, with language and source filled in.
[[nodiscard]] Chart survey_frame(const survey::SurveyFindings& findings, const MessageCatalogue& texts, ChartKind kind,
                                 std::string key);
/// `95`
[[nodiscard]] std::string confidence_text(const survey::SurveyFindings& findings);

}  // namespace twinfirm::charts
