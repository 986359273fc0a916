// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

#include "study/localization.h"
#include "study/open_study.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/design/chart_edit.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace twinfirm::render {
class ChartView;
}

namespace twinfirm::ui {

/// A chart with the buttons that change its look and take it out of the program. Where there is no chart it says why.
class ChartPanel : public QWidget {
    Q_OBJECT

  public:
    /// `name`: object name of the chart view.
    ChartPanel(const QString& name, OpenStudy& study, const Localization& localization, QWidget* parent = nullptr);

    void show_chart(Result<charts::Chart> chart);
    /// What must hold before the chart leaves the program; without one, the study's result must be current.
    void set_copy_check(std::function<Status()> check) { check_ = std::move(check); }
    /// The look of the charts is not that of the study's report; it stays with this panel.
    void keep_looks_here() { own_looks_.emplace(); }
    /// Asks how the chart is to look.
    void choose_look();
    [[nodiscard]] render::ChartView& view() { return *view_; }

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void show_menu(const QPoint& place);
    void save();
    void save_picture(const charts::Chart& chart, int resolution);
    void copy();
    void copy_numbers();
    void copy_picture(const charts::Chart& chart);
    /// Shows the generated chart as it is to look.
    void show_look();
    [[nodiscard]] design::ChartEdit look() const;
    void set_look(const design::ChartEdit& look);
    [[nodiscard]] Status may_leave() const { return check_ ? check_() : study_.check_current(); }

    OpenStudy& study_;
    const Localization& localization_;
    render::ChartView* view_;
    QStackedWidget* stack_;
    QLabel* reason_;
    QPushButton* look_;
    QPushButton* copy_;
    QPushButton* save_;
    std::optional<charts::Chart> generated_;
    design::ChartEdit shown_look_;
    std::optional<std::vector<design::ChartEdit>> own_looks_;
    std::function<Status()> check_;
};

}  // namespace twinfirm::ui
