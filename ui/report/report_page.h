// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "twinfirm/app/results.h"
#include "widgets/result_page.h"

class QCheckBox;
class QComboBox;
class QGroupBox;
class QLabel;
class QListWidget;
class QPushButton;
class QTextBrowser;

namespace twinfirm::ui {

class ResultExport;

/// Step 6: the report to read, and the ways out: PDF, single charts, all results.
class ReportPage : public ResultPage {
    Q_OBJECT

  public:
    ReportPage(OpenStudy& study, const Localization& localization, ResultExport& exporter, QWidget* parent = nullptr);

    [[nodiscard]] QString explanation() const override;
    /// Asks for a place and writes there.
    void export_report();
    void export_chart();
    void export_folder();
    void print_report();

  protected:
    void show_result(const evaluation::Evaluation& evaluation) override;
    void retranslate_labels() override;

  private:
    void update_buttons();
    /// Asks why, and computes the result anew without disclosure control; or with it again.
    void override_disclosure(bool open);
    /// False: the result is out of date, and that was said.
    [[nodiscard]] bool may_export();

    ResultExport& exporter_;
    QLabel* contents_label_;
    QListWidget* sections_;
    QTextBrowser* text_;
    QGroupBox* export_group_;
    QPushButton* report_;
    QLabel* chart_label_;
    QComboBox* chart_;
    QPushButton* save_chart_;
    QPushButton* folder_;
    QCheckBox* unprotected_;
    std::vector<app::NamedChart> charts_;
};

}  // namespace twinfirm::ui
