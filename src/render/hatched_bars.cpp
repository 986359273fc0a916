// SPDX-License-Identifier: GPL-3.0-or-later
#include "hatched_bars.h"

#include <algorithm>
#include <cmath>

namespace twinfirm::render {

void HatchedBars::draw_hatched(QCPPainter* painter, QRectF rect) const {
    rect = rect.normalized();
    if (rect.width() <= 0 || rect.height() <= 0) return;
    QPen pen = mPen;
    pen.setWidthF(0.7);
    painter->setPen(pen);
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(rect);
    constexpr double spacing = 4;
    // The lines x + y = c that cross the rectangle; c is a multiple of the spacing, so that neighbours join.
    for (double c = std::ceil((rect.left() + rect.top()) / spacing) * spacing; c < rect.right() + rect.bottom();
         c += spacing) {
        const double left = std::max(rect.left(), c - rect.bottom());
        const double right = std::min(rect.right(), c - rect.top());
        if (right > left) painter->drawLine(QPointF(left, c - left), QPointF(right, c - right));
    }
}

void HatchedBars::draw(QCPPainter* painter) {
    applyDefaultAntialiasingHint(painter);
    for (const QCPBarsData& bar : *mDataContainer) {
        if (bar.value != 0) draw_hatched(painter, getBarRect(bar.key, bar.value));
    }
}

void HatchedBars::drawLegendIcon(QCPPainter* painter, const QRectF& rect) const {
    applyDefaultAntialiasingHint(painter);
    QRectF icon(0, 0, rect.width() * 0.67, rect.height() * 0.67);
    icon.moveCenter(rect.center());
    draw_hatched(painter, icon);
}

}  // namespace twinfirm::render
