// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "widgets/result_page.h"

class QTabWidget;

namespace twinfirm::ui {

class ChartPanel;
class ReportTable;

/// Step 5: the effect by groups of firms.
class BreakdownsPage : public ResultPage {
    Q_OBJECT

  public:
    BreakdownsPage(OpenStudy& study, const Localization& localization, QWidget* parent = nullptr);

    [[nodiscard]] QString explanation() const override;

  protected:
    void show_result(const evaluation::Evaluation& evaluation) override;
    void retranslate_labels() override;

  private:
    Choice breakdown_;
    Choice outcome_;
    QTabWidget* tabs_;
    ChartPanel* chart_;
    ReportTable* table_;
    ReportTable* tests_;
    ReportTable* ranking_;
};

}  // namespace twinfirm::ui
