// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

namespace twinfirm::render {

/// Bars filled with diagonal lines. The lines are computed, because pattern brushes and clipping are lost in SVG.
class HatchedBars : public QCPBars {
  public:
    using QCPBars::QCPBars;

  protected:
    void draw(QCPPainter* painter) override;
    void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

  private:
    void draw_hatched(QCPPainter* painter, QRectF rect) const;
};

}  // namespace twinfirm::render
