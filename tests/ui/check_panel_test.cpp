// SPDX-License-Identifier: GPL-3.0-or-later
// The check of a stored table, and the list of firms without a match.
#include "data/check_panel.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTimer>
#include <fstream>
#include <iterator>

#include "ui/study_window.h"

namespace twinfirm::ui {
namespace {

class CheckPanelTest : public StudyWindow {
  protected:
    void import(const std::string& name, const std::string& text) {
        std::ofstream(folder() / name, std::ios::binary) << text;
        window_->open({folder() / name});
        ASSERT_TRUE(wait_for_jobs());
        window_->study().import_files(window_->study().importable_files());
        ASSERT_TRUE(wait_for_jobs());
        ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    }

    QString cell(const char* view, int row, int column) {
        return find<QAbstractItemView>(view)->model()->index(row, column).data().toString();
    }

    void choose(const char* name, int row) {
        auto* box = find<QComboBox>(name);
        box->setCurrentIndex(row);
        Q_EMIT box->activated(row);
        settle();
    }
};

TEST_F(CheckPanelTest, ShowsDoubtsGapsAndCodes) {
    import("firms.csv", "기업ID,업종코드,시도,도입연도\nF1,C25112,서울,2016\nF2,C99999,부산,\n");
    import("panel.csv", "기업ID,연도,매출액\nF1,2014,10\nF1,2015,\nF2,2014,20\nF2,2015,21\nF9,2014,5\n");
    auto* files = find<QAbstractItemView>("files");
    find<QTabWidget>("file_tabs")->setCurrentIndex(5);
    files->setCurrentIndex(files->model()->index(1, 0));
    find<QTabWidget>("file_tabs")->setCurrentIndex(5);
    const auto* found = find<QAbstractItemView>("check_found")->model();
    ASSERT_TRUE(wait_for([&] { return found->rowCount() > 0; }, 5000));
    int row = 0;
    while (row < found->rowCount() &&
           !found->index(row, 0).data().toString().contains(QStringLiteral("명부에 없는 기업"))) {
        ++row;
    }
    ASSERT_LT(row, found->rowCount());
    find<QAbstractItemView>("check_found")->setCurrentIndex(found->index(row, 0));
    EXPECT_EQ(cell("check_cases", 0, 1), QStringLiteral("F9"));
    choose("check_view", 1);
    EXPECT_EQ(found->headerData(2, Qt::Horizontal).toString(), QStringLiteral("2015"));
    EXPECT_EQ(cell("check_found", 2, 2), QStringLiteral("50%"));
    EXPECT_EQ(cell("check_found", 2, 1), QStringLiteral("0%"));

    files->setCurrentIndex(files->model()->index(0, 0));
    find<QTabWidget>("file_tabs")->setCurrentIndex(5);
    choose("check_view", 2);
    ASSERT_TRUE(wait_for([&] { return found->rowCount() > 3; }, 5000));
    EXPECT_EQ(cell("check_found", 0, 1), QStringLiteral("99999"));
    EXPECT_EQ(cell("check_found", 0, 3), QStringLiteral("목록에 없음"));
    EXPECT_EQ(cell("check_found", 1, 3), QStringLiteral("목록에 있음"));
}

TEST_F(CheckPanelTest, FirmsWithoutAMatchAreListedByReason) {
    open_sample();
    run();
    window_->show_step(Step::balance);
    find<QTabWidget>("balance_tabs")->setCurrentIndex(6);
    settle();
    find<QPushButton>("unmatched_list")->click();
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    // As many of each reason as the result counts.
    const auto& reasons = window_->study().evaluation()->reasons;
    auto* box = find<QComboBox>("unmatched_reason");
    const auto* firms = find<QAbstractItemView>("unmatched_firms")->model();
    std::int64_t counted = 0;
    for (const auto& reason : reasons) {
        if (reason.reason == matching::Reason::matched) continue;
        for (const bool adopter : {true, false}) {
            const std::int64_t expected = adopter ? reason.firms.treated : reason.firms.control;
            if (expected <= 0) continue;
            const int row = box->findData(2 * static_cast<int>(reason.reason) + (adopter ? 1 : 0));
            ASSERT_GE(row, 0);
            choose("unmatched_reason", row);
            EXPECT_EQ(firms->rowCount(), expected);
            counted += expected;
        }
    }
    EXPECT_GT(counted, 0);
    choose("unmatched_reason", 0);
    EXPECT_EQ(firms->rowCount(), counted);

    // A list of firms is protected.
    find<QPushButton>("unmatched_save")->click();
    ASSERT_EQ(errors_.size(), 1u);
    EXPECT_EQ(errors_.back().code, "unmatched_list_protected");
    window_->study().set_disclosure_override("점검");
    ASSERT_TRUE(wait_for_jobs());
    find<QPushButton>("unmatched_list")->click();
    ASSERT_TRUE(wait_for_jobs());
    const auto file = folder() / "left-out.csv";
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QTimer::singleShot(0, window_.get(), [&] {
        auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        ASSERT_NE(dialog, nullptr);
        dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(QString::fromStdString(file.string()));
        QMetaObject::invokeMethod(dialog, "accept");
        if (dialog->isVisible()) dialog->reject();
    });
    find<QPushButton>("unmatched_save")->click();
    EXPECT_EQ(errors_.size(), 1u);
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), counted + 1);
}

}  // namespace
}  // namespace twinfirm::ui
