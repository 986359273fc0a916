// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <functional>
#include <vector>

#include "study/localization.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/design/chart_edit.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QSpinBox;
class QTableWidget;

namespace twinfirm::render {
class ChartView;
}

namespace twinfirm::ui {

/// How one chart is to look: title, colours, decimals, ranges, order and names of its rows, resolution of a picture;
/// with the chart as it will be. What cannot be done as asked is said below it.
class ChartOptionsDialog : public QDialog {
    Q_OBJECT

  public:
    /// `generated`: the chart without any edit.
    ChartOptionsDialog(charts::Chart generated, const design::ChartEdit& edit, const Localization& localization,
                       QWidget* parent = nullptr);

    [[nodiscard]] design::ChartEdit edit() const;
    [[nodiscard]] charts::Chart edited_chart() const;
    /// Dots per inch of a picture.
    [[nodiscard]] int resolution() const;

  Q_SIGNALS:
    void save_requested();
    void copy_requested();

  private:
    void build(const design::ChartEdit& edit);
    void fill(const design::ChartEdit& edit);
    void fill_ranges(const design::ChartEdit& edit);
    void fill_rows(const design::ChartEdit& edit);
    void move_row(int by);
    void show_chart();
    [[nodiscard]] std::vector<design::AxisRange> ranges() const;
    /// Whether every axis has two numbers or nothing.
    [[nodiscard]] bool ranges_are_whole() const;

    charts::Chart generated_;
    const Localization& localization_;
    design::ChartEdit other_;  ///< what is not edited here
    QLineEdit* title_;
    QComboBox* palette_;
    QSpinBox* decimals_;
    QTableWidget* ranges_;
    QListWidget* rows_;
    QComboBox* resolution_;
    render::ChartView* view_;
    QLabel* messages_;
    bool filling_ = false;
};

}  // namespace twinfirm::ui
