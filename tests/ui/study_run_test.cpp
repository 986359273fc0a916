// SPDX-License-Identifier: GPL-3.0-or-later
// From the sample data to the numbers on the screen.
#include <QAbstractItemView>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPrinter>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QTest>
#include <utility>

#include "design/outcome_table.h"
#include "twinfirm/charts/effect_rows.h"
#include "twinfirm/report/number_format.h"
#include "ui/study_window.h"
#include "widgets/step_model.h"
#include "widgets/table_view.h"

namespace twinfirm::ui {
namespace {

class StudyRun : public StudyWindow {
  protected:
    StepState state(Step step) {
        const auto* list = find<QListView>("steps");
        return static_cast<StepState>(
            list->model()->index(static_cast<int>(step), 0).data(StepModel::state_role).toInt());
    }
};

TEST_F(StudyRun, ShowsTheNumbersOfTheEvaluation) {
    open_sample();
    auto* button = find<QPushButton>("run");
    ASSERT_TRUE(button->isEnabled());
    window_->show_step(Step::design);
    QTest::mouseClick(button, Qt::LeftButton);
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    const auto evaluation = window_->study().evaluation();
    ASSERT_NE(evaluation, nullptr);

    window_->show_step(Step::effects);
    settle();
    const report::NumberFormat format(Language::korean);
    const auto* effect = charts::total_effect(*evaluation, "sales", std::nullopt);
    ASSERT_NE(effect, nullptr);
    EXPECT_EQ(find<QLabel>("matched_number")->text().toStdString(), format.percent(effect->percent));
    const QString details = find<QLabel>("matched_details")->text();
    EXPECT_TRUE(details.contains(QString::fromStdString(
        format.interval(report::in_percent(effect->percent_low), report::in_percent(effect->percent_high), 1))))
        << details.toStdString();
    EXPECT_TRUE(details.contains(QString::fromStdString(format.count(effect->effect.n_treated))));

    const auto* change = charts::before_after_of(*evaluation, "sales", {}, {});
    ASSERT_NE(change, nullptr);
    EXPECT_EQ(find<QLabel>("naive_number")->text().toStdString(),
              format.percent(change->change.ratio_of_sums.estimate));

    window_->show_step(Step::balance);
    settle();
    const auto* balance = find<QAbstractItemView>("balance_table")->model();
    EXPECT_EQ(balance->rowCount(), static_cast<int>(evaluation->balance.size()));
    window_->show_step(Step::breakdowns);
    settle();
    const auto* breakdown = find<QAbstractItemView>("breakdown_table")->model();
    EXPECT_EQ(breakdown->rowCount(), static_cast<int>(charts::group_effects(*evaluation, "sales", "size").size()));
    window_->show_step(Step::report);
    settle();
    EXPECT_GT(find<QAbstractItemView>("report_sections")->model()->rowCount(), 5);
}

TEST_F(StudyRun, EveryOutcomeAndBreakdownCanBeShown) {
    open_sample();
    run();
    for (const auto& [name, step] :
         {std::pair{"effect_outcome", Step::effects}, std::pair{"breakdown", Step::breakdowns},
          std::pair{"breakdown_outcome", Step::breakdowns}}) {
        window_->show_step(step);
        settle();
        auto* box = find<QComboBox>(name);
        ASSERT_GT(box->count(), 2) << name;
        for (int i = 0; i < box->count(); ++i) {
            box->setCurrentIndex(i);
            Q_EMIT box->activated(i);
            settle();
        }
    }
    EXPECT_TRUE(errors_.empty());
}

TEST_F(StudyRun, AChangedDesignMarksTheResultAsOutOfDate) {
    open_sample();
    run();
    EXPECT_TRUE(window_->study().result_is_current());
    EXPECT_EQ(state(Step::data), StepState::done);
    EXPECT_EQ(state(Step::report), StepState::done);

    find<QSpinBox>("ratio")->setValue(2);
    settle();
    EXPECT_EQ(window_->study().specification().matching.ratio, 2);
    EXPECT_FALSE(window_->study().result_is_current());
    EXPECT_EQ(state(Step::balance), StepState::stale);
    EXPECT_EQ(state(Step::report), StepState::stale);
    EXPECT_TRUE(window_->study().specification().preset.empty());

    find<QSpinBox>("ratio")->setValue(1);
    settle();
    EXPECT_TRUE(window_->study().result_is_current());
    EXPECT_EQ(state(Step::report), StepState::done);
}

TEST_F(StudyRun, SettingsOfTheReportLeaveTheResultCurrent) {
    open_sample();
    run();
    design::ReportSettings settings;
    settings.title.ko = "우리 보고서";
    settings.leave_out = {"love_plot"};
    window_->study().set_report_settings(settings);
    settle();
    EXPECT_TRUE(window_->study().result_is_current());
    EXPECT_EQ(state(Step::report), StepState::done);
    EXPECT_TRUE(window_->study().check_current().has_value());

    find<QSpinBox>("ratio")->setValue(2);
    settle();
    EXPECT_FALSE(window_->study().check_current().has_value());
    window_->study().set_report_settings({});
    EXPECT_FALSE(window_->study().check_current().has_value());
}

TEST_F(StudyRun, AnOutOfDateResultIsNotTakenOut) {
    open_sample();
    run();
    for (const Step step : {Step::report, Step::effects}) {
        window_->show_step(step);
        settle();
    }
    auto* table = find<TableView>("comparison_table");
    QApplication::clipboard()->setText(QStringLiteral("before"));
    find<QSpinBox>("ratio")->setValue(2);
    settle();

    QSignalSpy finished(&window_->result_export(), &ResultExport::finished);
    window_->result_export().write_folder(folder() / "out");
    window_->result_export().write_report(folder() / "report.pdf");
    EXPECT_EQ(finished.count(), 2);
    find<QPushButton>("effect_chart_copy")->click();
    find<QPushButton>("effect_chart_save")->click();
    for (const char* button : {"export_report", "export_chart", "export_folder"}) find<QPushButton>(button)->click();
    table->selectAll();
    table->copy_selection();
    ASSERT_EQ(errors_.size(), 8u);
    for (const Error& error : errors_) EXPECT_EQ(error.code, "result_out_of_date");
    EXPECT_FALSE(std::filesystem::exists(folder() / "out"));
    EXPECT_FALSE(std::filesystem::exists(folder() / "report.pdf"));
    EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("before"));
    // It says what to do.
    EXPECT_TRUE(find<QPlainTextEdit>("message_text")->toPlainText().contains(QStringLiteral("실행")));

    find<QSpinBox>("ratio")->setValue(1);
    settle();
    table->copy_selection();
    EXPECT_NE(QApplication::clipboard()->text(), QStringLiteral("before"));
    EXPECT_EQ(errors_.size(), 8u);
    // A table for a document, with its headings.
    const QString html = QApplication::clipboard()->mimeData()->html();
    EXPECT_EQ(html.count(QStringLiteral("<tr>")), table->model()->rowCount() + 1);
    EXPECT_TRUE(html.contains(QStringLiteral("<th>")));
}

TEST_F(StudyRun, DirectionAndUnitOfAnOutcomeCanBeChanged) {
    open_sample();
    auto* outcomes = find<QTableWidget>("outcomes");
    ASSERT_GT(outcomes->rowCount(), 3);
    const design::Outcome before = window_->study().specification().outcomes.front();
    ASSERT_EQ(before.direction, design::Direction::higher_is_better);
    outcomes->item(0, OutcomeTable::direction)->setText(QStringLiteral("낮을수록 좋음"));
    outcomes->item(0, OutcomeTable::unit)->setText(QStringLiteral("백만원"));
    settle();
    const design::Outcome after = window_->study().specification().outcomes.front();
    EXPECT_EQ(after.key, before.key);
    EXPECT_EQ(after.direction, design::Direction::lower_is_better);
    EXPECT_EQ(after.unit, "백만원");
    EXPECT_NEAR(after.unit_scale, 1e6, 0);
    EXPECT_TRUE(window_->study().specification().preset.empty());

    const std::size_t count = window_->study().specification().outcomes.size();
    outcomes->item(0, OutcomeTable::outcome)->setCheckState(Qt::Unchecked);
    settle();
    EXPECT_EQ(window_->study().specification().outcomes.size(), count - 1);
    outcomes->item(0, OutcomeTable::outcome)->setCheckState(Qt::Checked);
    settle();
    EXPECT_EQ(window_->study().specification().outcomes.front().unit, "백만원");
}

TEST_F(StudyRun, AWrongDesignCannotBeRunAndSaysWhy) {
    open_sample();
    find<QPlainTextEdit>("covariates")->setPlainText(QString());
    settle();
    EXPECT_FALSE(find<QPushButton>("run")->isEnabled());
    EXPECT_EQ(state(Step::design), StepState::attention);
    EXPECT_TRUE(find<QPlainTextEdit>("validation")->toPlainText().startsWith(QStringLiteral("오류")));
}

TEST_F(StudyRun, AnUnknownVariableIsExplainedInWords) {
    open_sample();
    find<QPlainTextEdit>("covariates")->setPlainText(QStringLiteral("log(sales)\nno_such_column"));
    settle();
    EXPECT_FALSE(window_->study().can_run());
    const auto& errors = window_->study().validation().errors;
    ASSERT_EQ(errors.size(), 1u);
    EXPECT_EQ(errors.front().arguments.at("key"), "/covariates/1");
    const QString text = find<QPlainTextEdit>("validation")->toPlainText();
    EXPECT_TRUE(text.contains(QStringLiteral("no_such_column"))) << text.toStdString();
    EXPECT_FALSE(text.contains(QString::fromStdString(errors.front().code)));
}

TEST_F(StudyRun, PresetsSetTheForm) {
    open_sample();
    auto* preset = find<QComboBox>("preset");
    preset->setCurrentIndex(preset->findData(QStringLiteral("basic")));
    Q_EMIT preset->activated(preset->currentIndex());
    settle();
    EXPECT_EQ(window_->study().specification().preset, "basic");
    EXPECT_FALSE(window_->study().specification().matching.caliper.has_value());
    EXPECT_EQ(find<QComboBox>("score")->currentIndex(), 0);
}

TEST_F(StudyRun, CancellingLeavesTheFormerResult) {
    open_sample();
    run();
    const auto before = window_->study().evaluation();
    window_->study().run();
    window_->study().jobs().cancel();
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_EQ(errors_.size(), 1u);
    EXPECT_EQ(errors_.front().kind, ErrorKind::cancelled);
    EXPECT_EQ(window_->study().evaluation(), before);
}

TEST_F(StudyRun, ASavedProjectOpensAgainWithItsDesign) {
    open_sample();
    find<QSpinBox>("lags")->setValue(2);
    settle();
    const auto path = folder() / "kept.twinfirm";
    window_->study().save_project_as(path);
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    EXPECT_FALSE(window_->study().unsaved());

    MainWindow other(localization_);
    other.open({path});
    ASSERT_TRUE(wait_for([&] { return !other.study().jobs().running(); }));
    EXPECT_EQ(other.study().stored_tables().size(), 3u);
    EXPECT_EQ(other.study().specification().lags, 2);
    EXPECT_TRUE(other.study().can_run());
}

TEST_F(StudyRun, AllResultsAreWritten) {
    open_sample();
    run();
    const auto out = folder() / "out";
    QSignalSpy finished(&window_->result_export(), &ResultExport::finished);
    window_->result_export().write_folder(out);
    ASSERT_TRUE(wait_for([&] { return finished.count() == 1; }, 300000));
    ASSERT_TRUE(errors_.empty()) << localization_.text(errors_.front()).toStdString();
    for (const char* file :
         {"result.json", "report.pdf", "report.hwpx", "report.xlsx", "tables/balance.csv", "charts/love_plot.png"}) {
        EXPECT_TRUE(std::filesystem::exists(out / file)) << file;
    }
    // On paper, which here is a file.
    const auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setOutputFormat(QPrinter::PdfFormat);
    printer->setOutputFileName(QString::fromStdString((out / "printed.pdf").string()));
    window_->result_export().print_report(printer);
    ASSERT_TRUE(wait_for([&] { return finished.count() == 2; }, 300000));
    ASSERT_TRUE(errors_.empty()) << localization_.text(errors_.front()).toStdString();
    EXPECT_GT(std::filesystem::file_size(out / "printed.pdf"), 50'000);
}

}  // namespace
}  // namespace twinfirm::ui
