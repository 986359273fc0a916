// SPDX-License-Identifier: GPL-3.0-or-later
#include "table_drawing.h"

#include <QFontMetricsF>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "twinfirm/report/document.h"

namespace twinfirm::render {
namespace {

constexpr double cell_text = 12;
constexpr double cell_line = 1.35;
constexpr double padding_x = 5;
constexpr double padding_y = 3;
constexpr double space_below = 14;

TextStyle cell_style(bool bold) {
    TextStyle style;
    style.pixels = cell_text;
    style.bold = bold;
    style.line_height = cell_line;
    return style;
}

TextStyle note_style() {
    TextStyle style;
    style.pixels = 11;
    style.color = QColor(0x44, 0x44, 0x44);
    style.line_height = 1.4;
    style.hanging = 22;
    return style;
}

TextStyle caption_style() {
    TextStyle style = cell_style(true);
    style.pixels = 13;
    style.line_height = 1.5;
    return style;
}

TextStyle unit_style() {
    TextStyle style = note_style();
    style.alignment = Qt::AlignRight;
    style.hanging = 0;
    return style;
}

double sum(const std::vector<double>& values, std::size_t begin, std::size_t end) {
    return std::accumulate(values.begin() + static_cast<std::ptrdiff_t>(begin),
                           values.begin() + static_cast<std::ptrdiff_t>(end), 0.0);
}

QString shown_text(const report::Cell& cell) {
    if (cell.kind == report::CellKind::suppressed) return QStringLiteral("X");
    if (cell.kind == report::CellKind::not_available && cell.text.empty()) return QStringLiteral("-");
    return QString::fromStdString(cell.text);
}

}  // namespace

TableDrawing::TableDrawing(PageFlow& flow, const report::Table& table, Language language)
    : flow_(flow), table_(table), language_(language) {
    set_widths();
    double x = flow.left();
    for (const double width : widths_) {
        lefts_.push_back(x);
        x += width;
    }
    header_heights_ = row_heights(table.header_rows, true);
    heights_ = row_heights(table.rows, false);
}

double TableDrawing::longest_word(std::size_t column) const {
    double longest = 0;
    const auto measure = [&](const Rows& rows, bool header) {
        for (const auto& row : rows) {
            if (column >= row.size() || row[column].covered || row[column].column_span > 1) continue;
            const QFontMetricsF metrics(flow_.font(cell_style(header || row[column].emphasis)));
            for (const QString& line : shown_text(row[column]).split('\n')) {
                for (const QString& word : line.split(' '))
                    longest = std::max(longest, metrics.horizontalAdvance(word));
            }
        }
    };
    measure(table_.header_rows, true);
    measure(table_.rows, false);
    return longest;
}

void TableDrawing::set_widths() {
    double total = 0;
    for (const report::Column& column : table_.columns) total += column.relative_width;
    std::vector<double> slack;
    double missing = 0;
    double spare = 0;
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
        widths_.push_back(flow_.width() * table_.columns[i].relative_width / (total > 0 ? total : 1));
        const double needed = std::min(longest_word(i) + 2 * padding_x + 1, flow_.width() / 3);
        slack.push_back(widths_[i] - needed);
        (slack[i] < 0 ? missing : spare) += std::abs(slack[i]);
    }
    // Columns too narrow for their longest word take from those with room.
    const double moved = std::min(missing, spare);
    if (moved <= 0) return;
    for (std::size_t i = 0; i < widths_.size(); ++i) {
        widths_[i] -= slack[i] / (slack[i] < 0 ? missing : spare) * moved;
    }
}

double TableDrawing::span_width(std::size_t column, int span) const {
    const std::size_t end = std::min(widths_.size(), column + static_cast<std::size_t>(std::max(1, span)));
    return sum(widths_, column, end);
}

std::vector<double> TableDrawing::row_heights(const Rows& rows, bool header) const {
    std::vector<double> heights;
    for (const auto& row : rows) {
        double height = cell_text * cell_line + 2 * padding_y;
        for (std::size_t column = 0; column < row.size() && column < widths_.size(); ++column) {
            const report::Cell& cell = row[column];
            // A cell over several rows has their heights together; its own text is short.
            if (cell.covered || cell.row_span > 1) continue;
            const double width = span_width(column, cell.column_span) - 2 * padding_x;
            const auto lines =
                broken_lines(shown_text(cell), flow_.font(cell_style(header || cell.emphasis)), width, width).size();
            height = std::max(height, static_cast<double>(lines) * cell_text * cell_line + 2 * padding_y);
        }
        heights.push_back(height);
    }
    return heights;
}

std::size_t TableDrawing::group_end(std::size_t row) const {
    std::size_t end = row + 1;
    for (std::size_t at = row; at < end; ++at) {
        for (const report::Cell& cell : table_.rows[at]) {
            if (!cell.covered) end = std::max(end, at + static_cast<std::size_t>(std::max(1, cell.row_span)));
        }
        end = std::min(end, table_.rows.size());
    }
    return end;
}

void TableDrawing::rule(double width) {
    flow_.painter().setPen(QPen(QColor(0x33, 0x33, 0x33), width));
    flow_.painter().drawLine(QPointF(flow_.left(), flow_.y()), QPointF(flow_.left() + flow_.width(), flow_.y()));
}

void TableDrawing::draw_header() {
    rule(1.4);
    draw_rows(table_.header_rows, header_heights_, 0, table_.header_rows.size(), true);
    if (!table_.header_rows.empty()) rule(0.8);
}

void TableDrawing::draw_rows(const Rows& rows, const std::vector<double>& heights, std::size_t begin, std::size_t end,
                             bool header) {
    double y = flow_.y();
    for (std::size_t row = begin; row < end; ++row) {
        for (std::size_t column = 0; column < rows[row].size() && column < widths_.size(); ++column) {
            const report::Cell* cell = &rows[row][column];
            std::size_t owner = row;
            if (cell->covered) {
                // On a new page a merged cell that began on the page before is shown again.
                if (row != begin) continue;
                while (owner > 0 && rows[owner][column].covered) --owner;
                cell = &rows[owner][column];
                if (cell->covered || owner == row || owner + static_cast<std::size_t>(cell->row_span) <= row) continue;
            }
            const std::size_t last = std::min(end, owner + static_cast<std::size_t>(std::max(1, cell->row_span)));
            const QRectF rect(lefts_[column], y, span_width(column, cell->column_span), sum(heights, row, last));
            draw_cell(*cell, rect, table_.columns[column].alignment, header);
        }
        y += heights[row];
    }
    flow_.advance(y - flow_.y());
}

void TableDrawing::draw_cell(const report::Cell& cell, const QRectF& rect, report::Alignment alignment, bool header) {
    QCPPainter& painter = flow_.painter();
    painter.setPen(QPen(QColor(0xB8, 0xB8, 0xB8), 0.5));
    painter.setBrush(header ? QBrush(QColor(0xE6, 0xE6, 0xE6)) : QBrush(Qt::NoBrush));
    painter.drawRect(rect);
    const QFont font = flow_.font(cell_style(header || cell.emphasis));
    const double width = rect.width() - 2 * padding_x;
    const QStringList lines = broken_lines(shown_text(cell), font, width, width);
    Qt::Alignment horizontal = Qt::AlignHCenter;
    if (!header && alignment == report::Alignment::left) horizontal = Qt::AlignLeft;
    if (!header && alignment == report::Alignment::right) horizontal = Qt::AlignRight;
    const double height = cell_text * cell_line;
    double y = rect.center().y() - height * static_cast<double>(lines.size()) / 2;
    painter.setFont(font);
    painter.setPen(QPen(QColor(0x22, 0x22, 0x22)));
    for (const QString& line : lines) {
        painter.drawText(QRectF(rect.left() + padding_x, y, width, height),
                         horizontal | Qt::AlignVCenter | Qt::TextDontClip, line);
        y += height;
    }
}

QString TableDrawing::notes() const {
    return QString::fromStdString(report::notes_paragraph(table_.notes, table_.source, language_));
}

double TableDrawing::head_height() const {
    const QString unit = QString::fromStdString(report::unit_line(table_, language_));
    const QString caption = QString::fromStdString(report::full_caption(table_, language_));
    return flow_.height_of(caption, caption_style()) + (unit.isEmpty() ? 4 : flow_.height_of(unit, unit_style())) +
           sum(header_heights_, 0, header_heights_.size());
}

double TableDrawing::height() const {
    const QString below = notes();
    return head_height() + sum(heights_, 0, heights_.size()) + 4 +
           (below.isEmpty() ? 0 : flow_.height_of(below, note_style())) + space_below;
}

void TableDrawing::write_head() {
    flow_.write(QString::fromStdString(report::full_caption(table_, language_)), caption_style());
    const QString unit = QString::fromStdString(report::unit_line(table_, language_));
    if (unit.isEmpty()) {
        flow_.advance(4);
    } else {
        flow_.write(unit, unit_style());
    }
}

double TableDrawing::height_to_begin() const {
    const double head = head_height();
    const double body = sum(heights_, 0, heights_.size());
    // A short table stays whole; a long one begins where the header and three rows have room, with what is merged with
    // them.
    if (head + body <= flow_.full_height() * 0.35) return head + body;
    const std::size_t three = std::min<std::size_t>(heights_.size(), 3);
    std::size_t end_of_groups = 0;
    while (end_of_groups < three) end_of_groups = group_end(end_of_groups);
    const double half = flow_.full_height() / 2;
    return head + std::max(sum(heights_, 0, three), std::min(half, sum(heights_, 0, end_of_groups)));
}

void TableDrawing::draw(double behind) {
    const double whole = height() + behind;
    const bool stays_whole = !table_.rows.empty() && group_end(0) == table_.rows.size() && whole < flow_.full_height();
    flow_.require(stays_whole ? whole : height_to_begin());
    write_head();
    draw_header();
    const QString below = notes();
    const double below_height = below.isEmpty() ? 0 : 4 + flow_.height_of(below, note_style());
    for (std::size_t row = 0; row < table_.rows.size();) {
        std::size_t end = group_end(row);
        const double room = flow_.full_height() - sum(header_heights_, 0, header_heights_.size());
        if (sum(heights_, row, end) > room) end = row + 1;
        // The notes stand below rows, not alone on the next page: the last rows go with them.
        const double with_notes = end == table_.rows.size() && row > 0 ? below_height + behind : 0;
        if (sum(heights_, row, end) + with_notes > flow_.remaining()) {
            rule(0.8);
            flow_.new_page();
            draw_header();
        }
        draw_rows(table_.rows, heights_, row, end, false);
        row = end;
    }
    rule(1.4);
    flow_.advance(4);
    if (!below.isEmpty()) flow_.write(below, note_style());
    flow_.advance(space_below);
}

}  // namespace twinfirm::render
