// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAction;
class QActionGroup;
class QKeySequence;
class QMenu;
class QMenuBar;

namespace twinfirm::ui {

class Localization;
class OpenStudy;
class RecentProjects;

/// The menus of a window: what can be asked for, with its keys, and what of it is possible now.
class WindowMenus : public QObject {
    Q_OBJECT

  public:
    /// All must outlive the menus, which belong to `bar`.
    WindowMenus(QMenuBar& bar, OpenStudy& study, RecentProjects& recent, Localization& localization);

    void retranslate();
    /// Ticks or unticks the entry; `explanation_toggled` follows where that changes it.
    void show_explanation(bool shown);

  Q_SIGNALS:
    void window_requested();
    void new_project_requested();
    void open_project_requested();
    void recent_requested(const QString& path);
    void save_requested();
    void files_requested();
    void earlier_requested();
    void sample_requested();
    void export_requested();
    void print_requested();
    void specification_requested();
    void close_requested();
    void explanation_toggled(bool shown);
    void scheme_chosen();
    void guide_requested();
    void about_requested();

  private:
    using Request = void (WindowMenus::*)();
    QAction* add(QMenu* menu, Request request, const QKeySequence& key);
    void build_file_menu(QMenuBar& bar);
    void build_edit_menu(QMenuBar& bar);
    void build_view_menu(QMenuBar& bar);
    void build_scheme_menu();
    void build_help_menu(QMenuBar& bar);
    void fill_recent_menu();
    void update_actions();
    void update_history();

    OpenStudy& study_;
    RecentProjects& recent_;
    Localization& localization_;
    QMenu* file_menu_;
    QMenu* recent_menu_;
    QMenu* edit_menu_;
    QMenu* view_menu_;
    QMenu* language_menu_;
    QMenu* scheme_menu_;
    QMenu* help_menu_;
    QAction* new_window_;
    QAction* new_project_;
    QAction* open_project_;
    QAction* save_as_;
    QAction* open_files_;
    QAction* begin_with_earlier_;
    QAction* open_sample_;
    QAction* export_results_;
    QAction* print_report_;
    QAction* show_specification_;
    QAction* quit_;
    QAction* undo_;
    QAction* redo_;
    QAction* show_explanation_;
    QAction* korean_;
    QAction* english_;
    QActionGroup* schemes_;
    QAction* show_guide_;
    QAction* about_;
};

}  // namespace twinfirm::ui
