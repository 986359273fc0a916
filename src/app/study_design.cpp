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
constexpr const char* choice_member = "report_choice";

bool has_report(const StudyDesign& design) {
    return design.report != design::ReportSettings{} || design.choice != ReportChoice{};
}

/// A study without anything about the report is the text that earlier versions read.
std::string with_report(std::string study, const StudyDesign& design) {
    if (!has_report(design)) return study;
    Json json = Json::parse(study);
    if (design.report != design::ReportSettings{}) {
        json[report_member] = Json::parse(design::report_settings_to_json(design.report));
    }
    const ReportChoice& choice = design.choice;
    if (choice != ReportChoice{}) {
        json[choice_member] = {
            {"kind", std::string(report::report_kind_code(choice.kind))},
            {"language", choice.language ? std::string(language_tag(*choice.language)) : std::string()},
            {"earlier", choice.earlier}};
    }
    return json.dump(2) + "\n";
}

/// Of a study that study_from_json() takes: the members are texts.
Result<ReportChoice> choice_of(const Json& study) {
    ReportChoice choice;
    if (!study.is_object() || !study.contains(choice_member)) return choice;
    const Json& member = study[choice_member];
    if (const std::string code = member.value("kind", ""); !code.empty()) {
        const auto kind = report::report_kind(code);
        if (!kind) return fail(ErrorKind::usage, "report_kind_unknown", {{"kind", code}});
        choice.kind = *kind;
    }
    if (const std::string code = member.value("language", ""); !code.empty()) {
        choice.language = parse_language(code);
        if (!choice.language) {
            return fail(ErrorKind::usage, "specification_value",
                        {{"key", "/report_choice/language"}, {"value", code}, {"choices", "ko, en"}});
        }
    }
    choice.earlier = member.value("earlier", "");
    return choice;
}

template <class T>
Result<T> of_file(Result<T> value, const std::filesystem::path& file) {
    if (value) return value;
    Error error = value.error();
    error.file = file.string();
    return tl::unexpected(std::move(error));
}

}  // namespace

std::string study_file_json(const std::vector<design::StudyFile>& files, const StudyDesign& design) {
    return with_report(design::study_to_json({files, design.specification}), design);
}

std::string study_design_to_json(const StudyDesign& design) {
    if (!has_report(design)) return design::specification_to_json(design.specification);
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
    auto choice = choice_of(kept);
    if (!choice) return tl::unexpected(choice.error());
    design.choice = std::move(*choice);
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
    return of_file(design::report_settings_of_study(*text), study);
}

Result<ReportChoice> load_report_choice(const std::filesystem::path& study) {
    const auto text = read_whole_file(study);
    if (!text) return tl::unexpected(text.error());
    // A specification alone chooses no report.
    const Json json = Json::parse(*text, nullptr, false);
    if (!json.is_object() || !json.contains(specification_member)) return ReportChoice{};
    auto design = of_file(study_design_from_json(*text), study);
    if (!design) return tl::unexpected(design.error());
    ReportChoice choice = std::move(design->choice);
    if (!choice.earlier.empty()) {
        const std::filesystem::path folder = std::filesystem::absolute(study).parent_path();
        choice.earlier = (folder / choice.earlier).lexically_normal().string();
    }
    return choice;
}

Result<evaluation::ResultSummary> read_earlier_result(const std::filesystem::path& path) {
    const auto json = read_whole_file(path);
    if (!json) return tl::unexpected(json.error());
    return evaluation::read_result_summary(*json, path.string());
}

}  // namespace twinfirm::app
