// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/design/report_settings.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/store/project.h"

namespace twinfirm::app {

/// What an analyst decided about a study: how it is computed, and how it is reported. Only the specification is part of
/// the analysis: the report settings change neither its hash nor its numbers.
struct StudyDesign {
    design::Specification specification;
    design::ReportSettings report{};

    friend bool operator==(const StudyDesign&, const StudyDesign&) = default;
};

/// The text that a project keeps: a specification, or, with report settings, a study without files.
[[nodiscard]] std::string study_design_to_json(const StudyDesign& design);
/// Errors: those of specification_from_json(), study_from_json() and report_settings_of_study().
[[nodiscard]] Result<StudyDesign> study_design_from_json(std::string_view json);

/// The text of a study.json with these files.
[[nodiscard]] std::string study_file_json(const std::vector<design::StudyFile>& files, const StudyDesign& design);

/// What the project keeps, if anything. Errors: those of the project and of study_design_from_json().
[[nodiscard]] Result<std::optional<StudyDesign>> read_study_design(const store::Project& project);
/// Errors: those of the project.
[[nodiscard]] Status keep_study_design(store::Project& project, const StudyDesign& design);

/// The report settings of a study file. Errors: those of the file and of the settings, with the file's name.
[[nodiscard]] Result<design::ReportSettings> load_report_settings(const std::filesystem::path& study);

}  // namespace twinfirm::app
