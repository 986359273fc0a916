// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>

#include "study/localization.h"
#include "study/open_study.h"
#include "twinfirm/charts/chart.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace twinfirm::render {
class ChartView;
}

namespace twinfirm::ui {

/// A chart with the buttons that take it out of the program. Where there is no chart it says why.
class ChartPanel : public QWidget {
    Q_OBJECT

  public:
    /// `name`: object name of the chart view.
    ChartPanel(const QString& name, OpenStudy& study, const Localization& localization, QWidget* parent = nullptr);

    void show_chart(Result<charts::Chart> chart);
    /// What must hold before the chart leaves the program; without one, the study's result must be current.
    void set_copy_check(std::function<Status()> check) { check_ = std::move(check); }
    [[nodiscard]] render::ChartView& view() { return *view_; }

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void save();
    void copy();
    [[nodiscard]] Status may_leave() const { return check_ ? check_() : study_.check_current(); }

    OpenStudy& study_;
    const Localization& localization_;
    render::ChartView* view_;
    QStackedWidget* stack_;
    QLabel* reason_;
    QPushButton* copy_;
    QPushButton* save_;
    std::function<Status()> check_;
};

}  // namespace twinfirm::ui
