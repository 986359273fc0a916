// SPDX-License-Identifier: GPL-3.0-or-later
// Opening, mapping, answering and storing files on the page of the data.
#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QUrl>
#include <algorithm>
#include <fstream>

#include "data/audit_model.h"
#include "data/column_mapping_model.h"
#include "data/data_file_model.h"
#include "ui/study_window.h"
#include "window/sample_study.h"

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
    EXPECT_TRUE(find<QPlainTextEdit>("raw_text")->toPlainText().contains(QStringLiteral("0001,가***,2001-03-02")));
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

TEST_F(DataPageTest, TheLastImportCanBeTakenBack) {
    auto* undo = find<QPushButton>("undo_import");
    EXPECT_FALSE(undo->isEnabled());
    const auto import_all = [this] {
        QTest::mouseClick(find<QPushButton>("import_all"), Qt::LeftButton);
        ASSERT_TRUE(wait_for_jobs());
        ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    };
    open(write("register.csv", register_text));
    import_all();
    open(write("register2.csv", "기업ID,기업명,설립일,도입연도,구축수준\n0009,바사전자,1999-11-30,2015,1\n"));
    import_all();
    const auto& files = window_->study().files();
    ASSERT_EQ(files.size(), 2);
    ASSERT_FALSE(files[0].audit.has_value());
    ASSERT_TRUE(files[1].audit.has_value());

    // The table holds the first file again; the second can be stored anew.
    find<QAbstractItemView>("files")->setCurrentIndex(find<QAbstractItemView>("files")->model()->index(1, 0));
    ASSERT_TRUE(undo->isEnabled());
    QTest::mouseClick(undo, Qt::LeftButton);
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    ASSERT_EQ(files.size(), 3);
    EXPECT_FALSE(files[1].audit.has_value());
    ASSERT_TRUE(files[2].audit.has_value());
    EXPECT_EQ(files[2].name, "register.csv");
    EXPECT_EQ(files[2].audit->rows_stored, 2);
    EXPECT_TRUE(find<QPushButton>("import_all")->isEnabled());
}

TEST_F(DataPageTest, AStudyCanBeOpenedBesideOneOfItsFiles) {
    open(sample_study()->parent_path() / "panel.csv");
    window_->study().import_files(window_->study().importable_files());
    ASSERT_TRUE(wait_for_jobs());
    open_sample();  // expects all three tables
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

TEST_F(DataPageTest, TypeAndUnitOfAColumnCanBeChangedBeforeTheImport) {
    open(write("panel.csv", "기업ID,연도,매출액,종업원수\nA1,2015,120,10\nA2,2015,95,12\n"));
    auto* columns = find<QAbstractItemView>("columns")->model();
    const auto plan = [this](std::size_t column) {
        return window_->study().files().front().inspection->plan.columns[column];
    };
    ASSERT_TRUE(columns->setData(columns->index(2, ColumnMappingModel::unit), QStringLiteral("백만원")));
    settle();
    EXPECT_EQ(plan(2).unit, "백만원");
    EXPECT_EQ(plan(2).type, ingest::ValueType::money);
    ASSERT_TRUE(
        columns->setData(columns->index(3, ColumnMappingModel::type), static_cast<int>(ingest::ValueType::text)));
    settle();
    EXPECT_EQ(plan(3).type, ingest::ValueType::text);
    EXPECT_EQ(columns->index(3, ColumnMappingModel::type).data().toString(), QStringLiteral("문자"));

    window_->study().import_files(window_->study().importable_files());
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    const auto& conversions = window_->study().files().front().audit->conversions;
    EXPECT_TRUE(std::any_of(conversions.begin(), conversions.end(),
                            [](const auto& rule) { return rule.rule == "scaled_to_won" && rule.count == 2; }));
}

TEST_F(DataPageTest, MoneyAndItsUnitGoTogether) {
    DataFile file;
    file.inspection.emplace();
    file.inspection->plan.columns.resize(1);
    ingest::ColumnPlan& plan = file.inspection->plan.columns[0];
    choose_type(file, 0, ingest::ValueType::money);
    EXPECT_EQ(plan.unit, "원");
    choose_unit(file, 0, "명");
    EXPECT_EQ(plan.type, ingest::ValueType::number);
    choose_unit(file, 0, "억원");
    EXPECT_EQ(plan.type, ingest::ValueType::money);
    // Another look at the file makes another plan; the choices stay.
    file.inspection->plan.columns.assign(1, {});
    repeat_choices(file);
    EXPECT_EQ(file.inspection->plan.columns[0].type, ingest::ValueType::money);
    EXPECT_EQ(file.inspection->plan.columns[0].unit, "억원");
}

TEST_F(DataPageTest, PersonalDataAreMaskedUntilAskedFor) {
    open(write("register.csv", "사업자등록번호,기업명,도입연도\n123-00-67890,가나기계,2016\n1230098765,다라전자,\n"));
    const auto* preview = find<QAbstractItemView>("preview")->model();
    const auto* raw = find<QPlainTextEdit>("raw_text");
    EXPECT_EQ(preview->index(0, 0).data().toString(), QStringLiteral("123-**-*****"));
    EXPECT_EQ(preview->index(1, 0).data().toString(), QStringLiteral("123*******"));
    EXPECT_EQ(preview->index(0, 1).data().toString(), QStringLiteral("가***"));
    EXPECT_EQ(preview->index(0, 2).data().toString(), QStringLiteral("2016"));
    EXPECT_FALSE(raw->toPlainText().contains(QStringLiteral("67890")));
    EXPECT_FALSE(raw->toPlainText().contains(QStringLiteral("98765")));
    EXPECT_FALSE(raw->toPlainText().contains(QStringLiteral("가나기계")));
    find<QCheckBox>("show_personal")->click();
    settle();
    EXPECT_EQ(preview->index(0, 0).data().toString(), QStringLiteral("123-00-67890"));
    EXPECT_TRUE(raw->toPlainText().contains(QStringLiteral("가나기계")));
}

TEST_F(DataPageTest, TheAuditLeadsToTheLineInTheFile) {
    std::string text = "기업ID,기업명,도입연도\n";
    for (int i = 2; i <= 400; ++i) {
        text += "A" + std::to_string(i) + ",(주)이름" + std::to_string(i) + (i == 300 ? ",20xx\n" : ",2016\n");
    }
    open(write("register.csv", text));
    window_->study().set_type(0, 2, ingest::ValueType::year);
    settle();
    window_->study().import_files(window_->study().importable_files());
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    auto* audit = find<QAbstractItemView>("audit");
    int row = 0;
    while (row < audit->model()->rowCount() &&
           audit->model()->index(row, AuditModel::text).data().toString() != QLatin1String("20xx")) {
        ++row;
    }
    ASSERT_LT(row, audit->model()->rowCount());
    Q_EMIT audit->activated(audit->model()->index(row, 0));
    auto* raw = find<QPlainTextEdit>("raw_text");
    ASSERT_TRUE(wait_for([&] { return raw->textCursor().hasSelection(); }, 5000));
    const QString line = raw->textCursor().selectedText();
    EXPECT_TRUE(line.startsWith(QStringLiteral("300:  A300,(주)*"))) << line.toStdString();
    EXPECT_TRUE(line.endsWith(QStringLiteral(",20xx"))) << line.toStdString();
    EXPECT_FALSE(raw->toPlainText().contains(QStringLiteral("이름")));
    EXPECT_TRUE(raw->isVisible());
}

TEST_F(DataPageTest, RecentProjectsAreOfferedAtTheStart) {
    auto* list = find<QListWidget>("recent_projects");
    EXPECT_EQ(list->count(), 0);
    window_->study().new_project(folder() / "one.twinfirm");
    window_->study().new_project(folder() / "two.twinfirm");
    settle();
    ASSERT_EQ(list->count(), 2);
    EXPECT_TRUE(list->item(0)->text().startsWith(QStringLiteral("two.twinfirm")));
    Q_EMIT list->itemActivated(list->item(1));
    ASSERT_TRUE(wait_for_jobs());
    EXPECT_EQ(window_->study().project_path(), folder() / "one.twinfirm");
    EXPECT_TRUE(list->item(0)->text().startsWith(QStringLiteral("one.twinfirm")));

    const auto* menu = find<QMenu>("recent_menu");
    ASSERT_EQ(menu->actions().size(), 4);  // two projects, a line, and what clears them
    menu->actions().back()->trigger();
    EXPECT_EQ(list->count(), 0);
    EXPECT_EQ(menu->actions().size(), 2);
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
