// SPDX-License-Identifier: GPL-3.0-or-later
// A stored table, its filter, and what it costs the event loop.
#include "data/row_grid.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

#include "ui/study_window.h"

namespace twinfirm::ui {
namespace {

class RowGridTest : public StudyWindow {
  protected:
    void show_grid() {
        find<QTabWidget>("file_tabs")->setCurrentIndex(4);
        settle();
        ASSERT_TRUE(wait_for([this] { return !window_->findChild<RowGrid*>()->busy() && model().rowCount() > 0; }));
    }
    QAbstractItemModel& model() { return *find<QTableView>("grid")->model(); }

    void filter(const char* column, const QString& text) {
        auto* box = find<QComboBox>("grid_column");
        const int row = box->findText(QString::fromUtf8(column));
        ASSERT_GE(row, 0) << column;
        box->setCurrentIndex(row);
        find<QLineEdit>("grid_filter")->setText(text);
        QTest::qWait(300);
        ASSERT_TRUE(wait_for([this] { return !window_->findChild<RowGrid*>()->busy(); }));
    }
};

TEST_F(RowGridTest, ShowsTheStoredRowsAndThoseThatAFilterLeaves) {
    open_sample();
    const QAbstractItemModelTester tester(&model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    show_grid();
    EXPECT_EQ(model().rowCount(), 3000);
    EXPECT_TRUE(find<QLabel>("grid_count")->text().contains(QStringLiteral("3,000")));
    const QString first = model().headerData(0, Qt::Horizontal).toString();
    ASSERT_FALSE(first.isEmpty());
    const auto& firms = window_->study().files().front();
    const auto year = std::find_if(firms.inspection->plan.columns.begin(), firms.inspection->plan.columns.end(),
                                   [](const auto& column) { return column.field == "adopt_year"; });
    ASSERT_NE(year, firms.inspection->plan.columns.end());
    filter(year->name.c_str(), QStringLiteral(">2000"));
    EXPECT_EQ(model().rowCount(), 390);
    filter(year->name.c_str(), QStringLiteral("="));
    EXPECT_EQ(model().rowCount(), 2610);
    filter(year->name.c_str(), QString());
    EXPECT_EQ(model().rowCount(), 3000);
}

TEST_F(RowGridTest, PersonalColumnsAreMaskedUntilAskedFor) {
    open_sample();
    show_grid();
    int name = 0;
    while (name < model().columnCount() &&
           !model().headerData(name, Qt::Horizontal).toString().contains(QStringLiteral("기업명")))
        ++name;
    ASSERT_LT(name, model().columnCount());
    EXPECT_TRUE(model().index(0, name).data().toString().contains(QLatin1Char('*')));
    find<QCheckBox>("show_personal")->click();
    settle();
    EXPECT_FALSE(model().index(0, name).data().toString().contains(QLatin1Char('*')));
}

TEST_F(RowGridTest, AnImportIsNotHinderedAndShowsUp) {
    open_sample();
    show_grid();
    window_->study().undo_import(0);
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    EXPECT_EQ(model().rowCount(), 0);
    window_->study().import_files(window_->study().importable_files());
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    EXPECT_TRUE(wait_for([this] { return model().rowCount() == 3000; }));
}

}  // namespace
}  // namespace twinfirm::ui
