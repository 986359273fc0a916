// SPDX-License-Identifier: GPL-3.0-or-later
// What the window begins with.
#include "data/start_panel.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <fstream>

#include "survey/survey_page.h"
#include "ui/study_window.h"

namespace twinfirm::ui {
namespace {

class StartPanelTest : public StudyWindow {
  protected:
    std::filesystem::path write(const std::string& name, const std::string& text) {
        std::ofstream(folder() / name, std::ios::binary) << text;
        return folder() / name;
    }
};

TEST_F(StartPanelTest, IsThereUntilAFileIs) {
    EXPECT_TRUE(find<QWidget>("start_open")->isVisible());
    EXPECT_FALSE(find<QPushButton>("import_all")->isVisible());
    EXPECT_EQ(find<QStackedWidget>("pages")->currentWidget()->findChild<QLabel*>(QStringLiteral("page_title"))->text(),
              QStringLiteral("시작"));
    find<QPushButton>("start_demo")->click();
    ASSERT_TRUE(wait_for_jobs());
    EXPECT_FALSE(find<QWidget>("start_open")->isVisible());
    EXPECT_TRUE(find<QPushButton>("import_all")->isVisible());
    EXPECT_EQ(window_->study().stored_tables().size(), 3u);
}

TEST_F(StartPanelTest, OffersSampleFilesAndTheSampleSurvey) {
    find<QPushButton>("start_lalonde")->click();
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_EQ(window_->study().files().size(), 1u);
    EXPECT_EQ(window_->study().files().front().inspection->rows, 614);
    find<QPushButton>("start_empl_uk")->click();
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_EQ(window_->study().files().size(), 2u);
    find<QPushButton>("start_survey")->click();
    ASSERT_TRUE(wait_for_jobs());
    EXPECT_TRUE(window_->findChild<SurveyPage*>()->has_findings());
    EXPECT_TRUE(errors_.empty());
}

TEST_F(StartPanelTest, AnEarlierDesignIsUsedOnNewData) {
    // Last year: sales in thousands of won, a design of one's own.
    OpenStudy& study = window_->study();
    window_->open({write("panel.csv", "기업ID,연도,매출액,종업원수\nA1,2015,120,10\nA2,2015,95,12\n")});
    ASSERT_TRUE(wait_for_jobs());
    study.set_unit(0, 2, "천원");
    study.import_files(study.importable_files());
    ASSERT_TRUE(wait_for_jobs());
    design::Specification own = study.specification();
    own.matching.caliper = 0.11;
    own.preset.clear();
    study.set_specification(own);
    const auto last_year = folder() / "last.twinfirm";
    study.save_project_as(last_year);
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;

    study.begin_with_earlier(
        last_year,
        {write("new.csv", "기업ID,연도,종업원수,매출액\nA1,2016,11,130\nA3,2016,9,70\n"), folder() / "not_there.csv"});
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_EQ(errors_.size(), 1u);  // the file that is not there; the other one is open all the same
    ASSERT_EQ(study.files().size(), 1u);
    EXPECT_EQ(study.files().front().table, "panel");
    EXPECT_EQ(study.files().front().inspection->plan.columns[3].unit, "천원");
    EXPECT_FALSE(study.files().front().audit.has_value());
    EXPECT_EQ(study.specification().matching.caliper.value_or(-1), 0.11);
    EXPECT_TRUE(study.project_path().empty());
    EXPECT_EQ(study.importable_files().size(), 1u);
    EXPECT_TRUE(find<QPlainTextEdit>("message_text")->toPlainText().contains(QStringLiteral("new.csv")));
}

}  // namespace
}  // namespace twinfirm::ui
