// SPDX-License-Identifier: GPL-3.0-or-later
// Opening, mapping, answering and storing files on the page of the data.
#include <QAbstractItemView>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QUrl>
#include <fstream>

#include "data/column_mapping_model.h"
#include "data/data_file_model.h"
#include "ui/study_window.h"

namespace twinfirm::ui {
namespace {

class DataPageTest : public StudyWindow {
  protected:
    std::filesystem::path write(const std::string& name, const std::string& text) {
        const std::filesystem::path path = folder() / name;
        std::ofstream(path, std::ios::binary) << text;
        return path;
    }

    void open(const std::filesystem::path& path) {
        window_->open({path});
        ASSERT_TRUE(wait_for_jobs());
    }
};

const char* const register_text =
    "기업ID,기업명,설립일,도입연도,구축수준\n"
    "0001,가나기계,2001-03-02,2016,3\n"
    "0002,다라전자,1999-11-30,,\n";

TEST_F(DataPageTest, ShowsTheTextBesideTheTableReadFromIt) {
    open(write("register.csv", register_text));
    EXPECT_TRUE(find<QPlainTextEdit>("raw_text")->toPlainText().contains(QStringLiteral("0001,가나기계")));
    const auto* preview = find<QAbstractItemView>("preview")->model();
    ASSERT_EQ(preview->rowCount(), 2);
    EXPECT_EQ(preview->index(0, 0).data().toString(), QStringLiteral("0001"));
    EXPECT_EQ(preview->headerData(1, Qt::Horizontal).toString(), QStringLiteral("기업명"));
    const auto* files = find<QAbstractItemView>("files")->model();
    EXPECT_EQ(files->index(0, DataFileModel::file).data().toString(), QStringLiteral("register.csv"));
    EXPECT_EQ(window_->study().files().front().table, "firms");
}

TEST_F(DataPageTest, ImportingShowsTheAudit) {
    open(write("register.csv", register_text));
    auto* button = find<QPushButton>("import_all");
    ASSERT_TRUE(button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    EXPECT_FALSE(button->isEnabled());
    const auto& audit = window_->study().files().front().audit;
    ASSERT_TRUE(audit.has_value());
    EXPECT_EQ(audit->rows_stored, 2);
    EXPECT_TRUE(find<QLabel>("audit_summary")->text().contains(QStringLiteral("저장 2")));
}

TEST_F(DataPageTest, AColumnCanBeGivenAnotherMeaning) {
    open(write("register.csv", register_text));
    auto* columns = find<QAbstractItemView>("columns")->model();
    ASSERT_TRUE(columns->setData(columns->index(1, ColumnMappingModel::field), QStringLiteral("supplier")));
    settle();
    EXPECT_EQ(window_->study().files().front().inspection->plan.columns[1].field, "supplier");
    // A meaning belongs to one column: taking it elsewhere frees it here.
    ASSERT_TRUE(columns->setData(columns->index(0, ColumnMappingModel::field), QStringLiteral("supplier")));
    settle();
    EXPECT_EQ(window_->study().files().front().inspection->plan.columns[0].field, "supplier");
    EXPECT_TRUE(window_->study().files().front().inspection->plan.columns[1].field.empty());
}

TEST_F(DataPageTest, AQuestionMustBeAnsweredBeforeTheFileIsStored) {
    open(write("codes.csv", "기업ID,도입여부\nA1,1\nA2,2\nA3,1\nA4,2\n"));
    ASSERT_FALSE(window_->study().files().empty());
    const auto open_questions = window_->study().files().front().inspection->open_questions();
    ASSERT_FALSE(open_questions.empty());
    EXPECT_FALSE(find<QPushButton>("import_all")->isEnabled());
    for (const auto& question : open_questions) {
        auto* box = find<QComboBox>(("answer_" + question.id).c_str());
        ASSERT_NE(box, nullptr) << question.id;
        box->setCurrentIndex(1);
        Q_EMIT box->activated(1);
        ASSERT_TRUE(wait_for_jobs());
    }
    EXPECT_TRUE(window_->study().files().front().ready());
    EXPECT_TRUE(find<QPushButton>("import_all")->isEnabled());
}

TEST_F(DataPageTest, AFileThatCannotBeReadIsExplained) {
    open(folder() / "not_there.csv");
    ASSERT_EQ(errors_.size(), 1u);
    EXPECT_TRUE(window_->study().files().empty());
    EXPECT_TRUE(find<QPlainTextEdit>("message_text")->toPlainText().contains(QStringLiteral("not_there.csv")));
}

TEST_F(DataPageTest, FilesCanBeDropped) {
    const auto path = write("register.csv", register_text);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QString::fromStdString(path.string()))});
    QDragEnterEvent enter(QPoint(400, 400), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window_.get(), &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent drop(QPointF(400, 400), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window_.get(), &drop);
    ASSERT_TRUE(wait_for_jobs());
    EXPECT_EQ(window_->study().files().size(), 1u);
}

}  // namespace
}  // namespace twinfirm::ui
