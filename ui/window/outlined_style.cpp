// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/outlined_style.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace twinfirm::ui {

namespace {

/// Fusion's frames are the window's colour, this much darker (per cent).
constexpr int fusion_shade = 140;

}  // namespace

OutlinedStyle::OutlinedStyle(Scheme scheme)
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))),
      line_(scheme_color(scheme, QStringLiteral("control_line"))),
      pane_(scheme_color(scheme, QStringLiteral("line"))) {}

QPalette OutlinedStyle::outlined(QPalette palette) const {
    palette.setColor(QPalette::Window, line_.lighter(fusion_shade));
    return palette;
}

void OutlinedStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                  const QWidget* widget) const {
    if (option == nullptr) return QProxyStyle::drawPrimitive(element, option, painter, widget);
    switch (element) {
        case PE_FrameTabWidget:
            painter->save();
            painter->setPen(pane_);
            painter->setBrush(option->palette.window());
            painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
            painter->restore();
            return;
        case PE_FrameLineEdit:
        case PE_Frame:
            if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option)) {
                QStyleOptionFrame drawn = *frame;
                drawn.palette = outlined(drawn.palette);
                return QProxyStyle::drawPrimitive(element, &drawn, painter, widget);
            }
            break;
        case PE_IndicatorCheckBox:
        case PE_IndicatorRadioButton:
            if (const auto* box = qstyleoption_cast<const QStyleOptionButton*>(option)) {
                QStyleOptionButton drawn = *box;
                drawn.palette = outlined(drawn.palette);
                return QProxyStyle::drawPrimitive(element, &drawn, painter, widget);
            }
            break;
        default:
            break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void OutlinedStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                       const QWidget* widget) const {
    if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option)) {
        QStyleOptionSpinBox drawn = *spin;
        drawn.palette = outlined(drawn.palette);
        return QProxyStyle::drawComplexControl(control, &drawn, painter, widget);
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

}  // namespace twinfirm::ui
