// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <filesystem>
#include <optional>

#include "twinfirm/base/result.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/render/chart_plot.h"

class QCustomPlot;

namespace twinfirm::render {

/// To the clipboard: the chart in its own size, light, as picture and SVG, and its numbers as tab-separated text and
/// HTML table.
[[nodiscard]] Status copy_chart(const charts::Chart& chart);

/// A chart on the screen, in the size of the widget. Dark palettes of the application darken the ground, not the marks.
class ChartView : public QWidget {
    Q_OBJECT

  public:
    explicit ChartView(QWidget* parent = nullptr);

    /// Shows the chart; its title becomes the accessible name.
    [[nodiscard]] Status show_chart(charts::Chart chart);
    void clear();
    [[nodiscard]] const std::optional<charts::Chart>& chart() const { return chart_; }

    /// The chart in its own size, light, by the ending of the path: .png, .svg, .pdf. Nothing shown =
    /// `chart_without_numbers`.
    [[nodiscard]] Status save(const std::filesystem::path& path) const;
    /// copy_chart() of what is shown. Nothing shown = `chart_without_numbers`.
    [[nodiscard]] Status copy() const;
    [[nodiscard]] Status copy_numbers() const;

    [[nodiscard]] QSize sizeHint() const override;

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void draw();

    QCustomPlot* plot_;
    QString family_;
    std::optional<charts::Chart> chart_;
};

}  // namespace twinfirm::render
