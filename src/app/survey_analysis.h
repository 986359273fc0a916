// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "source_table.h"
#include "twinfirm/app/survey_table.h"

namespace twinfirm::app {

/// The estimates and tests of a request over a table that was read; nothing is written. Errors: as analyse_survey.
[[nodiscard]] Result<SurveyResult> estimate_survey(const SurveyRequest& request, const SourceTable& table,
                                                   const CancellationToken& token);

}  // namespace twinfirm::app
