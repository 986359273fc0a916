// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QSizeF>
#include <QString>

#include "twinfirm/charts/chart.h"

class QCustomPlot;

namespace twinfirm::render {

/// Colours around the marks. Exports are always light.
struct Appearance {
    QColor background = Qt::white;
    QColor text = QColor(0x22, 0x22, 0x22);
    QColor faint_text = QColor(0x55, 0x55, 0x55);
    QColor line = QColor(0x77, 0x77, 0x77);
    QColor grid = QColor(0xE3, 0xE3, 0xE3);
    QColor band = QColor(0xF2, 0xF2, 0xF2);

    [[nodiscard]] static Appearance light() { return {}; }
    [[nodiscard]] static Appearance dark();
};

/// Puts a chart into an empty QCustomPlot of that size in logical pixels (1/96 inch). The plot shows exactly what the
/// model says: every mark, interval and text; nothing is computed from data here.
/// `family`: from chart_font_family(). Cost: O(marks).
void put_chart(QCustomPlot& plot, const charts::Chart& chart, QSizeF size, const QString& family,
               const Appearance& appearance = Appearance::light());

/// Empties a plot for the next put_chart().
void clear_chart(QCustomPlot& plot);

}  // namespace twinfirm::render
