// SPDX-License-Identifier: GPL-3.0-or-later
// Matching and balance of the design as it stands, before or after a run.
#include "study/live_preview.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSpinBox>

#include "ui/study_window.h"
#include "widgets/step_model.h"
#include "widgets/table_view.h"

namespace twinfirm::ui {
namespace {

class LivePreviewOfSample : public StudyWindow {
  protected:
    [[nodiscard]] LivePreview& preview() { return window_->study().preview(); }

    StepState state(Step step) {
        const auto* list = find<QListView>("steps");
        return static_cast<StepState>(
            list->model()->index(static_cast<int>(step), 0).data(StepModel::state_role).toInt());
    }

    /// Waits until the preview of the present design is there.
    bool wait_for_preview() {
        return wait_for([this] { return preview().evaluation() != nullptr; });
    }

    /// The line above the results of the page that is shown.
    QString remark() {
        for (const QLabel* label : window_->findChildren<QLabel*>(QStringLiteral("out_of_date"))) {
            if (label->isVisible()) return label->text();
        }
        return {};
    }

    /// As if matching had been quick or slow the last time, whatever this machine is.
    void take_for(double seconds) { preview().set_cost(seconds); }
};

TEST_F(LivePreviewOfSample, FollowsTheDesignAfterARun) {
    open_sample();
    run();
    take_for(0.1);
    window_->show_step(Step::balance);
    settle();
    const auto* table = find<QAbstractItemView>("reasons_table");
    const auto shown = [&] {
        QStringList cells;
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            for (int column = 0; column < table->model()->columnCount(); ++column) {
                cells << table->model()->index(row, column).data().toString();
            }
        }
        return cells;
    };
    const QStringList of_the_run = shown();
    EXPECT_TRUE(remark().isEmpty());

    find<QSpinBox>("ratio")->setValue(2);
    settle();
    EXPECT_EQ(state(Step::balance), StepState::stale);
    ASSERT_TRUE(wait_for_preview());
    EXPECT_NE(state(Step::balance), StepState::stale);
    EXPECT_EQ(state(Step::effects), StepState::stale);
    EXPECT_EQ(state(Step::breakdowns), StepState::stale);
    EXPECT_EQ(state(Step::report), StepState::stale);
    EXPECT_EQ(preview().evaluation()->specification.matching.ratio, 2);
    EXPECT_TRUE(preview().evaluation()->effects.empty());
    EXPECT_NE(shown(), of_the_run);
    EXPECT_TRUE(remark().contains(QStringLiteral("미리보기"))) << remark().toStdString();
    // Nothing was opened.
    EXPECT_EQ(window_->study().recorded_designs().size(), 1u);
    EXPECT_EQ(window_->study().evaluation()->specification.matching.ratio, 1);

    window_->study().history().undo();
    settle();
    EXPECT_TRUE(window_->study().result_is_current());
    EXPECT_EQ(preview().evaluation(), nullptr);
    EXPECT_EQ(shown(), of_the_run);
    EXPECT_TRUE(remark().isEmpty());
    EXPECT_EQ(state(Step::report), StepState::done);
    window_->study().history().redo();
    ASSERT_TRUE(wait_for_preview());
    EXPECT_NE(shown(), of_the_run);
    EXPECT_TRUE(errors_.empty());
}

TEST_F(LivePreviewOfSample, IsThereBeforeAnyRunWhereItIsAskedFor) {
    open_sample();
    window_->show_step(Step::balance);
    settle();
    auto* button = find<QPushButton>("compute_preview");
    ASSERT_TRUE(button->isVisible());
    EXPECT_EQ(preview().evaluation(), nullptr);
    button->click();
    EXPECT_FALSE(button->isVisible());
    ASSERT_TRUE(wait_for_preview());
    EXPECT_EQ(find<QAbstractItemView>("balance_table")->model()->rowCount(),
              static_cast<int>(preview().evaluation()->balance.size()));
    EXPECT_TRUE(remark().contains(QStringLiteral("기록")));
    EXPECT_NE(state(Step::balance), StepState::open);
    EXPECT_EQ(state(Step::effects), StepState::open);
    EXPECT_TRUE(window_->study().recorded_designs().empty());
    // It is looked at, and not taken out.
    auto* table = find<TableView>("balance_table");
    table->selectAll();
    table->copy_selection();
    find<QPushButton>("love_plot_copy")->click();
    ASSERT_EQ(errors_.size(), 2u);
    for (const Error& error : errors_) EXPECT_EQ(error.code, "result_missing");
    errors_.clear();

    window_->study().lock_design();
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_TRUE(window_->study().lock().has_value());
    EXPECT_TRUE(window_->study().lock()->before_results);
    EXPECT_TRUE(errors_.empty());
}

TEST_F(LivePreviewOfSample, AnExpensiveOneWaitsForTheButton) {
    open_sample();
    run();
    take_for(5);
    window_->show_step(Step::balance);
    find<QSpinBox>("ratio")->setValue(2);
    settle();
    auto* button = find<QPushButton>("compute_preview");
    EXPECT_FALSE(preview().pending());
    EXPECT_TRUE(button->isVisible());
    EXPECT_TRUE(remark().contains(QStringLiteral("다시 실행")));
    button->click();
    ASSERT_TRUE(wait_for_preview());
    EXPECT_FALSE(button->isVisible());
    find<QSpinBox>("ratio")->setValue(1);
    settle();
    EXPECT_FALSE(button->isVisible());
}

TEST_F(LivePreviewOfSample, GivesWayToARun) {
    open_sample();
    run();
    take_for(0.1);
    find<QSpinBox>("ratio")->setValue(2);
    EXPECT_TRUE(preview().pending());
    preview().compute();
    run();
    EXPECT_TRUE(window_->study().result_is_current());
    EXPECT_EQ(preview().evaluation(), nullptr);
    EXPECT_TRUE(wait_for([this] { return !preview().pending(); }));
    EXPECT_EQ(preview().evaluation(), nullptr);
    EXPECT_TRUE(errors_.empty());
}

TEST_F(LivePreviewOfSample, OvertakenByTheNextChangeItIsThatOfTheLast) {
    open_sample();
    run();
    take_for(0.1);
    for (const int ratio : {2, 3, 4}) {
        find<QSpinBox>("ratio")->setValue(ratio);
        settle();
        preview().compute();
    }
    ASSERT_TRUE(wait_for_preview());
    EXPECT_EQ(preview().evaluation()->specification.matching.ratio, 4);
}

TEST_F(LivePreviewOfSample, ADesignThatCannotBeMatchedIsToldOfOnThePage) {
    open_sample();
    run();
    take_for(0.1);
    window_->show_step(Step::balance);
    design::Specification impossible = window_->study().specification();
    impossible.matching.caliper = 1e-12;
    impossible.matching.caliper_unit = design::CaliperUnit::raw;
    window_->study().set_specification(impossible);
    ASSERT_TRUE(wait_for([this] { return preview().error().has_value(); }));
    EXPECT_TRUE(remark().contains(localization_.text(*preview().error())));
    EXPECT_EQ(state(Step::balance), StepState::stale);
    // A message for each letter that is typed would be one too many.
    EXPECT_TRUE(errors_.empty());
    // The page still shows the run.
    EXPECT_GT(find<QAbstractItemView>("balance_table")->model()->rowCount(), 0);
    window_->study().history().undo();
    settle();
    EXPECT_TRUE(remark().isEmpty());
    EXPECT_FALSE(preview().error().has_value());
}

}  // namespace
}  // namespace twinfirm::ui
