// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/result_page.h"

class QTabWidget;

namespace twinfirm::ui {

class ChartPanel;
class ComparePanel;
class ReportTable;
class UnmatchedPanel;

/// Step 3: who was matched, and are the two arms alike afterwards?
class BalancePage : public ResultPage {
    Q_OBJECT

  public:
    BalancePage(OpenStudy& study, const Localization& localization, QWidget* parent = nullptr);

    [[nodiscard]] QString explanation() const override;

  protected:
    void show_result(const evaluation::Evaluation& evaluation) override;
    void retranslate_labels() override;

  private:
    QTabWidget* tabs_;
    ChartPanel* love_plot_;
    ChartPanel* overlap_;
    ChartPanel* flow_;
    ReportTable* balance_;
    ReportTable* reasons_;
    ReportTable* cohorts_;
    ReportTable* coefficients_;
    ComparePanel* compare_;
    UnmatchedPanel* unmatched_;
};

}  // namespace twinfirm::ui
