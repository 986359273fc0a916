// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

#include "window/colors.h"

namespace twinfirm::ui {

/// Fusion draws the frame of a field in a shade darker than the window, which on a dark screen cannot be seen. Here
/// fields, lists and check boxes have a frame that stands out from both (3 to 1), and tabs lie on the window's own
/// colour.
class OutlinedStyle : public QProxyStyle {
    Q_OBJECT

  public:
    explicit OutlinedStyle(Scheme scheme);

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget = nullptr) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget = nullptr) const override;

  private:
    [[nodiscard]] QPalette outlined(QPalette palette) const;

    QColor line_;  ///< of frames
    QColor pane_;  ///< of tabs
};

}  // namespace twinfirm::ui
