// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "study/localization.h"
#include "study/open_study.h"
#include "study/recent_projects.h"

class QGroupBox;
class QLabel;
class QListWidget;
class QPushButton;

namespace twinfirm::ui {

/// What the window begins with: own files, an earlier design, sample data, the projects of last time.
class StartPanel : public QWidget {
    Q_OBJECT

  public:
    StartPanel(OpenStudy& study, RecentProjects& recent, const Localization& localization, QWidget* parent = nullptr);

    void retranslate();
    void update_buttons();

  Q_SIGNALS:
    void open_requested();
    void earlier_requested();
    void sample_requested();
    void survey_requested();
    void file_requested(const QString& path);
    void project_requested(const QString& path);

  private:
    struct Choice {
        QPushButton* button;
        QLabel* description;
    };

    Choice add_choice(QWidget* parent, const char* name, bool primary = false);
    void show_recent();

    OpenStudy& study_;
    RecentProjects& recent_;
    const Localization& localization_;
    std::vector<QPushButton*> buttons_;  ///< before the choices that fill it
    QLabel* drop_hint_;
    QGroupBox* own_group_;
    QGroupBox* sample_group_;
    Choice open_;
    Choice earlier_;
    Choice demo_;
    Choice survey_;
    Choice lalonde_;
    Choice empl_uk_;
    QLabel* recent_label_;
    QListWidget* recent_list_;
};

}  // namespace twinfirm::ui
