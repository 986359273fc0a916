// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "source_table.h"
#include "twinfirm/app/survey_table.h"

namespace twinfirm::app {

/// The sample as the request describes it, calibrated if margins are given.
[[nodiscard]] Result<survey::SampleDesign> sample_of(const SourceTable& table, const SurveyRequest& request,
                                                     Messages& messages, const CancellationToken& token);

/// Rows whom the skip pattern of the request leads to the questions; empty = all.
[[nodiscard]] Result<std::vector<char>> base_of(const SourceTable& table, const SurveyRequest& request);

}  // namespace twinfirm::app
