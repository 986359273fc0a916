// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/html_writer.h"

#include <string_view>

#include "twinfirm/base/number_text.h"
#include "xml_text.h"

namespace twinfirm::report {

namespace {

constexpr std::string_view style = R"(
body { font-family: "NanumBarunGothic", "Malgun Gothic", sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em;
       line-height: 1.6; color: #111; background: #fff; }
h1, .subtitle { text-align: center; }
table { border-collapse: collapse; width: 100%; font-size: 0.85em; margin: 0.3em 0; }
th, td { border: 1px solid #999; padding: 0.15em 0.4em; }
th { background: #e6e6e6; text-align: center; }
td.right { text-align: right; } td.center { text-align: center; } td.emphasis { font-weight: bold; }
caption { text-align: left; font-weight: bold; } .unit { text-align: right; font-size: 0.85em; }
.notes, .colophon { font-size: 0.85em; } .box { border: 1px solid #999; padding: 0.5em 1em; margin: 1em 0; }
ul.items { list-style: none; padding: 0; } .level1 { padding-left: 1em; } .level2 { padding-left: 2em; }
.level3 { padding-left: 3em; } figure { margin: 1em 0; } figcaption { font-weight: bold; text-align: center; }
.abreast { display: flex; gap: 1.5em; } .abreast > div { flex: 1; }
@media print { .page-break { break-before: page; } })";

/// Line breaks of a text are line breaks on the page.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : xml_escaped(text)) {
        if (c == '\n') {
            out += "<br>";
        } else {
            out += c;
        }
    }
    return out;
}

std::string element(std::string_view name, std::string_view css_class, std::string_view text) {
    std::string out = "<" + std::string(name);
    if (!css_class.empty()) out += " class=\"" + std::string(css_class) + "\"";
    return out + ">" + escaped(text) + "</" + std::string(name) + ">\n";
}

std::string_view alignment_class(Alignment alignment) {
    if (alignment == Alignment::left) return "";
    return alignment == Alignment::right ? "right" : "center";
}

class HtmlWriter {
  public:
    HtmlWriter(const Document& document, const std::map<std::string, std::string>& drawings)
        : document_(document), drawings_(drawings) {}

    std::string write() {
        const std::string tag(language_tag(document_.language));
        html_ = "<!DOCTYPE html>\n<html lang=\"" + tag + "\">\n<head>\n<meta charset=\"utf-8\">\n";
        html_ +=
            element("title", "", document_.title) + "<style>" + std::string(style) + "\n</style>\n</head>\n<body>\n";
        html_ += element("h1", "", document_.title);
        if (!document_.subtitle.empty()) html_ += element("p", "subtitle", document_.subtitle);
        if (!document_.byline.empty()) html_ += element("p", "subtitle", document_.byline);
        for (const Section& section : document_.sections) {
            const std::string gap = section.number.empty() ? "" : " ";
            const bool breaks = begins_page(section);
            if (breaks) put(PageBreak{});
            html_ += element(section.level == 1 ? "h2" : "h3", "", section.number + gap + section.heading);
            for (std::size_t i = breaks ? 1 : 0; i < section.blocks.size(); ++i) {
                std::visit([this](const auto& content) { put(content); }, section.blocks[i]);
            }
        }
        for (const std::string& line : document_.colophon) html_ += element("p", "colophon", line);
        return html_ + "</body>\n</html>\n";
    }

  private:
    void put(const Paragraph& paragraph) { html_ += element("p", "", paragraph.text); }

    void put(const BulletList& list) {
        html_ += "<ul class=\"items\">\n";
        for (const ListItem& item : list.items) {
            html_ +=
                element("li", "level" + integer_text(item.level), std::string(list_marker(item.level)) + item.text);
        }
        html_ += "</ul>\n";
    }

    void put(const NoteBox& box) {
        html_ += "<div class=\"box\">\n" + element("strong", "", box.title);
        for (const std::string& line : box.lines) html_ += element("p", "", line);
        html_ += "</div>\n";
    }

    void put(const PageBreak&) { html_ += "<div class=\"page-break\"></div>\n"; }

    void put_row(const std::vector<Cell>& row, const Table& table, bool header) {
        html_ += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i) {
            const Cell& cell = row[i];
            if (cell.covered) continue;
            std::string css_class(header ? "" : alignment_class(table.columns[i].alignment));
            if (cell.emphasis) css_class += css_class.empty() ? "emphasis" : " emphasis";
            html_ += header ? "<th" : "<td";
            if (!css_class.empty()) html_ += " class=\"" + css_class + "\"";
            if (cell.column_span > 1) html_ += " colspan=\"" + integer_text(cell.column_span) + "\"";
            if (cell.row_span > 1) html_ += " rowspan=\"" + integer_text(cell.row_span) + "\"";
            html_ += ">" + escaped(cell.text) + (header ? "</th>" : "</td>");
        }
        html_ += "</tr>\n";
    }

    void put_lines_below(const std::vector<std::string>& notes, const std::string& source) {
        std::string lines;
        for (const std::string& line : note_lines(notes, document_.language)) lines += escaped(line) + "<br>\n";
        lines += escaped(source_line(source, document_.language));
        if (!lines.empty()) html_ += "<p class=\"notes\">" + lines + "</p>\n";
    }

    void put(const Table& table) {
        if (!table.unit.empty()) html_ += element("div", "unit", unit_line(table, document_.language));
        html_ += "<table>\n" + element("caption", "", full_caption(table, document_.language)) + "<thead>\n";
        for (const auto& row : table.header_rows) put_row(row, table, true);
        html_ += "</thead>\n<tbody>\n";
        for (const auto& row : table.rows) put_row(row, table, false);
        html_ += "</tbody>\n</table>\n";
        put_lines_below(table.notes, table.source);
    }

    void put(const SideBySide& row) {
        html_ += "<div class=\"abreast\">\n";
        for (const Table& table : row.tables) {
            html_ += "<div>\n";
            put(table);
            html_ += "</div>\n";
        }
        html_ += "</div>\n";
    }

    void put_numbers(const charts::Chart& chart) {
        const charts::ChartTable numbers = charts::chart_table(chart);
        html_ += "<table>\n<thead>\n<tr>";
        for (const std::string& column : numbers.columns) html_ += "<th>" + escaped(column) + "</th>";
        html_ += "</tr>\n</thead>\n<tbody>\n";
        for (const auto& row : numbers.rows) {
            html_ += "<tr>";
            for (const std::string& text : row) html_ += "<td>" + escaped(text) + "</td>";
            html_ += "</tr>\n";
        }
        html_ += "</tbody>\n</table>\n";
    }

    void put(const Figure& figure) {
        html_ += "<figure>\n";
        if (const auto drawing = drawings_.find(figure.name); drawing != drawings_.end()) {
            html_ += drawing->second + "\n";
        } else {
            put_numbers(figure.chart);
        }
        html_ += element("figcaption", "", full_caption(figure, document_.language)) + "</figure>\n";
        put_lines_below(figure.notes, figure.source);
    }

    const Document& document_;
    const std::map<std::string, std::string>& drawings_;
    std::string html_;
};

}  // namespace

std::string document_to_html(const Document& document, const std::map<std::string, std::string>& drawings) {
    return HtmlWriter(document, drawings).write();
}

}  // namespace twinfirm::report
