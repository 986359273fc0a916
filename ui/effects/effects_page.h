// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "widgets/result_page.h"

class QTabWidget;

namespace twinfirm::ui {

class ChartPanel;
class HeadlineCard;
class ReportTable;

/// Step 4: the effect on one outcome. The naive before/after number never stands alone: the matched one is beside it.
class EffectsPage : public ResultPage {
    Q_OBJECT

  public:
    EffectsPage(OpenStudy& study, const Localization& localization, QWidget* parent = nullptr);

    [[nodiscard]] QString explanation() const override;

  protected:
    void show_result(const evaluation::Evaluation& evaluation) override;
    void retranslate_labels() override;

  private:
    void show_matched_outcome(const evaluation::Evaluation& evaluation, const std::string& key);
    void show_process_kpi(const evaluation::Evaluation& evaluation, const std::string& key);
    [[nodiscard]] std::string chosen() const;

    Choice outcome_;
    HeadlineCard* naive_;
    HeadlineCard* matched_;
    QTabWidget* tabs_;
    ChartPanel* chart_;
    ChartPanel* before_after_;
    ReportTable* comparison_;
    ReportTable* by_year_;
};

}  // namespace twinfirm::ui
