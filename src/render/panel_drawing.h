// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

#include <QString>
#include <vector>

#include "twinfirm/charts/chart.h"
#include "twinfirm/render/chart_plot.h"

namespace twinfirm::render {

/// Sizes in logical pixels.
namespace size {
inline constexpr double title = 15;
inline constexpr double subtitle = 12;
inline constexpr double panel_title = 12;
inline constexpr double axis_label = 11;
inline constexpr double text = 11;
inline constexpr double note = 10;
inline constexpr double column_gap = 14;
}  // namespace size

/// One panel of a chart inside an axis rectangle.
class PanelDrawing {
  public:
    PanelDrawing(QCustomPlot& plot, QCPAxisRect& rect, const charts::Panel& panel, charts::Palette palette,
                 QString family, const Appearance& appearance);

    /// Axes, marks and intervals; reserves the margins that the texts need.
    void draw_marks();
    /// Texts beside the marks; their place is known only when the layout is done.
    void draw_texts();
    /// One plottable a series with a label, in the order of the series.
    [[nodiscard]] std::vector<QCPAbstractPlottable*> legend_entries() const { return legend_; }
    /// Space the texts beside the panel need.
    [[nodiscard]] double right_margin() const;
    [[nodiscard]] double top_margin() const;

  private:
    void set_axis(QCPAxis& axis, const charts::Axis& model, bool values);
    void draw_bars(const charts::Series& series, QCPBars*& below);
    void draw_points(const charts::Series& series);
    QCPGraph* add_points(const charts::Series& series, const std::vector<charts::Mark>& marks, double diameter);
    void add_whiskers(const charts::Series& series, const std::vector<charts::Mark>& marks,
                      QCPAbstractPlottable& plottable);
    void draw_lines_and_bands();
    void draw_columns();
    void draw_mark_labels();
    void draw_direct_labels();
    QCPItemText* add_text(const QString& text, double pixels, Qt::Alignment alignment, bool bold = false);
    void place(QCPItemPosition& position, double along, double value) const;
    [[nodiscard]] bool horizontal() const { return panel_.orientation == charts::Orientation::horizontal; }

    QCustomPlot& plot_;
    QCPAxisRect& rect_;
    const charts::Panel& panel_;
    charts::Palette palette_;
    QString family_;
    const Appearance& appearance_;
    QCPAxis* position_axis_;
    QCPAxis* value_axis_;
    std::vector<QCPAbstractPlottable*> legend_;
};

/// Width of the widest line of a text.
[[nodiscard]] double text_width(const QString& text, const QFont& font);

}  // namespace twinfirm::render
