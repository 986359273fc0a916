// SPDX-License-Identifier: GPL-3.0-or-later
// Walks through all pages in both languages; with TWINFIRM_TOUR_DIR set, leaves a picture of each there, to be looked
// at by people.
#include <QAction>
#include <QComboBox>
#include <QListView>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTextBrowser>

#include "ui/study_window.h"
#include "window/specification_dialog.h"

namespace twinfirm::ui {
namespace {

class Tour : public StudyWindow {
  protected:
    void take_picture(const std::string& name) { take_picture_of(*window_, name); }

    void take_picture_of(QWidget& widget, const std::string& name) {
        settle();
        const QPixmap picture = widget.grab();
        ASSERT_FALSE(picture.isNull());
        const QString folder = qEnvironmentVariable("TWINFIRM_TOUR_DIR");
        if (folder.isEmpty()) return;
        const QString file = QStringLiteral("%1/%2.%3.png")
                                 .arg(folder, QString::fromStdString(name),
                                      QString::fromStdString(std::string(language_tag(localization_.language()))));
        EXPECT_TRUE(picture.save(file)) << file.toStdString();
    }

    void walk() {
        const char* names[] = {"1-data", "2-design", "3-balance", "4-effects", "5-breakdowns", "6-report", "7-survey"};
        for (std::size_t step = 0; step < step_count; ++step) {
            window_->show_step(static_cast<Step>(step));
            take_picture(names[step]);
        }
        window_->show_step(Step::data);
        turn_tabs("file_tabs", "1-data");
        window_->show_step(Step::balance);
        turn_tabs("balance_tabs", "3-balance");
        window_->show_step(Step::effects);
        choose("effect_outcome", "export");
        take_picture("4-effects-export");
        choose("effect_outcome", "quality");
        take_picture("4-effects-survey");
        choose("effect_outcome", "sales");
        turn_tabs("effect_tabs", "4-effects");
        window_->show_step(Step::breakdowns);
        choose("breakdown", "sales_band");
        take_picture("5-breakdowns-sales");
        choose("breakdown", "size");
        turn_tabs("breakdown_tabs", "5-breakdowns");
        walk_survey();
        find<QAction>("show_guide")->trigger();
        take_picture_of(*find<QTextBrowser>("guide"), "8-guide");
        find<QTextBrowser>("guide")->close();
        find<QAction>("show_specification")->trigger();
        auto* dialog = find<SpecificationDialog>("specification");
        take_picture_of(*dialog, "8-specification");
        delete dialog;
    }

    void walk_survey() {
        window_->show_step(Step::survey);
        find<QPushButton>("survey_sample")->click();
        ASSERT_TRUE(wait_for_jobs());
        auto* list = find<QListView>("survey_list");
        ASSERT_GT(list->model()->rowCount(), 8);
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            list->setCurrentIndex(list->model()->index(row, 0));
            find<QTabWidget>("survey_tabs")->setCurrentIndex(0);
            take_picture("7-survey-" + std::to_string(row));
            find<QTabWidget>("survey_tabs")->setCurrentIndex(1);
            if (row % 3 == 1) take_picture("7-survey-" + std::to_string(row) + "-table");
        }
    }

    void choose(const char* name, const char* key) {
        auto* box = find<QComboBox>(name);
        const int row = box->findData(QString::fromLatin1(key));
        ASSERT_GE(row, 0) << key;
        box->setCurrentIndex(row);
        Q_EMIT box->activated(row);
    }

    void turn_tabs(const char* name, const std::string& picture) {
        auto* tabs = find<QTabWidget>(name);
        ASSERT_NE(tabs, nullptr) << name;
        for (int i = 1; i < tabs->count(); ++i) {
            tabs->setCurrentIndex(i);
            take_picture(picture + "-" + std::to_string(i));
        }
        tabs->setCurrentIndex(0);
    }
};

TEST_F(Tour, EveryPageInBothLanguages) {
    take_picture("0-empty");
    open_sample();
    run();
    walk();
    localization_.set_language(Language::english);
    settle();
    walk();
    EXPECT_TRUE(errors_.empty());

    // A design that was changed, and an error with its hint.
    find<QSpinBox>("ratio")->setValue(3);
    window_->study().open_project(folder() / "not_there.twinfirm");
    ASSERT_TRUE(wait_for_jobs());
    window_->show_step(Step::effects);
    take_picture("7-out-of-date");
}

}  // namespace
}  // namespace twinfirm::ui
