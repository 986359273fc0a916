// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/report_settings.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/evaluation/result_summary.h"
#include "twinfirm/report/report_options.h"
#include "twinfirm/store/project.h"

namespace twinfirm::app {

/// Which report is looked at and taken out.
struct ReportChoice {
    report::ReportKind kind = report::ReportKind::evaluation;
    std::optional<Language> language{};  ///< empty = that of the window or the command line
    std::string earlier{};               ///< result.json of an earlier study to be set beside this one; empty = none

    friend bool operator==(const ReportChoice&, const ReportChoice&) = default;
};

/// What an analyst decided about a study: how it is computed, and how it is reported. Only the specification is part of
/// the analysis: the report's settings and choice change neither its hash nor its numbers.
struct StudyDesign {
    design::Specification specification;
    design::ReportSettings report{};
    ReportChoice choice{};

    friend bool operator==(const StudyDesign&, const StudyDesign&) = default;
};

/// The text that a project keeps: a specification, or, with anything about the report, a study without files.
[[nodiscard]] std::string study_design_to_json(const StudyDesign& design);
/// Errors: those of specification_from_json(), study_from_json() and report_settings_of_study(); `report_kind_unknown`
/// {kind}, `specification_value` {key, value, choices} for an unknown language.
[[nodiscard]] Result<StudyDesign> study_design_from_json(std::string_view json);

/// The text of a study.json with these files.
[[nodiscard]] std::string study_file_json(const std::vector<design::StudyFile>& files, const StudyDesign& design);

/// What the project keeps, if anything. Errors: those of the project and of study_design_from_json().
[[nodiscard]] Result<std::optional<StudyDesign>> read_study_design(const store::Project& project);
/// Errors: those of the project.
[[nodiscard]] Status keep_study_design(store::Project& project, const StudyDesign& design);

/// The report settings of a study file. Errors: those of the file and of the settings, with the file's name.
[[nodiscard]] Result<design::ReportSettings> load_report_settings(const std::filesystem::path& study);

/// The member `report_choice` of a study file; a path to an earlier result is taken from the file's folder. Errors:
/// those of the file and of study_design_from_json(), with the file's name.
[[nodiscard]] Result<ReportChoice> load_report_choice(const std::filesystem::path& study);
/// Reads the result.json of an earlier study. Errors: those of the file and of evaluation::read_result_summary().
[[nodiscard]] Result<evaluation::ResultSummary> read_earlier_result(const std::filesystem::path& path);

}  // namespace twinfirm::app
