// SPDX-License-Identifier: GPL-3.0-or-later
// Taking the analyst's decisions back, step by step.
#include <QAbstractItemView>
#include <QAction>
#include <fstream>

#include "data/column_mapping_model.h"
#include "ui/study_window.h"

namespace twinfirm::ui {
namespace {

class HistoryTest : public StudyWindow {
  protected:
    void open_register() {
        const std::filesystem::path path = folder() / "register.csv";
        std::ofstream(path, std::ios::binary)
            << "기업ID,기업명,설립일,도입연도,구축수준\n0001,가나기계,2001-03-02,2016,3\n";
        window_->open({path});
        ASSERT_TRUE(wait_for_jobs());
    }
    void step_back() {
        find<QAction>("undo")->trigger();
        settle();
    }
    void step_forward() {
        find<QAction>("redo")->trigger();
        settle();
    }
    void set_caliper(double width) {
        design::Specification edited = window_->study().specification();
        edited.matching.caliper = width;
        window_->study().set_specification(std::move(edited));
        settle();
    }
    double caliper() { return window_->study().specification().matching.caliper.value_or(-1); }
};

TEST_F(HistoryTest, EditsOfTheDesignAreTakenBackAndMadeAgain) {
    EXPECT_FALSE(find<QAction>("undo")->isEnabled());
    const design::Specification first = window_->study().specification();
    set_caliper(0.1);
    set_caliper(0.05);  // the same setting: one step
    design::Specification edited = window_->study().specification();
    edited.matching.ratio = 3;
    window_->study().set_specification(edited);
    EXPECT_EQ(window_->study().history().count(), 2);

    step_back();
    EXPECT_EQ(window_->study().specification().matching.ratio, first.matching.ratio);
    EXPECT_EQ(caliper(), 0.05);
    step_back();
    EXPECT_TRUE(window_->study().specification() == first);
    EXPECT_FALSE(find<QAction>("undo")->isEnabled());
    step_forward();
    step_forward();
    EXPECT_TRUE(window_->study().specification() == edited);
    EXPECT_FALSE(find<QAction>("redo")->isEnabled());
}

TEST_F(HistoryTest, SettingsOfTheReportAreTakenBackAndMadeAgain) {
    const auto edit = [&](auto change) {
        design::ReportSettings settings = window_->study().report_settings();
        change(settings);
        window_->study().set_report_settings(std::move(settings));
        settle();
    };
    edit([](auto& settings) { settings.title.ko = QStringLiteral("제").toStdString(); });
    edit([](auto& settings) {
        settings.title.ko = QStringLiteral("제목").toStdString();
    });  // the same setting: one step
    edit([](auto& settings) { settings.leave_out = {"love_plot"}; });
    EXPECT_EQ(window_->study().history().count(), 2);
    const design::ReportSettings edited = window_->study().report_settings();
    EXPECT_TRUE(find<QAction>("undo")->text().contains(QStringLiteral("보고서")));

    step_back();
    EXPECT_TRUE(window_->study().report_settings().leave_out.empty());
    EXPECT_EQ(window_->study().report_settings().title.ko, "제목");
    step_back();
    EXPECT_TRUE(window_->study().report_settings() == design::ReportSettings{});
    step_forward();
    step_forward();
    EXPECT_TRUE(window_->study().report_settings() == edited);
}

TEST_F(HistoryTest, TheMappingOfColumnsIsTakenBack) {
    open_register();
    auto* columns = find<QAbstractItemView>("columns")->model();
    const auto field = [&] { return window_->study().files().front().inspection->plan.columns[1].field; };
    const std::string before = field();
    ASSERT_TRUE(columns->setData(columns->index(1, ColumnMappingModel::field), QStringLiteral("supplier")));
    settle();
    ASSERT_EQ(field(), "supplier");
    EXPECT_TRUE(find<QAction>("undo")->text().contains(QStringLiteral("열의 항목")));
    step_back();
    EXPECT_EQ(field(), before);
    step_forward();
    EXPECT_EQ(field(), "supplier");
}

TEST_F(HistoryTest, AnImportBeginsANewHistory) {
    open_register();
    window_->study().set_table(0, "register");
    EXPECT_TRUE(window_->study().history().canUndo());
    window_->study().import_files(window_->study().importable_files());
    ASSERT_TRUE(wait_for_jobs());
    EXPECT_FALSE(window_->study().history().canUndo());
}

}  // namespace
}  // namespace twinfirm::ui
