// SPDX-License-Identifier: GPL-3.0-or-later
// Every model of the window keeps the rules of models, whatever is done; what the models of files and settings hold is
// compared with texts in tests/ui/golden (TWINFIRM_WRITE_GOLDENS=1 writes them anew).
#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QComboBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include "ui/page_walk.h"

namespace twinfirm::ui {
namespace {

class ModelGolden : public PageWalk {
  protected:
    /// The models that the window made itself, by the class they are of.
    std::vector<QAbstractItemModel*> own_models() {
        std::vector<QAbstractItemModel*> models;
        for (QAbstractItemModel* model : window_->findChildren<QAbstractItemModel*>()) {
            if (std::string(model->metaObject()->className()).starts_with("twinfirm::ui::")) models.push_back(model);
        }
        return models;
    }

    static std::string text_of(const QAbstractItemModel& model) {
        constexpr int most_rows = 12;
        std::string text;
        const auto add_line = [&](int columns, const auto& cell) {
            for (int column = 0; column < columns; ++column) {
                if (column > 0) text += " | ";
                QString shown = cell(column);
                text += shown.replace(QLatin1Char('\n'), QLatin1String(" / ")).toStdString();
            }
            text += '\n';
        };
        const int columns = model.columnCount();
        add_line(columns, [&](int column) { return model.headerData(column, Qt::Horizontal).toString(); });
        for (int row = 0; row < std::min(most_rows, model.rowCount()); ++row) {
            add_line(columns, [&](int column) {
                const QModelIndex index = model.index(row, column);
                const QVariant check = index.data(Qt::CheckStateRole);
                return (check.isValid()
                            ? (check.toInt() == Qt::Checked ? QStringLiteral("[x] ") : QStringLiteral("[ ] "))
                            : QString()) +
                       index.data().toString();
            });
        }
        if (model.rowCount() > most_rows) text += "... " + std::to_string(model.rowCount()) + " rows\n";
        return text;
    }

    void expect_golden(const std::string& name, const std::string& text) {
        const std::filesystem::path path =
            std::filesystem::path(TWINFIRM_SOURCE_DIR) / "tests" / "ui" / "golden" / (name + ".txt");
        if (std::getenv("TWINFIRM_WRITE_GOLDENS") != nullptr) {
            std::filesystem::create_directories(path.parent_path());
            std::ofstream(path, std::ios::binary) << text;
            return;
        }
        std::ifstream file(path, std::ios::binary);
        ASSERT_TRUE(file.good()) << path;
        const std::string golden{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        EXPECT_EQ(text, golden) << name;
    }
};

TEST_F(ModelGolden, EveryModelKeepsTheRules) {
    std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;
    std::set<std::string> classes;
    for (QAbstractItemModel* model : own_models()) {
        testers.push_back(
            std::make_unique<QAbstractItemModelTester>(model, QAbstractItemModelTester::FailureReportingMode::Fatal));
        classes.insert(model->metaObject()->className());
    }
    EXPECT_GE(classes.size(), 9u);
    open_sample();
    run();
    walk([](QWidget&, const std::string&) {});
    localization_.set_language(Language::english);
    window_->show_step(Step::balance);
    find<QTabWidget>("balance_tabs")->setCurrentIndex(6);
    find<QPushButton>("unmatched_list")->click();
    ASSERT_TRUE(wait_for_jobs());
    for (QAbstractItemView* view : window_->findChildren<QAbstractItemView*>()) {
        if (view->model() != nullptr && view->model()->inherits("twinfirm::ui::ReportTableModel")) {
            view->model()->sort(1, Qt::DescendingOrder);
        }
    }
    find<QSpinBox>("ratio")->setValue(2);
    window_->study().undo_import(2);
    ASSERT_TRUE(wait_for_jobs());
    window_->study().new_project();
    settle();
    EXPECT_TRUE(errors_.empty());
}

TEST_F(ModelGolden, FilesAndSettingsHoldWhatTheyHeld) {
    open_sample();
    for (const Language language : {Language::korean, Language::english}) {
        localization_.set_language(language);
        const std::string tag = "." + std::string(language_tag(language));
        window_->show_step(Step::data);
        auto* files = find<QAbstractItemView>("files");
        for (int file = 0; file < 2; ++file) {
            files->setCurrentIndex(files->model()->index(file, 0));
            settle();
            const std::string table = window_->study().files()[static_cast<std::size_t>(file)].table;
            for (const char* name : {"preview", "columns", "audit"}) {
                expect_golden(table + "_" + name + tag, text_of(*find<QAbstractItemView>(name)->model()));
            }
            find<QTabWidget>("file_tabs")->setCurrentIndex(5);
            const auto* found = find<QAbstractItemView>("check_found")->model();
            auto* view = find<QComboBox>("check_view");
            for (int i = 0; i < view->count(); ++i) {
                view->setCurrentIndex(i);
                Q_EMIT view->activated(i);
                ASSERT_TRUE(wait_for([&] { return found->columnCount() > 0; }));
                expect_golden(table + "_check_" + std::to_string(i) + tag, text_of(*found));
            }
        }
        expect_golden("files" + tag, text_of(*files->model()));
        expect_golden("steps" + tag, text_of(*find<QAbstractItemView>("steps")->model()));
        expect_golden("outcomes" + tag, text_of(*find<QAbstractItemView>("outcomes")->model()));
        window_->show_step(Step::survey);
        find<QPushButton>("survey_sample")->click();
        ASSERT_TRUE(wait_for_jobs());
        expect_golden("survey_list" + tag, text_of(*find<QAbstractItemView>("survey_list")->model()));
    }
}

}  // namespace
}  // namespace twinfirm::ui
