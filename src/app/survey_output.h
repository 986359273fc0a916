// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/app/survey_table.h"

namespace twinfirm::app {

/// Writes estimates.csv, tests.csv (if there are tests) and survey.json.
[[nodiscard]] Status write_survey_output(const SurveyRequest& request, const SurveyResult& result,
                                         const std::filesystem::path& folder);

}  // namespace twinfirm::app
