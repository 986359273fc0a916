// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "study/localization.h"
#include "study/open_study.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace twinfirm::ui {

class ReportTable;

/// The result beside that of another design which the project remembers: the locked one, or one that was run before.
class ComparePanel : public QWidget {
    Q_OBJECT

  public:
    ComparePanel(OpenStudy& study, const Localization& localization, QWidget* parent = nullptr);

    /// Shows the result and what is known of the other design.
    void refresh();
    void retranslate();

  private:
    void show_designs();
    void show_tables();
    void compute();

    OpenStudy& study_;
    const Localization& localization_;
    QLabel* label_;
    QComboBox* designs_;
    QPushButton* compute_;
    QLabel* hint_;
    QWidget* tables_;
    ReportTable* overview_;
    ReportTable* balance_;
};

}  // namespace twinfirm::ui
