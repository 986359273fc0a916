// SPDX-License-Identifier: GPL-3.0-or-later
// Variables are dragged from their list onto the fields of the design, or given a role by the keyboard.
#include <QDropEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTableWidget>
#include <QTest>
#include <algorithm>
#include <memory>

#include "design/outcome_table.h"
#include "design/variable_list.h"
#include "ui/study_window.h"

namespace twinfirm::ui {
namespace {

class VariableDrag : public StudyWindow {
  protected:
    void SetUp() override {
        StudyWindow::SetUp();
        window_->resize(1400, 900);
        open_sample();
        window_->show_step(Step::design);
        settle();
        list_ = find<VariableList>("variables");
        ASSERT_NE(list_, nullptr);
    }

    const design::Specification& specification() { return window_->study().specification(); }

    int row_of(const QString& name) const {
        for (int row = 0; row < list_->count(); ++row) {
            const QString text = list_->item(row)->text();
            if (text == name || text.endsWith(QStringLiteral(" — ") + name)) return row;
        }
        return -1;
    }

    /// Drags these variables onto the field; false where it refuses them.
    bool drag(const QStringList& names, QWidget& field) {
        QModelIndexList rows;
        for (const QString& name : names) {
            EXPECT_GE(row_of(name), 0) << name.toStdString();
            rows << list_->model()->index(row_of(name), 0);
        }
        const std::unique_ptr<QMimeData> data(list_->model()->mimeData(rows));
        auto* area = qobject_cast<QAbstractScrollArea*>(&field);
        QWidget* target = area != nullptr ? area->viewport() : &field;
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        enter.ignore();
        QApplication::sendEvent(target, &enter);
        EXPECT_EQ(field.property("drop").toBool(), enter.isAccepted());
        if (!enter.isAccepted()) return false;
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(target, &drop);
        EXPECT_FALSE(field.property("drop").toBool());
        settle();
        return drop.isAccepted();
    }

    VariableList* list_ = nullptr;
};

TEST_F(VariableDrag, GivesAVariableTheRoleOfTheField) {
    ASSERT_TRUE(list_->isVisible());
    const design::Specification before = specification();
    auto* covariates = find<QPlainTextEdit>("covariates");
    // Amounts as logarithms, at once with another variable, as one step.
    EXPECT_TRUE(drag({QStringLiteral("assets"), QStringLiteral("region")}, *covariates));
    auto expected = before.covariates;
    expected.insert(expected.end(), {"log(assets)", "region"});
    EXPECT_EQ(specification().covariates, expected);
    EXPECT_TRUE(covariates->toPlainText().endsWith(QStringLiteral("log(assets)\nregion")));
    // Once is enough.
    EXPECT_TRUE(drag({QStringLiteral("assets")}, *covariates));
    EXPECT_EQ(specification().covariates, expected);

    auto* exact = find<QLineEdit>("exact");
    EXPECT_TRUE(drag({QStringLiteral("region")}, *exact));
    EXPECT_EQ(specification().matching.exact.back(), "region");
    EXPECT_TRUE(exact->text().endsWith(QStringLiteral(", region")));
    EXPECT_TRUE(window_->study().validation().errors.empty());

    window_->study().history().undo();
    EXPECT_EQ(specification().matching.exact, before.matching.exact);
    window_->study().history().undo();
    EXPECT_TRUE(specification() == before);
    EXPECT_FALSE(covariates->toPlainText().contains(QStringLiteral("assets")));
    window_->study().history().redo();
    EXPECT_EQ(specification().covariates, expected);
    EXPECT_TRUE(errors_.empty());
}

TEST_F(VariableDrag, OutcomesAndBreakdownsAreThoseThatAreKnownOfIt) {
    auto* outcomes = find<QTableWidget>("outcomes");
    const std::size_t before = specification().outcomes.size();
    EXPECT_TRUE(drag({QStringLiteral("assets")}, *outcomes));
    ASSERT_EQ(specification().outcomes.size(), before + 1);
    const design::Outcome& assets = specification().outcomes.back();
    EXPECT_EQ(assets.variable, "assets");
    EXPECT_EQ(assets.metric, design::ChangeMetric::percent);
    EXPECT_EQ(assets.label.en, "Total assets");
    EXPECT_EQ(outcomes->item(static_cast<int>(before), OutcomeTable::outcome)->checkState(), Qt::Checked);
    // Sales is one of the outcomes already.
    EXPECT_TRUE(drag({QStringLiteral("sales")}, *outcomes));
    EXPECT_EQ(specification().outcomes.size(), before + 1);
    EXPECT_TRUE(window_->study().validation().errors.empty());

    auto* breakdowns = find<QListWidget>("breakdowns");
    EXPECT_TRUE(drag({QStringLiteral("region")}, *breakdowns));
    EXPECT_EQ(specification().breakdowns.back().key, "region");
    EXPECT_EQ(specification().breakdowns.back().label.ko, "지역별");
    EXPECT_TRUE(window_->study().validation().errors.empty());
}

TEST_F(VariableDrag, AFieldRefusesWhatHasNoPlaceInIt) {
    const design::Specification before = specification();
    // A trait of the register has no value a year, and a number without bands makes no groups.
    EXPECT_FALSE(drag({QStringLiteral("region")}, *find<QTableWidget>("outcomes")));
    EXPECT_FALSE(drag({QStringLiteral("assets")}, *find<QListWidget>("breakdowns")));
    // Nothing is dropped while a job runs.
    window_->study().run();
    EXPECT_FALSE(drag({QStringLiteral("assets")}, *find<QPlainTextEdit>("covariates")));
    ASSERT_TRUE(wait_for_jobs());
    EXPECT_TRUE(specification() == before);
    EXPECT_EQ(window_->study().history().count(), 0);
}

TEST_F(VariableDrag, TheKeyboardOffersTheSameRoles) {
    const auto roles_of = [this](const QString& name) {
        list_->setFocus();
        list_->setCurrentRow(row_of(name));
        QTest::keyClick(list_, Qt::Key_Return);
        settle();
        return find<QMenu>("variable_roles");
    };
    QMenu* menu = roles_of(QStringLiteral("region"));
    ASSERT_NE(menu, nullptr);
    ASSERT_EQ(menu->actions().size(), 4);
    EXPECT_TRUE(menu->actions()[1]->isEnabled());
    EXPECT_FALSE(menu->actions()[2]->isEnabled());
    menu->actions()[1]->trigger();
    menu->close();
    settle();
    EXPECT_EQ(specification().matching.exact.back(), "region");
}

TEST_F(VariableDrag, TheListGivesWayInANarrowWindow) {
    window_->resize(960, 540);
    settle();
    EXPECT_FALSE(list_->isVisible());
    window_->resize(1400, 900);
    settle();
    EXPECT_TRUE(list_->isVisible());
}

}  // namespace
}  // namespace twinfirm::ui
