// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>
#include <string>

#include "jobs/job_runner.h"
#include "study/localization.h"
#include "study/open_study.h"
#include "twinfirm/app/table_check.h"

class QComboBox;
class QLabel;

namespace twinfirm::ui {

class TableView;
class TextTableModel;

/// What to look at before a stored table is used: doubtful values, duplicates and firms that do not join, with their
/// rows; where values are missing; codes that no list knows. The table is looked over beside all other work.
class CheckPanel : public QWidget {
    Q_OBJECT

  public:
    CheckPanel(OpenStudy& study, const Localization& localization, QWidget* parent = nullptr);

    /// The table to be checked when the panel is seen; empty = none.
    void set_table(const std::string& table);
    void retranslate();

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    enum View { doubts, gaps, codes };

    void check();
    void show_view();
    void show_doubts();
    void show_cases(int issue);
    void show_gaps();
    void show_codes();

    OpenStudy& study_;
    const Localization& localization_;
    JobRunner checking_;
    QLabel* label_;
    QComboBox* view_choice_;
    QLabel* state_;
    TextTableModel* found_;
    TableView* found_view_;
    TextTableModel* cases_;
    TableView* cases_view_;
    std::string table_;
    std::optional<app::TableCheck> result_;
    bool outdated_ = true;
};

}  // namespace twinfirm::ui
