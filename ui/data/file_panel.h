// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstddef>

#include "data/raw_text.h"
#include "jobs/job_runner.h"
#include "study/localization.h"
#include "study/open_study.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPlainTextEdit;
class QTabWidget;

namespace twinfirm::ui {

class AuditModel;
class CheckPanel;
class ColumnMappingModel;
class PreviewModel;
class QuestionList;
class RowGrid;
class TableView;

/// One file: its text beside the table read from it, the meaning of its columns, questions, and the import audit.
class FilePanel : public QWidget {
    Q_OBJECT

  public:
    FilePanel(OpenStudy& study, const Localization& localization, QWidget* parent = nullptr);

    void show_file(std::size_t index);
    void refresh();
    void retranslate();
    /// Brings what has to be looked at to the front: questions, else the audit, else the preview.
    void show_most_urgent_tab();

  private:
    void build_preview_tab();
    void build_columns_tab();
    void build_audit_tab();
    void show_preview(const DataFile* file);
    void show_audit(const DataFile* file);
    void show_table_choice(const DataFile* file);
    /// Brings a line of the file to the front, in the text of the file.
    void jump_to(std::int64_t line);
    void show_lines(const LinesOfFile& found, std::int64_t line);
    [[nodiscard]] const DataFile* file() const;

    OpenStudy& study_;
    const Localization& localization_;
    std::size_t index_ = 0;
    QLabel* table_label_;
    QComboBox* table_;
    QTabWidget* tabs_;
    QCheckBox* show_personal_;
    QLabel* raw_title_;
    QPlainTextEdit* raw_;
    QLabel* parsed_title_;
    PreviewModel* preview_;
    TableView* preview_view_;
    ColumnMappingModel* columns_;
    TableView* columns_view_;
    QuestionList* questions_;
    QLabel* audit_summary_;
    AuditModel* audit_;
    TableView* audit_view_;
    RowGrid* grid_;
    CheckPanel* check_;
    JobRunner reading_;
};

}  // namespace twinfirm::ui
