// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/survey_study.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "twinfirm/app/survey_choice.h"
#include "twinfirm/base/atomic_file.h"

namespace twinfirm::app {
namespace {

std::string error_of(const std::string& text) {
    const auto study = read_survey_study(text);
    return study ? "" : study.error().code;
}

TEST(SurveyStudy, MisspeltMissingAndWrongKeysAreToldByName) {
    EXPECT_EQ(error_of("{"), "survey_study_json");
    EXPECT_EQ(error_of(R"({"twinfirm_survey": 1})"), "survey_study_empty");
    EXPECT_EQ(error_of(R"({"stages": {"file": "a.csv"}})"), "survey_study_key");
    EXPECT_EQ(error_of(R"({"twinfirm_survey": 2, "stages": {"file": "a.csv"}})"), "survey_study_value");
    EXPECT_EQ(error_of(R"({"twinfirm_survey": 1, "stages": {"file": "a.csv", "yaer": "x"}})"), "survey_study_key");
    EXPECT_EQ(error_of(R"({"twinfirm_survey": 1, "stages": {}})"), "survey_study_key");
    EXPECT_EQ(error_of(R"({"twinfirm_survey": 1, "status": {"file": "a.csv", "questions": []}})"), "survey_study_key");
    EXPECT_EQ(
        error_of(R"({"twinfirm_survey": 1, "status": {"file": "a.csv", "questions": [{"item": "x", "kind": "k"}]}})"),
        "survey_study_value");
    EXPECT_EQ(error_of(R"({"twinfirm_survey": 1, "confidence": 1.5, "stages": {"file": "a.csv"}})"),
              "survey_study_value");
    EXPECT_EQ(error_of(R"({"twinfirm_survey": 1, "stages": {"file": "a.csv"}})"), "");
    EXPECT_EQ(error_of(R"(["x"])"), "survey_study_value");
}

class SurveyStudyFiles : public testing::Test {
  protected:
    void SetUp() override {
        folder_ = std::filesystem::path(testing::TempDir()) /
                  (std::string("survey_study_") + testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        std::vector<std::string> lines;
        for (int i = 0; i < 120; ++i) {
            lines.push_back((i % 2 == 0 ? "a," : "b,") + std::to_string(i % 2 == 0 ? 10 : 5) + "," +
                            (i % 3 == 0 ? "small" : "large") + "," + (i % 4 == 0 ? "1" : "2") + "," +
                            std::to_string(100 + i * i));
        }
        write("survey.csv", lines);
        std::reverse(lines.begin(), lines.end());
        std::filesystem::create_directories(folder_ / "turned");
        write("turned/survey.csv", lines);
    }

    void write(const std::string& name, const std::vector<std::string>& lines) {
        std::ofstream out(folder_ / name);
        out << "stratum,weight,size,adopted,sales\n";
        for (const std::string& line : lines) out << line << '\n';
    }

    static SurveyStudy study() {
        return read_survey_study(R"({"twinfirm_survey": 1, "title": "T", "status": {"file": "survey.csv",
            "strata": "stratum", "weight": "weight", "by": ["size"], "questions": [
            {"key": "adopted", "item": "adopted", "coding": "1/2", "label": {"ko": "도입", "en": "Adoption"}},
            {"item": "sales", "kind": "mean", "unit": "won"}]}})")
            .value();
    }

    std::filesystem::path folder_;
};

TEST_F(SurveyStudyFiles, TheResultDoesNotDependOnTheOrderOfRowsAndIsFoundAgain) {
    const auto findings = run_survey_study(study(), {folder_, {}});
    ASSERT_TRUE(findings) << findings.error().code;
    ASSERT_TRUE(findings->status);
    ASSERT_EQ(findings->status->questions.size(), 2u);
    const survey::QuestionFinding& adopted = findings->status->questions[0];
    ASSERT_EQ(adopted.rows.size(), 3u);
    // Every fourth respondent, all of them in the stratum of even numbers: 30 of 60 with twice the weight.
    EXPECT_NEAR(adopted.rows[0].estimate.value, 300.0 / 900, 1e-12);
    EXPECT_EQ(adopted.interval, "wilson");
    EXPECT_EQ(findings->status->questions[1].interval, "skew");
    const std::string json = survey_findings_to_json(study(), *findings);
    const auto turned = run_survey_study(study(), {folder_ / "turned", {}});
    ASSERT_TRUE(turned);
    EXPECT_EQ(json, survey_findings_to_json(study(), *turned));

    ASSERT_TRUE(write_survey_results(study(), *findings, folder_ / "out", Language::english));
    EXPECT_TRUE(is_survey_result(folder_ / "out" / "result.json"));
    const auto same = verify_survey_result(folder_ / "out" / "result.json", {folder_, {}});
    ASSERT_TRUE(same) << same.error().code;
    EXPECT_TRUE(same->empty());
    std::ofstream(folder_ / "survey.csv", std::ios::app) << "a,10,small,1,5\n";
    const auto changed = verify_survey_result(folder_ / "out" / "result.json", {folder_, {}});
    ASSERT_TRUE(changed);
    EXPECT_FALSE(changed->empty());
}

TEST_F(SurveyStudyFiles, ColumnsAreSuggestedByTheirNames) {
    const auto columns = survey_columns(folder_ / "survey.csv");
    ASSERT_TRUE(columns);
    EXPECT_EQ(columns->suggested.strata, "stratum");
    EXPECT_EQ(columns->suggested.weight, "weight");
    EXPECT_EQ(columns->suggested.item, "adopted");
    SurveyChoice choice = columns->suggested;
    choice.item = "sales";
    choice.mean = true;
    const auto chosen = survey_study_of(choice);
    ASSERT_TRUE(chosen) << chosen.error().code;
    const auto findings = run_survey_study(*chosen, {folder_, {}});
    ASSERT_TRUE(findings) << findings.error().code;
    EXPECT_EQ(findings->status->questions.front().kind, "mean");
    choice.item.clear();
    EXPECT_EQ(survey_study_of(choice).error().code, "survey_nothing");
}

TEST_F(SurveyStudyFiles, ATableOfNoProjectAndAnAnswerThatNobodyGaveAreErrors) {
    const auto stored = read_survey_study(R"({"twinfirm_survey": 1, "stages": {"table": "events"}})");
    ASSERT_TRUE(stored);
    EXPECT_EQ(run_survey_study(*stored, {folder_, {}}).error().code, "survey_study_project");
    const auto levels = read_survey_study(R"({"twinfirm_survey": 1, "status": {"file": "survey.csv", "weight": "weight",
        "questions": [{"item": "size", "levels": ["huge"]}]}})");
    ASSERT_TRUE(levels);
    EXPECT_EQ(run_survey_study(*levels, {folder_, {}}).error().code, "survey_study_level");
}

}  // namespace
}  // namespace twinfirm::app
