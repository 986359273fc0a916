// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/result_page.h"

class QPushButton;
class QTabWidget;

namespace twinfirm::ui {

class ChartPanel;
class ComparePanel;
class ReportTable;
class UnmatchedPanel;

/// Step 3: who was matched, and are the two arms alike afterwards? Where the design was changed since the result, or
/// has none yet, it shows the preview of these questions for the design as it stands.
class BalancePage : public ResultPage {
    Q_OBJECT

  public:
    BalancePage(OpenStudy& study, const Localization& localization, QWidget* parent = nullptr);

    [[nodiscard]] QString explanation() const override;

  protected:
    void show_result(const evaluation::Evaluation& evaluation) override;
    void retranslate_labels() override;
    [[nodiscard]] std::shared_ptr<const evaluation::Evaluation> shown() const override;
    [[nodiscard]] QString currency() const override;

  private:
    void update_preview_button();

    QPushButton* compute_preview_;
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
