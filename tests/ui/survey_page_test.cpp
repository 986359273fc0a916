// SPDX-License-Identifier: GPL-3.0-or-later
#include "survey/survey_page.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QListView>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>
#include <fstream>

#include "survey/findings_model.h"
#include "ui/study_window.h"
#include "widgets/step_model.h"

namespace twinfirm::ui {
namespace {

class SurveyPageTest : public StudyWindow {
  protected:
    void SetUp() override {
        StudyWindow::SetUp();
        window_->show_step(Step::survey);
        settle();
        page_ = window_->findChild<SurveyPage*>();
        ASSERT_NE(page_, nullptr);
    }

    void open_sample_survey() {
        page_->open_sample();
        ASSERT_TRUE(wait_for_jobs());
        ASSERT_TRUE(page_->has_findings());
    }

    [[nodiscard]] QAbstractItemModel& rows() { return *find<QListView>("survey_list")->model(); }

    SurveyPage* page_ = nullptr;
};

TEST_F(SurveyPageTest, TheSampleShowsItsChartsAndTablesInBothLanguages) {
    open_sample_survey();
    const QAbstractItemModelTester tester(&rows(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    ASSERT_GT(rows().rowCount(), 8);
    const QString korean = rows().index(1, 0).data().toString();
    EXPECT_TRUE(korean.contains(QStringLiteral("도입률")));
    localization_.set_language(Language::english);
    settle();
    EXPECT_TRUE(rows().index(1, 0).data().toString().contains(QStringLiteral("Adoption")));
    EXPECT_EQ(find<QListView>("survey_list")->accessibleName(), QStringLiteral("Charts and tables of the survey"));
    EXPECT_TRUE(errors_.empty());
}

TEST_F(SurveyPageTest, TheKeyboardMovesThroughTheListAndTheStepIsDone) {
    open_sample_survey();
    auto* list = find<QListView>("survey_list");
    list->setFocus();
    list->setCurrentIndex(rows().index(0, 0));
    QTest::keyClick(list, Qt::Key_Down);
    EXPECT_EQ(list->currentIndex().row(), 1);
    EXPECT_TRUE(find<QTabWidget>("survey_tabs")->isTabEnabled(0));
    const auto* steps = find<QListView>("steps")->model();
    const int state = steps->index(static_cast<int>(Step::survey), 0).data(StepModel::state_role).toInt();
    EXPECT_EQ(state, static_cast<int>(StepState::done));
}

TEST_F(SurveyPageTest, AFilesColumnsAreChosenAndComputed) {
    const std::filesystem::path file = folder() / "survey.csv";
    std::ofstream out(file);
    out << "strata,weight,size,adopted,sales\n";
    for (int i = 0; i < 60; ++i) {
        out << (i % 2 == 0 ? "a" : "b") << ",10," << (i % 3 == 0 ? "small" : "large") << ','
            << (i % 4 == 0 ? "yes" : "no") << ',' << 100 + i << '\n';
    }
    out.close();
    page_->open(file);
    ASSERT_TRUE(wait_for_jobs());
    EXPECT_EQ(find<QComboBox>("survey_strata")->currentData().toString(), QStringLiteral("strata"));
    EXPECT_EQ(find<QComboBox>("survey_weight")->currentData().toString(), QStringLiteral("weight"));
    EXPECT_EQ(find<QComboBox>("survey_item")->currentData().toString(), QStringLiteral("adopted"));
    EXPECT_EQ(find<QComboBox>("survey_by")->currentData().toString(), QStringLiteral("size"));
    find<QPushButton>("survey_compute")->click();
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_TRUE(page_->has_findings());
    auto* item = find<QComboBox>("survey_item");
    item->setCurrentIndex(item->findData(QStringLiteral("sales")));
    find<QComboBox>("survey_kind")->setCurrentIndex(1);
    page_->compute();
    ASSERT_TRUE(wait_for_jobs());
    EXPECT_TRUE(errors_.empty());
    EXPECT_GT(rows().rowCount(), 1);
}

TEST_F(SurveyPageTest, AWrongSpecificationIsToldAndTheReportIsWritten) {
    const std::filesystem::path wrong = folder() / "wrong.json";
    std::ofstream(wrong) << R"({"twinfirm_survey": 1, "staus": {}})";
    page_->open(wrong);
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_EQ(errors_.size(), 1u);
    EXPECT_EQ(errors_[0].code, "survey_study_key");
    EXPECT_FALSE(find<QPushButton>("survey_save")->isEnabled());
    open_sample_survey();
    page_->write_report(folder() / "survey.html");
    ASSERT_TRUE(wait_for_jobs());
    EXPECT_EQ(errors_.size(), 1u);
    EXPECT_GT(std::filesystem::file_size(folder() / "survey.html"), 10000u);
}

}  // namespace
}  // namespace twinfirm::ui
