// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemView>
#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QTabWidget>
#include <QTextBrowser>
#include <QTimer>
#include <QTreeView>
#include <functional>
#include <string>
#include <tuple>

#include "ui/study_window.h"
#include "window/specification_dialog.h"

namespace twinfirm::ui {

/// Walks through everything that the window shows of the sample study.
class PageWalk : public StudyWindow {
  protected:
    /// Is called with the window or dialog, and with the name of what it shows.
    using Visit = std::function<void(QWidget&, const std::string&)>;

    void walk(const Visit& visit) {
        visit_ = visit;
        const char* names[] = {"1-data", "2-design", "3-balance", "4-effects", "5-breakdowns", "6-report", "7-survey"};
        for (std::size_t step = 0; step < step_count; ++step) {
            window_->show_step(static_cast<Step>(step));
            stop_at(names[step]);
        }
        walk_report();
        window_->show_step(Step::data);
        turn_tabs("file_tabs", "1-data");
        window_->show_step(Step::balance);
        turn_tabs("balance_tabs", "3-balance");
        window_->show_step(Step::effects);
        choose("effect_outcome", "export");
        stop_at("4-effects-export");
        choose("effect_outcome", "quality");
        stop_at("4-effects-survey");
        choose("effect_outcome", "sales");
        turn_tabs("effect_tabs", "4-effects");
        window_->show_step(Step::breakdowns);
        choose("breakdown", "sales_band");
        stop_at("5-breakdowns-sales");
        choose("breakdown", "size");
        turn_tabs("breakdown_tabs", "5-breakdowns");
        walk_survey();
        walk_dialogs();
    }

    /// A sentence that is being written anew, with a warning; the tables of the press release.
    void walk_report() {
        window_->show_step(Step::report);
        settle();
        const auto& sentences = window_->findChild<ReportComposer*>()->report()->shown.sentences;
        ASSERT_GE(sentences.size(), 2u);
        design::ReportSettings settings;
        settings.sentences = {{sentences[0].key, {"고친 문장입니다.", "예전 문장"}, {"A sentence of ours.", "former"}}};
        settings.leave_out = {"love_plot"};
        window_->study().set_report_settings(settings);
        settle();
        auto* outline = find<QTreeView>("report_sections");
        outline->setCurrentIndex(outline->model()->index(0, 0, outline->model()->index(1, 0)));
        stop_at("6-report-sentence");
        app::ReportChoice choice;
        choice.kind = report::ReportKind::press_release;
        window_->study().set_report_choice(choice);
        window_->study().set_report_settings({});
        settle();
        outline->setCurrentIndex(outline->model()->index(3, 0));
        stop_at("6-report-press");
        window_->study().set_report_choice({});
        settle();
    }

    /// The survey step; every third of its tables.
    void walk_survey() {
        window_->show_step(Step::survey);
        find<QPushButton>("survey_sample")->click();
        ASSERT_TRUE(wait_for_jobs());
        auto* list = find<QListView>("survey_list");
        ASSERT_GT(list->model()->rowCount(), 8);
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            list->setCurrentIndex(list->model()->index(row, 0));
            find<QTabWidget>("survey_tabs")->setCurrentIndex(0);
            stop_at("7-survey-" + std::to_string(row));
            find<QTabWidget>("survey_tabs")->setCurrentIndex(1);
            if (row % 3 == 1) stop_at("7-survey-" + std::to_string(row) + "-table");
        }
    }

    void walk_dialogs() {
        find<QAction>("show_guide")->trigger();
        stop_at(*find<QTextBrowser>("guide"), "8-guide");
        find<QTextBrowser>("guide")->close();
        find<QAction>("show_specification")->trigger();
        auto* dialog = find<SpecificationDialog>("specification");
        stop_at(*dialog, "8-specification");
        delete dialog;
        find<QAction>("show_about")->trigger();
        auto* about = find<QDialog>("about");
        stop_at(*about, "8-about");
        delete about;
        for (const auto& [step, button, picture] : {std::tuple{Step::breakdowns, "forest_chart_look", "8-look-groups"},
                                                    std::tuple{Step::effects, "effect_chart_look", "8-look-years"}}) {
            window_->show_step(step);
            stop_at_dialog(button, picture);
        }
    }

    /// What a button opens and waits for.
    void stop_at_dialog(const char* opener, const std::string& name) {
        bool was_there = false;
        QTimer::singleShot(0, window_.get(), [&] {
            QWidget* dialog = QApplication::activeModalWidget();
            if (dialog == nullptr) return;
            was_there = true;
            stop_at(*dialog, name);
            dialog->close();
        });
        find<QPushButton>(opener)->click();
        ASSERT_TRUE(was_there) << opener;
    }

    void stop_at(const std::string& name) { stop_at(*window_, name); }
    void stop_at(QWidget& shown, const std::string& name) {
        settle();
        visit_(shown, name);
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
            // Its rows are read beside the window.
            const auto* grid = tabs->currentWidget()->findChild<QAbstractItemView*>(QStringLiteral("grid"));
            ASSERT_TRUE(grid == nullptr || wait_for([&] { return grid->model()->rowCount() > 0; }));
            const auto* checked = tabs->currentWidget()->findChild<QLabel*>(QStringLiteral("check_state"));
            ASSERT_TRUE(checked == nullptr || wait_for([&] { return !checked->text().endsWith(QChar(0x2026)); }));
            stop_at(picture + "-" + std::to_string(i));
        }
        tabs->setCurrentIndex(0);
    }

    Visit visit_;
};

}  // namespace twinfirm::ui
