// SPDX-License-Identifier: GPL-3.0-or-later
// Charts of every page: their look, and their way to the clipboard.
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableWidget>

#include "twinfirm/charts/chart_editing.h"
#include "twinfirm/charts/forest_chart.h"
#include "twinfirm/render/chart_view.h"
#include "ui/study_window.h"
#include "widgets/chart_options_dialog.h"

namespace twinfirm::ui {
namespace {

class ChartPanelTest : public StudyWindow {
  protected:
    const charts::Chart& shown(const char* name) { return *find<render::ChartView>(name)->chart(); }
    charts::Chart forest() {
        const auto& specification = window_->study().specification();
        return charts::forest_chart(*window_->study().evaluation(), specification.outcomes.front().key,
                                    specification.breakdowns.front().key, Language::korean)
            .value();
    }
};

TEST_F(ChartPanelTest, ChartsOfEveryPageAreCopiedAsPictureVectorsAndTable) {
    open_sample();
    run();
    window_->show_step(Step::survey);
    find<QPushButton>("survey_sample")->click();
    ASSERT_TRUE(wait_for_jobs());
    // The first of the survey's findings that has a chart.
    auto* findings = find<QListView>("survey_list");
    for (int row = 0; row < findings->model()->rowCount(); ++row) {
        findings->setCurrentIndex(findings->model()->index(row, 0));
        settle();
        if (find<QTabWidget>("survey_tabs")->isTabEnabled(0)) break;
    }
    const std::pair<const char*, Step> panels[] = {
        {"love_plot", Step::balance},    {"overlap_chart", Step::balance},      {"flow_chart", Step::balance},
        {"effect_chart", Step::effects}, {"before_after_chart", Step::effects}, {"forest_chart", Step::breakdowns},
        {"survey_chart", Step::survey}};
    for (const auto& [name, step] : panels) {
        window_->show_step(step);
        settle();
        ASSERT_NE(find<render::ChartView>(name), nullptr) << name;
        EXPECT_FALSE(find<render::ChartView>(name)->accessibleName().isEmpty()) << name;
        for (const char* button : {"_look", "_copy", "_save"}) {
            const auto* found = find<QPushButton>((std::string(name) + button).c_str());
            ASSERT_NE(found, nullptr) << name << button;
            EXPECT_FALSE(found->accessibleName().isEmpty()) << name << button;
            EXPECT_TRUE(found->isEnabled()) << name << button;
        }
        QApplication::clipboard()->setText(QStringLiteral("before"));
        find<QPushButton>((std::string(name) + "_copy").c_str())->click();
        const QMimeData* content = QApplication::clipboard()->mimeData();
        EXPECT_TRUE(content->hasImage()) << name;
        EXPECT_TRUE(content->data(QStringLiteral("image/svg+xml")).contains("<svg")) << name;
        EXPECT_TRUE(content->html().contains(QStringLiteral("<table"))) << name;
        EXPECT_GT(content->text().count(QLatin1Char('\n')), 2) << name;
    }
    EXPECT_TRUE(errors_.empty());
}

TEST_F(ChartPanelTest, TheLookIsASettingOfTheReport) {
    open_sample();
    run();
    window_->show_step(Step::effects);
    settle();
    const std::string before = shown("effect_chart").title;
    design::ChartEdit look;
    look.chart = shown("effect_chart").key;
    look.title.ko = "우리 그림";
    design::ReportSettings settings;
    settings.charts = {look};
    window_->study().set_report_settings(settings);
    settle();
    EXPECT_EQ(shown("effect_chart").title, "우리 그림");
    EXPECT_TRUE(window_->study().result_is_current());
    window_->show_step(Step::report);
    settle();
    EXPECT_GE(find<QComboBox>("report_chart")->findText(QStringLiteral("우리 그림")), 0);
    window_->study().history().undo();
    window_->show_step(Step::effects);
    settle();
    EXPECT_EQ(shown("effect_chart").title, before);
}

TEST_F(ChartPanelTest, TheDialogShowsTheChartAsItWillBe) {
    open_sample();
    run();
    const charts::Chart generated = forest();
    design::ChartEdit none;
    none.chart = generated.key;
    ChartOptionsDialog dialog(generated, none, localization_);
    EXPECT_TRUE(dialog.edit() == none);
    dialog.findChild<QLineEdit*>(QStringLiteral("chart_title"))->setText(QStringLiteral("규모별 효과"));
    dialog.findChild<QSpinBox*>(QStringLiteral("chart_decimals"))->setValue(2);
    auto* palette = dialog.findChild<QComboBox*>(QStringLiteral("chart_palette"));
    palette->setCurrentIndex(palette->findData(QStringLiteral("grey")));
    auto* ranges = dialog.findChild<QTableWidget*>(QStringLiteral("chart_ranges"));
    ASSERT_GE(ranges->rowCount(), 1);
    ranges->item(0, 1)->setText(QStringLiteral("-80"));
    ranges->item(0, 2)->setText(QStringLiteral("80"));
    auto* rows = dialog.findChild<QListWidget*>(QStringLiteral("chart_rows"));
    ASSERT_GE(rows->count(), 2);
    const QString first = rows->item(0)->text();
    rows->setCurrentRow(0);
    dialog.findChild<QPushButton*>(QStringLiteral("chart_row_down"))->click();
    rows->item(0)->setText(QStringLiteral("다른 이름"));

    const design::ChartEdit edit = dialog.edit();
    EXPECT_EQ(edit.title.ko, "규모별 효과");
    EXPECT_TRUE(edit.title.en.empty());
    EXPECT_EQ(edit.decimals, 2);
    EXPECT_EQ(edit.palette, "grey");
    ASSERT_EQ(edit.ranges.size(), 1u);
    EXPECT_NEAR(edit.ranges.front().high, 80, 0);
    EXPECT_EQ(edit.rows.size(), 1u);
    EXPECT_EQ(rows->item(1)->text(), first);
    const charts::Chart edited = dialog.edited_chart();
    EXPECT_EQ(edited.title, "규모별 효과");
    EXPECT_NEAR(edited.panels.front().value_axis.low, -80, 1e-9);
    EXPECT_TRUE(dialog.findChild<QLabel*>(QStringLiteral("chart_messages"))->text().isEmpty());

    // What would cut marks off is widened, and that is said.
    ranges->item(0, 1)->setText(QStringLiteral("0.01"));
    ranges->item(0, 2)->setText(QStringLiteral("0.02"));
    EXPECT_FALSE(dialog.findChild<QLabel*>(QStringLiteral("chart_messages"))->text().isEmpty());

    // Half a range is none, and that is said.
    ranges->item(0, 1)->setText(QStringLiteral("-80"));
    ranges->item(0, 2)->setText(QStringLiteral("much"));
    EXPECT_TRUE(dialog.edit().ranges.empty());
    EXPECT_TRUE(dialog.findChild<QLabel*>(QStringLiteral("chart_messages"))->text().contains(QStringLiteral("두 수")));

    dialog.findChild<QPushButton*>(QStringLiteral("chart_reset"))->click();
    EXPECT_TRUE(dialog.edit() == none);
}

}  // namespace
}  // namespace twinfirm::ui
