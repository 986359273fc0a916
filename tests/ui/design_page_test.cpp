// SPDX-License-Identifier: GPL-3.0-or-later
// Settings behind their sections, bands, the lock, and another design beside the present one.
#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include "design/band_editor.h"
#include "ui/study_window.h"

namespace twinfirm::ui {
namespace {

class DesignPageTest : public StudyWindow {
  protected:
    void SetUp() override {
        StudyWindow::SetUp();
        window_->show_step(Step::design);
        settle();
    }

    const design::Specification& specification() { return window_->study().specification(); }

    void type(const char* name, const QString& text) {
        auto* edit = find<QLineEdit>(name);
        ASSERT_NE(edit, nullptr) << name;
        edit->selectAll();
        QTest::keyClicks(edit, text);
        settle();
    }

    void choose(const char* name, int row) {
        auto* box = find<QComboBox>(name);
        ASSERT_NE(box, nullptr) << name;
        box->setCurrentIndex(row);
        Q_EMIT box->activated(row);
        settle();
    }
};

TEST_F(DesignPageTest, SectionsAreClosedUntilTheyArePressed) {
    auto* header = find<QToolButton>("section_staggered");
    ASSERT_NE(header, nullptr);
    EXPECT_FALSE(find<QCheckBox>("staggered")->isVisible());
    QTest::mouseClick(header, Qt::LeftButton);
    settle();
    EXPECT_TRUE(find<QCheckBox>("staggered")->isVisible());
    QTest::keyClick(header, Qt::Key_Space);
    settle();
    EXPECT_FALSE(find<QCheckBox>("staggered")->isVisible());
}

TEST_F(DesignPageTest, EveryFieldSetsItsValueAndIsTakenBack) {
    const design::Specification first = specification();
    type("cluster", QStringLiteral("region"));
    EXPECT_EQ(specification().effects.cluster, "region");
    find<QCheckBox>("balance_interactions")->click();
    EXPECT_TRUE(specification().balance_interactions);
    choose("control_pool", 1);
    EXPECT_EQ(specification().over_time.control_pool, design::ControlPool::not_by_horizon);
    find<QCheckBox>("over_time_tests")->click();
    EXPECT_NE(specification().over_time.tests, first.over_time.tests);
    find<QSpinBox>("placebo_years")->setValue(2);
    EXPECT_EQ(specification().over_time.placebo_years, 2);
    find<QCheckBox>("staggered")->click();
    EXPECT_NE(specification().staggered.enabled, first.staggered.enabled);
    choose("staggered_estimator", 2);
    EXPECT_EQ(specification().staggered.estimator, design::StaggeredEstimator::ipw);
    find<QSpinBox>("group_draws")->setValue(500);
    EXPECT_EQ(specification().groups.draws, 500);
    choose("delivery", 2);
    EXPECT_EQ(specification().before_after.delivery, design::Delivery::lead_time);
    EXPECT_TRUE(find<QToolButton>("section_errors")->text().contains(QStringLiteral("설정됨")));
    EXPECT_TRUE(specification().preset.empty());

    while (window_->study().history().canUndo()) window_->study().history().undo();
    settle();
    EXPECT_TRUE(specification() == first);
    EXPECT_TRUE(find<QLineEdit>("cluster")->text().isEmpty());
    EXPECT_FALSE(find<QCheckBox>("balance_interactions")->isChecked());
    EXPECT_EQ(find<QComboBox>("control_pool")->currentIndex(), 0);
}

TEST_F(DesignPageTest, TypingKeepsTheCursorAndTellsWhatIsWrong) {
    auto* covariates = find<QPlainTextEdit>("covariates");
    covariates->setFocus();
    QTextCursor cursor = covariates->textCursor();
    cursor.movePosition(QTextCursor::End);
    covariates->setTextCursor(cursor);
    QTest::keyClick(covariates, Qt::Key_Return);
    QTest::keyClicks(covariates, QStringLiteral("log("));
    settle();
    EXPECT_TRUE(covariates->toPlainText().endsWith(QStringLiteral("log(")));
    EXPECT_TRUE(covariates->textCursor().atEnd());
    const auto* error = find<QLabel>("covariates_error");
    EXPECT_TRUE(error->isVisible());
    EXPECT_TRUE(error->text().contains(QStringLiteral("log("))) << error->text().toStdString();
    EXPECT_EQ(covariates->accessibleDescription(), error->text());
    EXPECT_TRUE(find<QPlainTextEdit>("validation")->toPlainText().startsWith(QStringLiteral("오류")));
    EXPECT_FALSE(window_->study().validation().errors.empty());
    QTest::keyClicks(covariates, QStringLiteral("assets)"));
    settle();
    EXPECT_FALSE(error->isVisible());
    EXPECT_TRUE(window_->study().validation().errors.empty());
}

TEST_F(DesignPageTest, AnUnknownColumnIsToldAtItsField) {
    open_sample();
    window_->show_step(Step::design);
    EXPECT_TRUE(window_->study().validation().errors.empty());
    auto* covariates = find<QPlainTextEdit>("covariates");
    covariates->appendPlainText(QStringLiteral("asets"));
    settle();
    EXPECT_TRUE(find<QLabel>("covariates_error")->text().contains(QStringLiteral("asets")));
    EXPECT_FALSE(find<QPushButton>("run")->isEnabled());
    localization_.set_language(Language::english);
    settle();
    EXPECT_TRUE(find<QLabel>("covariates_error")->text().contains(QStringLiteral("‘asets’")));
    localization_.set_language(Language::korean);
    window_->study().history().undo();
    settle();
    EXPECT_FALSE(find<QLabel>("covariates_error")->isVisible());
    EXPECT_TRUE(find<QPushButton>("run")->isEnabled());

    type("exact", QStringLiteral("industry, sizee"));
    EXPECT_TRUE(find<QLabel>("exact_error")->text().contains(QStringLiteral("sizee")));
    type("exact", QStringLiteral("industry"));
    EXPECT_FALSE(find<QLabel>("exact_error")->isVisible());
    // Within a section that is closed, its header says so.
    type("cluster", QStringLiteral("regoin"));
    EXPECT_TRUE(find<QToolButton>("section_errors")->text().contains(QStringLiteral("오류")));
    EXPECT_FALSE(find<QPushButton>("run")->isEnabled());
    type("cluster", QStringLiteral("region"));
    EXPECT_TRUE(find<QPushButton>("run")->isEnabled());
}

TEST_F(DesignPageTest, VariablesOfTheDataAreOffered) {
    EXPECT_FALSE(find<QPushButton>("add_covariate")->isEnabled());
    open_sample();
    window_->show_step(Step::design);
    const auto offered = [this](const char* name) {
        QStringList texts;
        for (const QAction* action : find<QMenu>(name)->actions()) texts << action->text();
        return texts;
    };
    const QStringList before = offered("add_covariate_menu");
    EXPECT_FALSE(before.contains(QStringLiteral("매출액(로그) — log(sales)")));  // is one already
    ASSERT_TRUE(before.contains(QStringLiteral("업종 — industry"))) << before.join(u'/').toStdString();
    for (QAction* action : find<QMenu>("add_covariate_menu")->actions()) {
        if (action->text().endsWith(QStringLiteral("— industry"))) {
            action->trigger();
            break;
        }
    }
    settle();
    EXPECT_EQ(specification().covariates.back(), "industry");
    EXPECT_FALSE(offered("add_covariate_menu").contains(QStringLiteral("업종 — industry")));
    find<QMenu>("add_exact_menu")->actions().front()->trigger();
    settle();
    EXPECT_EQ(specification().matching.exact.size(), 3u);
    EXPECT_TRUE(window_->study().validation().errors.empty());
}

TEST_F(DesignPageTest, BandsAreEditedByTheirLowerBounds) {
    choose("band_breakdown", find<QComboBox>("band_breakdown")->findData(QStringLiteral("sales_band")));
    // Bounds of sales are written in the unit that sales are shown in.
    EXPECT_EQ(find<QLineEdit>("band_edges")->text(), QStringLiteral("0, 10, 50, 100, 300, 500"));
    type("band_edges", QStringLiteral("0, 20, 80"));
    const auto& breakdowns = specification().breakdowns;
    const auto band = std::find_if(breakdowns.begin(), breakdowns.end(),
                                   [](const auto& breakdown) { return breakdown.key == "sales_band"; });
    ASSERT_NE(band, breakdowns.end());
    EXPECT_EQ(band->edges, (std::vector<double>{0, 20e8, 80e8}));
    ASSERT_EQ(band->labels.size(), 3U);  // named by their bounds from now on
    EXPECT_EQ(band->labels[1].ko, "[20, 80)");
    EXPECT_EQ(find<QLabel>("band_reading")->text(), QStringLiteral("[0, 20) · [20, 80) · [80, ∞)"));
    EXPECT_TRUE(window_->study().validation().errors.empty());
    type("band_edges", QStringLiteral("0, 80, 20"));
    EXPECT_EQ(specification().breakdowns[static_cast<std::size_t>(band - breakdowns.begin())].edges.back(), 80e8);
    EXPECT_FALSE(find<QLabel>("band_reading")->text().contains(QLatin1Char('[')));
}

TEST_F(DesignPageTest, BoundsAreRisingNumbers) {
    EXPECT_EQ(edges_of(QStringLiteral("0, 10,50 ")), (std::vector<double>{0, 10, 50}));
    for (const char* wrong : {"", "0", "0, 0", "0, x", "10, 5", "0, nan", "0,,5"}) {
        EXPECT_FALSE(edges_of(QString::fromLatin1(wrong)).has_value()) << wrong;
    }
}

TEST_F(DesignPageTest, ALockedDesignStandsBesideAChangedOne) {
    open_sample();
    window_->show_step(Step::design);
    QTimer::singleShot(0, window_.get(), [] {
        auto* question = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (question == nullptr) {
            ADD_FAILURE() << "nothing was asked";
        } else {
            question->button(QMessageBox::Yes)->click();
        }
    });
    find<QPushButton>("lock_design")->click();
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    ASSERT_TRUE(window_->study().lock().has_value());
    EXPECT_TRUE(window_->study().lock()->before_results);
    EXPECT_FALSE(window_->study().changed_since_lock());
    EXPECT_TRUE(find<QLabel>("lock_state")->isVisible());
    EXPECT_FALSE(find<QPushButton>("lock_design")->isEnabled());

    find<QSpinBox>("ratio")->setValue(2);
    settle();
    EXPECT_TRUE(window_->study().changed_since_lock());
    run();
    window_->show_step(Step::balance);
    find<QTabWidget>("balance_tabs")->setCurrentIndex(5);
    settle();
    auto* designs = find<QComboBox>("other_design");
    ASSERT_EQ(designs->count(), 1);
    EXPECT_TRUE(designs->currentText().contains(QStringLiteral("잠긴 설계")));
    const auto own = window_->study().evaluation();
    find<QPushButton>("compute_other")->click();
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    EXPECT_EQ(window_->study().evaluation(), own);
    const auto* overview = find<QAbstractItemView>("compared_designs")->model();
    ASSERT_GT(overview->rowCount(), 5);
    EXPECT_NE(overview->index(2, 2).data().toString(), overview->index(2, 3).data().toString());
    EXPECT_EQ(find<QAbstractItemView>("compared_balance")->model()->rowCount(), static_cast<int>(own->balance.size()));

    // The lock is there again when the project is.
    const auto path = folder() / "locked.twinfirm";
    window_->study().save_project_as(path);
    ASSERT_TRUE(wait_for_jobs());
    window_->study().open_project(path);
    ASSERT_TRUE(wait_for_jobs());
    EXPECT_TRUE(window_->study().lock().has_value());
    EXPECT_EQ(window_->study().recorded_designs().size(), 2u);
}

}  // namespace
}  // namespace twinfirm::ui
