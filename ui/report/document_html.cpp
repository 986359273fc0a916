// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/document_html.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace twinfirm::ui {

namespace {

QString escaped(const std::string& text) {
    return QString::fromStdString(text).toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
}

/// Writes the blocks of a document, one overload a kind.
class HtmlWriter {
  public:
    HtmlWriter(const report::Document& document, int widest)
        : document_(document), language_(document.language), widest_(widest) {}

    void operator()(const report::Paragraph& paragraph) {
        html_ += QStringLiteral("<p>%1</p>").arg(escaped(paragraph.text));
    }

    void operator()(const report::BulletList& list) {
        for (const report::ListItem& item : list.items) {
            html_ += QStringLiteral("<p style='margin-left:%1px'>%2%3</p>")
                         .arg(16 * item.level)
                         .arg(escaped(std::string(report::list_marker(item.level))), item_html(item.text));
        }
    }

    void operator()(const report::NoteBox& box) {
        html_ += QStringLiteral("<table width='100%' cellpadding='8' bgcolor='#F3F6FA'><tr><td><b>%1</b>")
                     .arg(escaped(box.title));
        for (const std::string& line : box.lines) html_ += QStringLiteral("<br>%1").arg(escaped(line));
        html_ += QStringLiteral("</td></tr></table>");
    }

    void operator()(const report::Table& table) {
        html_ += QStringLiteral("<p><a name='part-%1'></a><b>%2</b></p>")
                     .arg(escaped(table.name), escaped(report::full_caption(table, language_)));
        if (!table.unit.empty()) {
            html_ += QStringLiteral("<p align='right'>%1</p>").arg(escaped(report::unit_line(table, language_)));
        }
        html_ += QStringLiteral(
            "<table border='1' cellspacing='0' cellpadding='3' width='100%' "
            "style='border-collapse:collapse; border-color:#BBBBBB; font-size:12px'>");
        for (const auto& row : table.header_rows) add_row(table, row, true);
        for (const auto& row : table.rows) add_row(table, row, false);
        html_ += QStringLiteral("</table>");
        add_notes(table.notes, table.source);
    }

    void operator()(const report::SideBySide& row) {
        for (const report::Table& table : row.tables) (*this)(table);
    }

    void operator()(const report::Figure& figure) {
        constexpr double least = 240;  // pixels
        const double width =
            std::clamp(figure.chart.width_mm * 96 / 25.4, least, std::max(least, static_cast<double>(widest_)));
        html_ += QStringLiteral(
                     "<p align='center'><a name='part-%1'></a><img src='figure:%1' width='%2' height='%3'></p>"
                     "<p align='center'><b>%4</b></p>")
                     .arg(escaped(figure.name))
                     .arg(qRound(width))
                     .arg(qRound(width * figure.chart.height_mm / figure.chart.width_mm))
                     .arg(escaped(report::full_caption(figure, language_)));
        add_notes(figure.notes, figure.source);
    }

    void operator()(const report::PageBreak&) {}

    void add(const QString& html) { html_ += html; }
    [[nodiscard]] QString take() { return std::move(html_); }

  private:
    void add_row(const report::Table& table, const std::vector<report::Cell>& row, bool header) {
        html_ += header ? QStringLiteral("<tr bgcolor='#EEF1F5'>") : QStringLiteral("<tr>");
        for (std::size_t column = 0; column < row.size(); ++column) {
            const report::Cell& cell = row[column];
            if (cell.covered) continue;
            const bool is_left = table.columns[column].alignment == report::Alignment::left;
            const QString align = header    ? QStringLiteral("center")
                                  : is_left ? QStringLiteral("left")
                                            : QStringLiteral("right");
            QString text = escaped(cell.text);
            // An interval is not broken.
            if (!header && cell.kind == report::CellKind::number) text.replace(QLatin1Char(' '), QChar::Nbsp);
            if (cell.emphasis || header) text = QStringLiteral("<b>%1</b>").arg(text);
            html_ += QStringLiteral("<td align='%1' colspan='%2' rowspan='%3'>%4</td>")
                         .arg(align)
                         .arg(cell.column_span)
                         .arg(cell.row_span)
                         .arg(text);
        }
        html_ += QStringLiteral("</tr>");
    }

    void add_notes(const std::vector<std::string>& notes, const std::string& source) {
        for (const std::string& line : report::note_lines(notes, language_)) {
            html_ += QStringLiteral("<p style='color:#555555; font-size:12px'>%1</p>").arg(escaped(line));
        }
        if (!source.empty()) {
            html_ += QStringLiteral("<p style='color:#555555; font-size:12px'>%1</p>")
                         .arg(escaped(report::source_line(source, language_)));
        }
    }

    /// As it is written; a sentence that can be rewritten is a link.
    QString item_html(const std::string& text) {
        const report::SentenceRecord* sentence = sentence_of(document_, text, seen_);
        if (sentence == nullptr) return escaped(text);
        seen_.insert(sentence->key);
        const bool marked = sentence->state != report::SentenceState::generated;
        const bool warned = marked && sentence->state != report::SentenceState::rewritten;
        // Dark ink on light paper, whatever the colours of the window.
        const QString ground = warned   ? QStringLiteral("; background-color:#FBDAD5")
                               : marked ? QStringLiteral("; background-color:#FFF0BF")
                                        : QString();
        return QStringLiteral(
                   "<a name='sentence-%1'></a><a href='sentence:%1' style='color:#22262B; "
                   "text-decoration:none%2'>%3%4</a>")
            .arg(escaped(sentence->key), ground,
                 warned   ? QStringLiteral("! ")
                 : marked ? QStringLiteral("✎ ")
                          : QString(),
                 escaped(text));
    }

    const report::Document& document_;
    Language language_;
    int widest_;
    std::set<std::string> seen_;
    QString html_;
};

}  // namespace

QString section_title(const report::Section& section) {
    return QString::fromStdString(section.number.empty() ? section.heading : section.number + " " + section.heading);
}

const report::SentenceRecord* sentence_of(const report::Document& document, const std::string& text,
                                          const std::set<std::string>& seen) {
    const auto found =
        std::find_if(document.sentences.begin(), document.sentences.end(), [&](const report::SentenceRecord& sentence) {
            return sentence.written == text && !seen.contains(sentence.key);
        });
    return found == document.sentences.end() ? nullptr : &*found;
}

QString document_html(const report::Document& document, int widest) {
    HtmlWriter writer(document, widest);
    writer.add(QStringLiteral("<h1 align='center'><a name='titles'></a>%1</h1><p align='center'>%2</p>")
                   .arg(escaped(document.title), escaped(document.subtitle)));
    if (!document.byline.empty()) {
        writer.add(QStringLiteral("<p align='center'>%1</p>").arg(escaped(document.byline)));
    }
    int place = 0;
    for (const report::Section& section : document.sections) {
        writer.add(QStringLiteral("<h%1><a name='section-%2'></a>%3</h%1>")
                       .arg(section.level + 1)
                       .arg(place++)
                       .arg(section_title(section).toHtmlEscaped()));
        for (const report::Block& block : section.blocks) std::visit(writer, block);
    }
    for (const std::string& line : document.colophon) {
        writer.add(QStringLiteral("<p style='color:#555555; font-size:12px'>%1</p>").arg(escaped(line)));
    }
    return writer.take();
}

}  // namespace twinfirm::ui
