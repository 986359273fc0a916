// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/study_design.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "twinfirm/base/atomic_file.h"

namespace twinfirm::app {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* specification_member = "specification";
constexpr const char* report_member = "report";

/// A study without report settings is the text that earlier versions read.
std::string with_report(std::string study, const design::ReportSettings& report) {
    if (report == design::ReportSettings{}) return study;
    Json json = Json::parse(study);
    json[report_member] = Json::parse(design::report_settings_to_json(report));
    return json.dump(2) + "\n";
}

}  // namespace

std::string study_file_json(const std::vector<design::StudyFile>& files, const StudyDesign& design) {
    return with_report(design::study_to_json({files, design.specification}), design.report);
}

std::string study_design_to_json(const StudyDesign& design) {
    if (design.report == design::ReportSettings{}) return design::specification_to_json(design.specification);
    return study_file_json({}, design);
}

Result<StudyDesign> study_design_from_json(std::string_view json) {
    StudyDesign design;
    const Json kept = Json::parse(json, nullptr, false);
    if (!kept.is_object() || !kept.contains(specification_member)) {
        auto specification = design::specification_from_json(json);
        if (!specification) return tl::unexpected(specification.error());
        design.specification = std::move(*specification);
        return design;
    }
    auto study = design::study_from_json(json);
    if (!study) return tl::unexpected(study.error());
    auto report = design::report_settings_of_study(json);
    if (!report) return tl::unexpected(report.error());
    design.specification = std::move(study->specification);
    design.report = std::move(*report);
    return design;
}

Result<std::optional<StudyDesign>> read_study_design(const store::Project& project) {
    const auto json = project.specification();
    if (!json) return tl::unexpected(json.error());
    if (json->empty()) return std::optional<StudyDesign>();
    auto design = study_design_from_json(*json);
    if (!design) return tl::unexpected(design.error());
    return std::optional(std::move(*design));
}

Status keep_study_design(store::Project& project, const StudyDesign& design) {
    return project.set_specification(study_design_to_json(design));
}

Result<design::ReportSettings> load_report_settings(const std::filesystem::path& study) {
    const auto text = read_whole_file(study);
    if (!text) return tl::unexpected(text.error());
    auto settings = design::report_settings_of_study(*text);
    if (!settings) {
        Error error = settings.error();
        error.file = study.string();
        return tl::unexpected(std::move(error));
    }
    return settings;
}

}  // namespace twinfirm::app
