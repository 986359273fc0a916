// SPDX-License-Identifier: GPL-3.0-or-later
// From raw files to a report on the disk with the mouse: every click is counted.
#include <QFileDialog>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTest>
#include <QTimer>

#include "ui/study_window.h"
#include "window/sample_study.h"

namespace twinfirm::ui {
namespace {

class Clicks : public StudyWindow, public testing::WithParamInterface<Language> {
  protected:
    void SetUp() override {
        QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        localization_.set_language(GetParam());
        StudyWindow::SetUp();
        raw_ = folder() / "raw";
        std::filesystem::create_directory(raw_);
        for (const char* name : {"firms.csv", "panel.csv", "survey.csv"}) {
            std::filesystem::copy_file(sample_study()->parent_path() / name, raw_ / name);
        }
    }

    /// As a user would: what is hidden or disabled cannot be clicked.
    void click(QWidget* widget, QPoint place = {}, Qt::KeyboardModifiers keys = Qt::NoModifier) {
        ASSERT_NE(widget, nullptr);
        ASSERT_TRUE(widget->isVisible() && widget->isEnabled()) << widget->objectName().toStdString();
        ++clicks_;
        QTest::mouseClick(widget, Qt::LeftButton, keys, place);
    }

    void click_step(Step step) {
        auto* steps = find<QListView>("steps");
        click(steps->viewport(), steps->visualRect(steps->model()->index(static_cast<int>(step), 0)).center());
        settle();
    }

    /// Clicks on what opens a file dialog and uses the dialog. A dialog that is still there afterwards is closed, so
    /// that a failure does not wait for ever.
    void click_with_dialog(QWidget* opener, const std::function<void(QFileDialog&)>& use) {
        bool was_there = false;
        QTimer::singleShot(0, window_.get(), [&] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            if (dialog == nullptr) return;
            was_there = true;
            use(*dialog);
            if (dialog->isVisible()) {
                ADD_FAILURE() << "the dialog did not accept";
                dialog->reject();
            }
        });
        click(opener);
        EXPECT_TRUE(was_there) << "no dialog was opened";
    }

    void accept(QFileDialog& dialog) {
        for (QPushButton* button : dialog.findChildren<QPushButton*>()) {
            if (button->isDefault()) return click(button);
        }
        ADD_FAILURE() << "the dialog has no default button";
    }

    std::filesystem::path raw_;
    int clicks_ = 0;
};

TEST_P(Clicks, AReportTakesTenClicksFromRawFiles) {
    click_with_dialog(find<QPushButton>("start_open"), [this](QFileDialog& dialog) {
        dialog.setViewMode(QFileDialog::List);
        dialog.setDirectory(QString::fromStdString(raw_.string()));  // where the files of last time were: no click
        auto* list = dialog.findChild<QListView*>(QStringLiteral("listView"));
        ASSERT_NE(list, nullptr);
        // The folder is read by a thread and sorted afterwards.
        const auto row = [&](int i) { return list->model()->index(i, 0, list->rootIndex()); };
        ASSERT_TRUE(wait_for(
            [&] {
                return list->model()->rowCount(list->rootIndex()) == 3 &&
                       row(0).data().toString() == QLatin1String("firms.csv") &&
                       row(2).data().toString() == QLatin1String("survey.csv");
            },
            5000));
        click(list->viewport(), list->visualRect(row(0)).center());
        click(list->viewport(), list->visualRect(row(2)).center(), Qt::ShiftModifier);
        ASSERT_EQ(dialog.selectedFiles().size(), 3);
        accept(dialog);
    });
    ASSERT_FALSE(HasFailure());
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_EQ(window_->study().files().size(), 3u);
    click(find<QPushButton>("import_all"));
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    click_step(Step::design);
    click(find<QPushButton>("run"));
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    click_step(Step::report);

    const QString report = QString::fromStdString((folder() / "report.pdf").string());
    QSignalSpy finished(&window_->result_export(), &ResultExport::finished);
    click_with_dialog(find<QPushButton>("export_report"), [this, report](QFileDialog& dialog) {
        // Typed without a click; key by key the completer's popup would take the next click.
        auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
        ASSERT_NE(name, nullptr);
        name->setText(report);
        accept(dialog);
    });
    ASSERT_TRUE(!HasFailure() && wait_for([&] { return finished.count() == 1; }));
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    EXPECT_GT(std::filesystem::file_size(report.toStdString()), 50'000u);
    EXPECT_LE(clicks_, 10);
    RecordProperty("clicks", clicks_);
}

INSTANTIATE_TEST_SUITE_P(BothLanguages, Clicks, testing::Values(Language::korean, Language::english),
                         [](const auto& language) { return std::string(language_tag(language.param)); });

}  // namespace
}  // namespace twinfirm::ui
