// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/design/report_settings.h"

#include <gtest/gtest.h>

#include "twinfirm/design/specification.h"

namespace twinfirm::design {
namespace {

ReportSettings all_settings() {
    return {{"제목", "Title"},
            {"기관", "Office"},
            {"글쓴이", "Author"},
            "2024-02-29",
            {"headline"},
            {"balance"},
            {{"summary.effects", {"가", "나"}, {"a", "b"}}}};
}

std::string study_with(const std::string& report) {
    return R"({"specification": {"preset": "recommended"}, "report": )" + report + "}";
}

TEST(ReportSettings, ReadBackWhatWasWritten) {
    const auto read = report_settings_of_study(study_with(report_settings_to_json(all_settings())));
    ASSERT_TRUE(read) << read.error().code;
    EXPECT_EQ(*read, all_settings());
    const auto none = report_settings_of_study(R"({"specification": {}})");
    ASSERT_TRUE(none);
    EXPECT_EQ(*none, ReportSettings{});
}

TEST(ReportSettings, AreNoPartOfTheAnalysis) {
    const auto study = study_from_json(study_with(report_settings_to_json(all_settings())));
    ASSERT_TRUE(study) << study.error().code;
    EXPECT_EQ(specification_hash(study->specification), specification_hash(preset("recommended").value()));
}

TEST(ReportSettings, RefuseWhatIsNoDateAndASentenceGivenTwice) {
    ReportSettings settings = all_settings();
    for (const char* date : {"2023-02-29", "2024-13-01", "2024-1-1", "24-01-01", "2024-00-10", "2024/01/01"}) {
        settings.date = date;
        const auto read = report_settings_of_study(study_with(report_settings_to_json(settings)));
        ASSERT_FALSE(read) << date;
        EXPECT_EQ(read.error().code, "specification_report_date");
        EXPECT_EQ(read.error().kind, ErrorKind::usage);
    }
    settings.date = "";
    settings.sentences.push_back(settings.sentences.front());
    const auto twice = report_settings_of_study(study_with(report_settings_to_json(settings)));
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().code, "specification_report_sentence_twice");
    EXPECT_EQ(report_settings_of_study(study_with(R"({"sentences": [{"ko": {"text": "a"}}]})")).error().code,
              "specification_key_missing");
    EXPECT_EQ(study_from_json(study_with(R"({"colour": 1})")).error().code, "specification_key_unknown");
}

}  // namespace
}  // namespace twinfirm::design
