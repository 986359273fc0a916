// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "twinfirm/base/language.h"
#include "twinfirm/report/table.h"

class QLabel;
class QPlainTextEdit;

namespace twinfirm::ui {

class ReportTableModel;
class TableView;

/// A table of the report on the screen: caption, unit, cells, notes.
class ReportTable : public QWidget {
    Q_OBJECT

  public:
    /// `name`: object name of the view.
    explicit ReportTable(const QString& name, QWidget* parent = nullptr);

    void show_table(report::Table table, Language language);
    /// For tables about one outcome: its name stands above them already.
    void hide_first_column() { hides_first_column_ = true; }
    [[nodiscard]] ReportTableModel& model() { return *model_; }

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void merge_cells();
    void fit_rows();
    void show_notes(const QString& text);
    void fit_notes();

    QLabel* caption_;
    QLabel* unit_;
    TableView* view_;
    QPlainTextEdit* notes_;
    ReportTableModel* model_;
    bool hides_first_column_ = false;
};

}  // namespace twinfirm::ui
