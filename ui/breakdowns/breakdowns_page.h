// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "widgets/result_page.h"

class QComboBox;
class QLabel;
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
    void show_choice();
    void show_warnings(const evaluation::Evaluation& evaluation, const std::string& outcome,
                       const std::string& breakdown);

    QLabel* breakdown_label_;
    QComboBox* breakdown_;
    QLabel* outcome_label_;
    QComboBox* outcome_;
    QTabWidget* tabs_;
    ChartPanel* chart_;
    ReportTable* table_;
    QLabel* warnings_;
};

}  // namespace twinfirm::ui
