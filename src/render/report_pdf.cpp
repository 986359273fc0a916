// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/render/report_pdf.h"

#include <QBuffer>
#include <QPdfWriter>
#include <algorithm>
#include <string_view>
#include <variant>

#include "page_flow.h"
#include "table_drawing.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/render/chart_renderer.h"
#include "twinfirm/render/fonts.h"

namespace twinfirm::render {
namespace {

constexpr double pixels_per_mm = 96 / 25.4;

QString qt_text(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

TextStyle style(double pixels, bool bold = false) {
    TextStyle result;
    result.pixels = pixels;
    result.bold = bold;
    return result;
}

TextStyle small_style() {
    TextStyle result = style(11);
    result.color = QColor(0x44, 0x44, 0x44);
    result.line_height = 1.4;
    result.hanging = 22;
    return result;
}

TextStyle item_style(int level) {
    TextStyle result = style(level >= 3 ? 12.0 : 14.0);
    result.line_height = 1.5;
    result.left = 14.0 * std::clamp(level, 0, 3);
    return result;
}

/// Puts the blocks of a document on pages.
class ReportWriter {
  public:
    ReportWriter(PageFlow& flow, const report::Document& document) : flow_(flow), document_(document) {}

    Status write(const CancellationToken& token, const ProgressSink& progress) {
        std::size_t blocks = 0;
        for (const report::Section& section : document_.sections) blocks += section.blocks.size();
        std::size_t done = 0;
        write_title();
        for (const report::Section& section : document_.sections) {
            const bool breaks = report::begins_page(section);
            if (breaks) TWINFIRM_TRY(put(report::PageBreak{}));
            write_heading(section);
            for (std::size_t i = breaks ? 1 : 0; i < section.blocks.size(); ++i) {
                TWINFIRM_TRY(token.check());
                const bool is_last = &section == &document_.sections.back() && i + 1 == section.blocks.size();
                behind_ = is_last && !document_.colophon.empty() ? space_below_block + colophon_height() : 0;
                TWINFIRM_TRY(std::visit([this](const auto& content) { return put(content); }, section.blocks[i]));
                report_progress(progress, "write", static_cast<double>(++done) / static_cast<double>(blocks));
            }
        }
        write_colophon();
        return {};
    }

  private:
    void write_title() {
        TextStyle title = style(24, true);
        title.alignment = Qt::AlignHCenter;
        flow_.write(qt_text(document_.title), title);
        for (const std::string& line : {document_.subtitle, document_.byline}) {
            if (line.empty()) continue;
            TextStyle subtitle = style(14);
            subtitle.alignment = Qt::AlignHCenter;
            flow_.write(qt_text(line), subtitle);
        }
        flow_.advance(8);
        rule(1.6);
        flow_.advance(12);
    }

    void rule(double width) {
        flow_.painter().setPen(QPen(QColor(0x0B, 0x4F, 0x7D), width));
        flow_.painter().drawLine(QPointF(flow_.left(), flow_.y()), QPointF(flow_.left() + flow_.width(), flow_.y()));
    }

    void write_heading(const report::Section& section) {
        const TextStyle heading = style(section.level <= 1 ? 18 : 15, true);
        // A heading does not stay alone at the foot of a page, nor with a line or two that lead to a table.
        double next = 0;
        for (const report::Block& block : section.blocks) {
            next += std::visit([this](const auto& content) { return least_height(content); }, block);
            if (!std::holds_alternative<report::BulletList>(block) || next > 200) break;
        }
        flow_.require(std::min(flow_.full_height(), 2 * heading.pixels * heading.line_height + next));
        if (!flow_.at_top()) flow_.advance(section.level <= 1 ? 14 : 8);
        const std::string number = section.number.empty() ? std::string() : section.number + " ";
        flow_.write(qt_text(number + section.heading), heading);
        flow_.advance(4);
    }

    /// Room that a block needs to begin.
    [[nodiscard]] double least_height(const report::Paragraph&) const { return 60; }
    [[nodiscard]] double least_height(const report::BulletList& list) const {
        double height = 0;
        for (const report::ListItem& item : list.items) {
            height += flow_.height_of(qt_text(item.text), item_style(item.level));
            constexpr double enough = 210;  // a long list goes on on the next page
            if (height > enough) break;
        }
        return height;
    }
    [[nodiscard]] double least_height(const report::NoteBox&) const { return 120; }
    [[nodiscard]] double least_height(const report::Table& table) const {
        return TableDrawing(flow_, table, document_.language).height_to_begin();
    }
    [[nodiscard]] double least_height(const report::SideBySide&) const { return 200; }
    [[nodiscard]] double least_height(const report::Figure& figure) const { return measure(figure).total; }
    [[nodiscard]] double least_height(const report::PageBreak&) const { return 0; }

    Status put(const report::Paragraph& paragraph) {
        TextStyle body = style(14);
        body.line_height = 1.6;
        keep_with_colophon(flow_.height_of(qt_text(paragraph.text), body));
        flow_.write(qt_text(paragraph.text), body);
        flow_.advance(6);
        return {};
    }

    Status put(const report::BulletList& list) {
        for (const report::ListItem& item : list.items) {
            TextStyle body = item_style(item.level);
            const QString marker = qt_text(report::list_marker(item.level));
            body.hanging = QFontMetricsF(flow_.font(body)).horizontalAdvance(marker);
            if (&item == &list.items.back()) keep_with_colophon(flow_.height_of(marker + qt_text(item.text), body));
            flow_.write(marker + qt_text(item.text), body);
        }
        flow_.advance(6);
        return {};
    }

    Status put(const report::NoteBox& box) {
        constexpr double padding = 10;
        TextStyle heading = style(13, true);
        heading.left = padding;
        TextStyle body = style(13);
        body.left = padding;
        body.hanging = 10;
        double height = 2 * padding;
        // The right padding: lines are broken for the width less it.
        const auto fitted = [&](const std::string& text, const TextStyle& text_style) {
            const double first = flow_.width() - 2 * padding;
            return broken_lines(qt_text(text), flow_.font(text_style), first, first - text_style.hanging);
        };
        const auto add = [&](const std::string& text, const TextStyle& text_style) {
            height += static_cast<double>(fitted(text, text_style).size()) * text_style.pixels * text_style.line_height;
        };
        if (!box.title.empty()) add(box.title, heading);
        for (const std::string& line : box.lines) add(line, body);
        flow_.require(std::min(height, flow_.full_height()));
        keep_with_colophon(height);
        const double frame = std::min(height, flow_.remaining());
        flow_.painter().setPen(QPen(QColor(0x0B, 0x4F, 0x7D), 1));
        flow_.painter().setBrush(QColor(0xF4, 0xF8, 0xFB));
        flow_.painter().drawRect(QRectF(flow_.left(), flow_.y(), flow_.width(), frame));
        flow_.painter().setBrush(Qt::NoBrush);
        flow_.advance(padding);
        const auto write = [&](const std::string& text, TextStyle text_style) {
            for (const QString& line : fitted(text, text_style)) {
                TextStyle one = text_style;
                one.hanging = 0;
                flow_.write(line, one);
                text_style.left = padding + text_style.hanging;
            }
        };
        if (!box.title.empty()) write(box.title, heading);
        for (const std::string& line : box.lines) write(line, body);
        flow_.advance(padding + 10);
        return {};
    }

    Status put(const report::Table& table) {
        TableDrawing(flow_, table, document_.language).draw(behind_);
        return {};
    }

    Status put(const report::SideBySide& row) {
        constexpr double gap = 16;
        const double left = flow_.left();
        const auto count = static_cast<double>(row.tables.size());
        const double width = (flow_.width() - gap * (count - 1)) / count;
        std::vector<TableDrawing> drawings;
        double height = 0;
        for (std::size_t i = 0; i < row.tables.size(); ++i) {
            flow_.use_column(left + (width + gap) * static_cast<double>(i), width);
            drawings.emplace_back(flow_, row.tables[i], document_.language);
            height = std::max(height, drawings.back().height());
        }
        flow_.whole_width();
        if (height > flow_.full_height()) {
            for (const report::Table& table : row.tables) TWINFIRM_TRY(put(table));
            return {};
        }
        flow_.require(height);
        keep_with_colophon(height);
        const double top = flow_.y();
        for (std::size_t i = 0; i < drawings.size(); ++i) {
            flow_.go_to(top);
            flow_.use_column(left + (width + gap) * static_cast<double>(i), width);
            drawings[i].draw();
        }
        flow_.whole_width();
        flow_.go_to(top + height);
        return {};
    }

    /// A figure with what stands below it.
    struct FigureLayout {
        QString caption;
        TextStyle caption_style;
        QString notes;
        double height = 0;  ///< of the chart
        double total = 0;
    };

    [[nodiscard]] FigureLayout measure(const report::Figure& figure) const {
        FigureLayout layout;
        layout.caption = qt_text(report::full_caption(figure, document_.language));
        layout.caption_style = style(13, true);
        layout.caption_style.alignment = Qt::AlignHCenter;
        layout.notes = qt_text(report::notes_paragraph(figure.notes, figure.source, document_.language));
        double below = flow_.height_of(layout.caption, layout.caption_style) + 4;
        if (!layout.notes.isEmpty()) below += flow_.height_of(layout.notes, small_style());
        const double height = figure.chart.height_mm;
        layout.height = std::min(std::max(50.0, height) * pixels_per_mm, flow_.full_height() - below);
        layout.total = layout.height + below;
        return layout;
    }

    Status put(const report::Figure& figure) {
        const FigureLayout layout = measure(figure);
        flow_.require(layout.total);
        keep_with_colophon(layout.total);
        const double width = std::min(flow_.width(), figure.chart.width_mm * pixels_per_mm);
        const QRectF target(flow_.left() + (flow_.width() - width) / 2, flow_.y(), width, layout.height);
        TWINFIRM_TRY(paint_chart(figure.chart, flow_.painter(), target, pixels_per_mm));
        flow_.advance(layout.height);
        flow_.write(layout.caption, layout.caption_style);
        flow_.advance(4);
        if (!layout.notes.isEmpty()) flow_.write(layout.notes, small_style());
        flow_.advance(12);
        return {};
    }

    Status put(const report::PageBreak&) {
        if (!flow_.at_top()) flow_.new_page();
        return {};
    }

    static TextStyle colophon_style() {
        TextStyle small = small_style();
        small.hanging = 0;
        return small;
    }

    static constexpr double space_below_block = 20;
    static constexpr double above_rule = 10;
    static constexpr double below_rule = 6;

    [[nodiscard]] double colophon_height() const {
        double height = above_rule + below_rule;
        for (const std::string& line : document_.colophon) height += flow_.height_of(qt_text(line), colophon_style());
        return height;
    }

    /// The colophon does not stand alone on a page: the last block, or its end, goes with it where that is little.
    void keep_with_colophon(double height) {
        if (behind_ > 0 && height < flow_.full_height() / 2) flow_.require(height + behind_);
    }

    void write_colophon() {
        if (document_.colophon.empty()) return;
        flow_.require(colophon_height());
        flow_.advance(above_rule);
        rule(0.6);
        flow_.advance(below_rule);
        for (const std::string& line : document_.colophon) flow_.write(qt_text(line), colophon_style());
    }

    PageFlow& flow_;
    const report::Document& document_;
    double behind_ = 0;  ///< what the colophon needs below the block that is written, if it is the last
};

}  // namespace

Status paint_report(const report::Document& document, QPagedPaintDevice& device, const CancellationToken& token,
                    const ProgressSink& progress) {
    const Result<QString> family = chart_font_family();
    if (!family) return tl::unexpected(family.error());
    PageFlow flow(device, *family);
    if (!flow.begin()) return fail(ErrorKind::access, "device_not_painted");
    TWINFIRM_TRY(ReportWriter(flow, document).write(token, progress));
    flow.end();
    return {};
}

Status write_report_pdf(const report::Document& document, const std::filesystem::path& path,
                        const CancellationToken& token, const ProgressSink& progress) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        constexpr int dots_per_inch = 1200;
        writer.setResolution(dots_per_inch);
        writer.setTitle(qt_text(document.title));
        writer.setCreator(QStringLiteral("TwinFirm"));
        TWINFIRM_TRY(paint_report(document, writer, token, progress));
    }
    return write_file_atomically(path, std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

}  // namespace twinfirm::render
