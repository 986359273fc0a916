// SPDX-License-Identifier: GPL-3.0-or-later
#include "page_flow.h"

#include <QFontMetricsF>
#include <algorithm>
#include <utility>

#include "twinfirm/render/fonts.h"

namespace twinfirm::render {
namespace {

constexpr double pixels_per_mm = 96 / 25.4;
constexpr double page_width = 210 * pixels_per_mm;
constexpr double page_height = 297 * pixels_per_mm;
constexpr double margin = 20 * pixels_per_mm;
constexpr double page_number_baseline = page_height - 10 * pixels_per_mm;

}  // namespace

QStringList broken_lines(const QString& text, const QFont& font, double first, double rest) {
    const QFontMetricsF metrics(font);
    QStringList lines;
    for (const QString& paragraph : text.split('\n')) {
        QString line;
        const auto limit = [&] { return lines.isEmpty() ? first : rest; };
        for (QString word : paragraph.split(' ')) {
            const QString longer = line.isEmpty() ? word : line + ' ' + word;
            if (metrics.horizontalAdvance(longer) <= limit()) {
                line = longer;
                continue;
            }
            if (!line.isEmpty()) lines << line;
            while (word.size() > 1 && metrics.horizontalAdvance(word) > limit()) {
                qsizetype fitting = 1;
                while (fitting + 1 < word.size() && metrics.horizontalAdvance(word.left(fitting + 1)) <= limit())
                    ++fitting;
                lines << word.left(fitting);
                word.remove(0, fitting);
            }
            line = word;
        }
        lines << line;
    }
    return lines;
}

PageFlow::PageFlow(QPagedPaintDevice& device, QString family)
    : device_(device), family_(std::move(family)), left_(margin), width_(page_width - 2 * margin) {}

bool PageFlow::begin() {
    device_.setPageSize(QPageSize(QPageSize::A4));
    device_.setPageMargins(QMarginsF(0, 0, 0, 0));
    if (!painter_.begin(&device_)) return false;
    painter_.setMode(QCPPainter::pmVectorized, true);
    painter_.setMode(QCPPainter::pmNoCaching, true);
    painter_.setMode(QCPPainter::pmNonCosmetic, true);
    painter_.scale(device_.logicalDpiX() / 96.0, device_.logicalDpiY() / 96.0);
    y_ = top();
    return true;
}

void PageFlow::end() {
    number_page();
    painter_.end();
}

void PageFlow::use_column(double left, double width) {
    left_ = left;
    width_ = width;
}
void PageFlow::whole_width() {
    use_column(margin, page_width - 2 * margin);
}
double PageFlow::left() const {
    return left_;
}
double PageFlow::width() const {
    return width_;
}
double PageFlow::top() const {
    return margin;
}
double PageFlow::full_height() const {
    return page_height - 2 * margin;
}
double PageFlow::remaining() const {
    return page_height - margin - y_;
}

void PageFlow::number_page() {
    painter_.setFont(pixel_font(family_, 12));
    painter_.setPen(QPen(QColor(0x55, 0x55, 0x55)));
    painter_.drawText(QRectF(margin, page_number_baseline - 16, page_width - 2 * margin, 20),
                      Qt::AlignHCenter | Qt::AlignVCenter, QStringLiteral("- %1 -").arg(page_));
}

void PageFlow::new_page() {
    number_page();
    device_.newPage();
    ++page_;
    y_ = top();
}

void PageFlow::require(double height) {
    if (!at_top() && remaining() < height) new_page();
}

QFont PageFlow::font(const TextStyle& style) const {
    return pixel_font(family_, style.pixels, style.bold);
}

double PageFlow::height_of(const QString& text, const TextStyle& style) const {
    const double first = width() - style.left;
    return static_cast<double>(broken_lines(text, font(style), first, first - style.hanging).size()) * style.pixels *
           style.line_height;
}

void PageFlow::write(const QString& text, const TextStyle& style) {
    const QFont used = font(style);
    const double height = style.pixels * style.line_height;
    double indentation = style.left;
    for (const QString& line : broken_lines(text, used, width() - style.left, width() - style.left - style.hanging)) {
        require(height);
        painter_.setFont(used);
        painter_.setPen(QPen(style.color));
        painter_.drawText(QRectF(left() + indentation, y_, width() - indentation, height),
                          style.alignment | Qt::AlignVCenter | Qt::TextDontClip, line);
        advance(height);
        indentation = style.left + style.hanging;
    }
}

}  // namespace twinfirm::render
