// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "twinfirm/app/survey_study.h"

namespace twinfirm::app {

/// One question to one file, as a user picks it from the file's columns.
struct SurveyChoice {
    std::filesystem::path file;
    std::string item;
    bool mean = false;  ///< else the share of every answer
    std::string strata;
    std::string weight;
    std::string population;
    std::string cluster;
    std::vector<std::string> by;
};

/// A survey file's columns, and the roles that their names suggest.
struct SurveyColumns {
    std::vector<std::string> names;
    std::vector<bool> numbers;  ///< of each column: it holds numbers
    SurveyChoice suggested;
};

/// Errors: those of inspection.
[[nodiscard]] Result<SurveyColumns> survey_columns(const std::filesystem::path& file,
                                                   const CancellationToken& token = {},
                                                   const ProgressSink& progress = {});

/// The study that asks it; its place is the file's folder. Errors: `survey_nothing` without an item.
[[nodiscard]] Result<SurveyStudy> survey_study_of(const SurveyChoice& choice);

}  // namespace twinfirm::app
