// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <string>

#include "data/row_grid_model.h"
#include "jobs/job_runner.h"
#include "study/localization.h"
#include "study/open_study.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace twinfirm::ui {

class TableView;

/// A stored table with a filter on one of its columns. Reading and filtering are done beside all other work; until they
/// are done the window shows what it showed before.
class RowGrid : public QWidget {
    Q_OBJECT

  public:
    RowGrid(OpenStudy& study, const Localization& localization, QWidget* parent = nullptr);

    /// The table to be shown when the grid is seen; empty = none.
    void set_table(const std::string& table);
    void set_masked(bool masked) { model_->set_masked(masked); }
    void retranslate();
    [[nodiscard]] bool busy() const { return reading_.running(); }

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    void read();
    void take_rows(RowGridModel::Rows rows);
    void filter();
    void show_count();

    OpenStudy& study_;
    const Localization& localization_;
    JobRunner reading_;
    RowGridModel* model_;
    QLabel* column_label_;
    QComboBox* column_;
    QLabel* text_label_;
    QLineEdit* text_;
    QLabel* count_;
    TableView* view_;
    QTimer pause_;  ///< after the last letter typed
    std::string table_;
    RowGridModel::Rows rows_;
    bool outdated_ = true;       ///< what is shown is not that table as it is stored now
    bool filter_again_ = false;  ///< the filter changed while another one was at work
};

}  // namespace twinfirm::ui
