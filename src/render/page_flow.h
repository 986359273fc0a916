// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

#include <QColor>
#include <QFont>
#include <QPagedPaintDevice>
#include <QString>
#include <QStringList>

namespace twinfirm::render {

/// A text style in logical pixels (1/96 inch).
struct TextStyle {
    double pixels = 14;
    bool bold = false;
    QColor color = QColor(0x22, 0x22, 0x22);
    double line_height = 1.5;  ///< times the pixels
    double left = 0;           ///< indentation
    double hanging = 0;        ///< further indentation of the second line and after
    Qt::Alignment alignment = Qt::AlignLeft;
};

/// A4 pages filled from top to bottom, in logical pixels. The origin is the page's corner.
class PageFlow {
  public:
    PageFlow(QPagedPaintDevice& device, QString family);

    /// False if the device could not be opened.
    [[nodiscard]] bool begin();
    void end();

    [[nodiscard]] double left() const;
    [[nodiscard]] double width() const;
    [[nodiscard]] double top() const;
    [[nodiscard]] double full_height() const;  ///< of the text area
    [[nodiscard]] double y() const { return y_; }
    [[nodiscard]] double remaining() const;
    [[nodiscard]] bool at_top() const { return y_ <= top(); }

    void new_page();
    /// What follows stays in this column, until whole_width().
    void use_column(double left, double width);
    void whole_width();
    /// To a place on this page.
    void go_to(double y) { y_ = y; }
    /// A new page unless that height is left on this one; nothing at the top of a page.
    void require(double height);
    void advance(double height) { y_ += height; }

    [[nodiscard]] QFont font(const TextStyle& style) const;
    [[nodiscard]] double height_of(const QString& text, const TextStyle& style) const;
    /// Writes a paragraph, over as many pages as it needs.
    void write(const QString& text, const TextStyle& style);
    [[nodiscard]] QCPPainter& painter() { return painter_; }

  private:
    void number_page();

    QPagedPaintDevice& device_;
    QString family_;
    QCPPainter painter_;
    double left_;
    double width_;
    double y_ = 0;
    int page_ = 1;
};

/// The text broken into lines of at most `first` (the first line) and `rest` logical pixels: between words, and inside
/// a word that is wider than a line.
[[nodiscard]] QStringList broken_lines(const QString& text, const QFont& font, double first, double rest);

}  // namespace twinfirm::render
