// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/study_design.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/test_folder.h"
#include "twinfirm/app/earlier_study.h"
#include "twinfirm/app/project_file.h"
#include "twinfirm/app/study.h"

namespace twinfirm::app {
namespace {

class StudyDesignTest : public TestFolder {
  protected:
    static StudyDesign design() {
        StudyDesign made;
        made.specification = design::preset("basic").value_or(design::Specification{});
        made.report.title = {"스마트공장 성과분석", "Smart factories"};
        made.report.author = {"홍길동", "Hong"};
        made.report.date = "2020-03-05";
        made.report.leave_out = {"love_plot", "balance"};
        made.report.sentences = {{"summary.effects", {"고친 문장", "원래 문장"}, {"", ""}}};
        return made;
    }
};

TEST_F(StudyDesignTest, AProjectKeepsTheReportSettings) {
    const auto path = folder_ / "kept.twinfirm";
    {
        auto project = create_project(path);
        ASSERT_TRUE(project);
        const auto nothing = read_study_design(*project);
        ASSERT_TRUE(nothing);
        EXPECT_FALSE(nothing->has_value());
        ASSERT_TRUE(keep_study_design(*project, design()));
    }
    const auto project = open_project(path, Access::read_only);
    ASSERT_TRUE(project);
    const auto kept = read_study_design(*project);
    ASSERT_TRUE(kept) << kept.error().code;
    ASSERT_TRUE(kept->has_value());
    EXPECT_TRUE(**kept == design());
    EXPECT_EQ(design::specification_hash((*kept)->specification), design::specification_hash(design().specification));
}

TEST_F(StudyDesignTest, WithoutReportSettingsItIsTheSpecificationAlone) {
    StudyDesign plain;
    plain.specification = design().specification;
    const std::string text = study_design_to_json(plain);
    EXPECT_EQ(text, design::specification_to_json(plain.specification));
    const auto read = study_design_from_json(text);
    ASSERT_TRUE(read) << read.error().code;
    EXPECT_TRUE(*read == plain);
}

TEST_F(StudyDesignTest, AStudyFileHoldsBoth) {
    const auto path = folder_ / "study.json";
    std::ofstream(path, std::ios::binary) << study_file_json({{"panel.csv", "panel", ""}}, design());
    const auto study = load_study(path);
    ASSERT_TRUE(study) << study.error().code;
    ASSERT_EQ(study->files.size(), 1u);
    EXPECT_EQ(study->files.front().table, "panel");
    EXPECT_TRUE(study->specification == design().specification);
    const auto report = load_report_settings(path);
    ASSERT_TRUE(report) << report.error().code;
    EXPECT_TRUE(*report == design().report);
}

TEST_F(StudyDesignTest, FaultsAreNamedWithTheirFile) {
    const auto path = folder_ / "study.json";
    std::ofstream(path, std::ios::binary) << R"({"specification": {}, "report": {"date": "2020-02-31"}})";
    const auto report = load_report_settings(path);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, "specification_report_date");
    EXPECT_EQ(report.error().file, path.string());
    EXPECT_EQ(study_design_from_json(R"({"specification": {}, "report": {"date": "2020-02-31"}})").error().code,
              "specification_report_date");
    EXPECT_FALSE(study_design_from_json(R"({"specification": {"no_such": 1}})"));
}

TEST_F(StudyDesignTest, AnEarlierStudyHandsTheReportSettingsOn) {
    const auto path = folder_ / "last.twinfirm";
    {
        auto project = create_project(path);
        ASSERT_TRUE(project);
        ASSERT_TRUE(keep_study_design(*project, design()));
    }
    const auto earlier = read_earlier_study(path);
    ASSERT_TRUE(earlier) << earlier.error().code;
    EXPECT_TRUE(earlier->specification == design().specification);
    EXPECT_TRUE(earlier->report == design().report);

    const auto file = folder_ / "study.json";
    std::ofstream(file, std::ios::binary) << study_file_json({}, design());
    const auto of_file = read_earlier_study(file);
    ASSERT_TRUE(of_file) << of_file.error().code;
    EXPECT_TRUE(of_file->report == design().report);
}

TEST_F(StudyDesignTest, TheChoiceOfTheReportIsKept) {
    StudyDesign chosen = design();
    chosen.choice = {report::ReportKind::press_release, Language::english, "/archive/2018/result.json"};
    const auto read = study_design_from_json(study_design_to_json(chosen));
    ASSERT_TRUE(read) << read.error().code;
    EXPECT_TRUE(*read == chosen);
    // Nothing of it is part of the analysis.
    EXPECT_EQ(design::specification_hash(read->specification), design::specification_hash(design().specification));
    // New data begin with its kind and language; what it was compared with was another question.
    const auto file = folder_ / "study.json";
    std::ofstream(file, std::ios::binary) << study_file_json({}, chosen);
    const auto earlier = read_earlier_study(file);
    ASSERT_TRUE(earlier) << earlier.error().code;
    EXPECT_EQ(earlier->choice.kind, report::ReportKind::press_release);
    EXPECT_EQ(earlier->choice.language, Language::english);
    EXPECT_TRUE(earlier->choice.earlier.empty());
}

TEST_F(StudyDesignTest, AnEarlierResultIsLookedForFromTheStudysFolder) {
    const auto file = folder_ / "study.json";
    std::ofstream(file, std::ios::binary)
        << R"({"specification": {}, "report_choice": {"earlier": "../2018/result.json"}})";
    const auto choice = load_report_choice(file);
    ASSERT_TRUE(choice) << choice.error().code;
    EXPECT_EQ(choice->earlier, (folder_.parent_path() / "2018/result.json").string());
    EXPECT_EQ(choice->kind, report::ReportKind::evaluation);
    EXPECT_FALSE(choice->language.has_value());
}

TEST_F(StudyDesignTest, AnUnknownChoiceIsRefused) {
    const auto code_of = [](const char* choice) {
        const auto read =
            study_design_from_json(std::string(R"({"specification": {}, "report_choice": )") + choice + "}");
        return read ? std::string() : read.error().code;
    };
    EXPECT_EQ(code_of(R"({"kind": "leaflet"})"), "report_kind_unknown");
    EXPECT_EQ(code_of(R"({"language": "de"})"), "specification_value");
    EXPECT_EQ(code_of(R"({"paper": "A4"})"), "specification_key_unknown");
    EXPECT_FALSE(code_of(R"({"kind": 1})").empty());
    EXPECT_FALSE(code_of(R"("press-release")").empty());
    EXPECT_TRUE(code_of("{}").empty());
}

}  // namespace
}  // namespace twinfirm::app
