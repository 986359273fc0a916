// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/window_menus.h"

#include <QAction>
#include <QActionGroup>
#include <QKeySequence>
#include <QMenu>
#include <QMenuBar>

#include "study/localization.h"
#include "study/open_study.h"
#include "study/recent_projects.h"
#include "window/appearance.h"

namespace twinfirm::ui {

WindowMenus::WindowMenus(QMenuBar& bar, OpenStudy& study, RecentProjects& recent, Localization& localization)
    : QObject(&bar), study_(study), recent_(recent), localization_(localization) {
    build_file_menu(bar);
    build_edit_menu(bar);
    build_view_menu(bar);
    build_help_menu(bar);
    connect(&recent_, &RecentProjects::changed, this, &WindowMenus::fill_recent_menu);
    connect(&study_.history(), &QUndoStack::indexChanged, this, &WindowMenus::update_history);
    connect(&study_, &OpenStudy::evaluation_changed, this, &WindowMenus::update_actions);
    connect(&study_.jobs(), &JobRunner::started, this, &WindowMenus::update_actions);
    connect(&study_.jobs(), &JobRunner::finished, this, &WindowMenus::update_actions);
}

QAction* WindowMenus::add(QMenu* menu, Request request, const QKeySequence& key) {
    QAction* action = menu->addAction(QString());
    action->setShortcut(key);
    connect(action, &QAction::triggered, this, request);
    return action;
}

void WindowMenus::build_file_menu(QMenuBar& bar) {
    file_menu_ = bar.addMenu(QString());
    new_window_ = add(file_menu_, &WindowMenus::window_requested, Qt::CTRL | Qt::SHIFT | Qt::Key_N);
    new_window_->setObjectName(QStringLiteral("new_window"));
    new_project_ = add(file_menu_, &WindowMenus::new_project_requested, QKeySequence::New);
    open_project_ = add(file_menu_, &WindowMenus::open_project_requested, QKeySequence::Open);
    recent_menu_ = file_menu_->addMenu(QString());
    recent_menu_->setObjectName(QStringLiteral("recent_menu"));
    save_as_ = add(file_menu_, &WindowMenus::save_requested, QKeySequence::Save);
    file_menu_->addSeparator();
    open_files_ = add(file_menu_, &WindowMenus::files_requested, Qt::CTRL | Qt::Key_D);
    begin_with_earlier_ = add(file_menu_, &WindowMenus::earlier_requested, {});
    open_sample_ = add(file_menu_, &WindowMenus::sample_requested, {});
    file_menu_->addSeparator();
    export_results_ = add(file_menu_, &WindowMenus::export_requested, Qt::CTRL | Qt::Key_E);
    file_menu_->addSeparator();
    print_report_ = add(file_menu_, &WindowMenus::print_requested, QKeySequence::Print);
    show_specification_ = add(file_menu_, &WindowMenus::specification_requested, Qt::CTRL | Qt::Key_I);
    show_specification_->setObjectName(QStringLiteral("show_specification"));
    file_menu_->addSeparator();
    quit_ = add(file_menu_, &WindowMenus::close_requested, QKeySequence::Quit);
}

void WindowMenus::build_edit_menu(QMenuBar& bar) {
    edit_menu_ = bar.addMenu(QString());
    const auto add_step = [this](const char* name, const QKeySequence& key, void (QUndoStack::*step)()) {
        QAction* action = edit_menu_->addAction(QString());
        action->setObjectName(QLatin1String(name));
        action->setShortcut(key);
        connect(action, &QAction::triggered, &study_.history(), step);
        return action;
    };
    undo_ = add_step("undo", QKeySequence::Undo, &QUndoStack::undo);
    redo_ = add_step("redo", QKeySequence::Redo, &QUndoStack::redo);
}

void WindowMenus::build_view_menu(QMenuBar& bar) {
    view_menu_ = bar.addMenu(QString());
    show_explanation_ = view_menu_->addAction(QString());
    show_explanation_->setCheckable(true);
    show_explanation_->setChecked(true);
    show_explanation_->setShortcut(Qt::Key_F9);
    connect(show_explanation_, &QAction::toggled, this, &WindowMenus::explanation_toggled);
    language_menu_ = view_menu_->addMenu(QString());
    language_menu_->setObjectName(QStringLiteral("language_menu"));
    auto* languages = new QActionGroup(this);
    const auto add_language = [this, languages](const QString& name, Language language) {
        QAction* action = language_menu_->addAction(name);
        action->setCheckable(true);
        languages->addAction(action);
        connect(action, &QAction::triggered, this, [this, language] { localization_.set_language(language); });
        return action;
    };
    // A language is always named in itself.
    korean_ = add_language(QStringLiteral("한국어"), Language::korean);
    english_ = add_language(QStringLiteral("English"), Language::english);
    build_scheme_menu();
}

void WindowMenus::build_scheme_menu() {
    scheme_menu_ = view_menu_->addMenu(QString());
    scheme_menu_->setObjectName(QStringLiteral("scheme_menu"));
    schemes_ = new QActionGroup(this);
    for (const SchemeChoice choice : {SchemeChoice::desktop, SchemeChoice::light, SchemeChoice::dark}) {
        QAction* action = scheme_menu_->addAction(QString());
        action->setCheckable(true);
        action->setChecked(chosen_scheme() == choice);
        schemes_->addAction(action);
        connect(action, &QAction::triggered, this, [this, choice] {
            choose_scheme(choice);
            Q_EMIT scheme_chosen();
        });
    }
}

void WindowMenus::build_help_menu(QMenuBar& bar) {
    help_menu_ = bar.addMenu(QString());
    show_guide_ = add(help_menu_, &WindowMenus::guide_requested, QKeySequence::HelpContents);
    show_guide_->setObjectName(QStringLiteral("show_guide"));
    about_ = add(help_menu_, &WindowMenus::about_requested, {});
    about_->setObjectName(QStringLiteral("show_about"));
}

void WindowMenus::fill_recent_menu() {
    recent_menu_->clear();
    const QStringList paths = recent_.paths();
    for (const QString& path : paths) {
        connect(recent_menu_->addAction(path), &QAction::triggered, this,
                [this, path] { Q_EMIT recent_requested(path); });
    }
    recent_menu_->addSeparator();
    QAction* clear = recent_menu_->addAction(tr("&Clear list"));
    clear->setEnabled(!paths.isEmpty());
    connect(clear, &QAction::triggered, &recent_, &RecentProjects::clear);
}

void WindowMenus::show_explanation(bool shown) {
    show_explanation_->setChecked(shown);
}

void WindowMenus::update_actions() {
    const bool idle = !study_.jobs().running();
    for (QAction* action : {new_project_, open_project_, save_as_, open_files_, begin_with_earlier_, open_sample_}) {
        action->setEnabled(idle);
    }
    for (QAction* action : {export_results_, print_report_}) {
        action->setEnabled(idle && study_.evaluation() != nullptr);
    }
    update_history();
}

/// The menu says what would be undone.
void WindowMenus::update_history() {
    const QUndoStack& history = study_.history();
    const bool idle = !study_.jobs().running();
    undo_->setEnabled(idle && history.canUndo());
    redo_->setEnabled(idle && history.canRedo());
    undo_->setText(history.canUndo() ? tr("&Undo: %1").arg(history.undoText()) : tr("&Undo"));
    redo_->setText(history.canRedo() ? tr("&Redo: %1").arg(history.redoText()) : tr("&Redo"));
}

void WindowMenus::retranslate() {
    file_menu_->setTitle(tr("&File"));
    new_window_->setText(tr("New &window"));
    new_project_->setText(tr("&New project…"));
    open_project_->setText(tr("&Open project…"));
    recent_menu_->setTitle(tr("&Recent projects"));
    fill_recent_menu();
    save_as_->setText(tr("&Save project as…"));
    open_files_->setText(tr("Open &data…"));
    begin_with_earlier_->setText(tr("New data with an e&arlier design…"));
    open_sample_->setText(tr("Sa&mple study"));
    export_results_->setText(tr("&Export results…"));
    print_report_->setText(tr("&Print report…"));
    show_specification_->setText(tr("Specification and co&mmands…"));
    quit_->setText(tr("&Quit"));
    edit_menu_->setTitle(tr("&Edit"));
    view_menu_->setTitle(tr("&View"));
    show_explanation_->setText(tr("&Explanation"));
    language_menu_->setTitle(tr("&Language"));
    scheme_menu_->setTitle(tr("&Colours"));
    schemes_->actions()[0]->setText(tr("As the &desktop"));
    schemes_->actions()[1]->setText(tr("&Light screen"));
    schemes_->actions()[2]->setText(tr("D&ark screen (charts and report stay on white paper)"));
    help_menu_->setTitle(tr("&Help"));
    show_guide_->setText(tr("&User guide"));
    about_->setText(tr("&About TwinFirm"));
    (localization_.language() == Language::korean ? korean_ : english_)->setChecked(true);
    update_actions();
}

}  // namespace twinfirm::ui
