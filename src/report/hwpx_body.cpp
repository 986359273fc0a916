// SPDX-License-Identifier: GPL-3.0-or-later
#include "hwpx_body.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string_view>
#include <utility>

#include "hwpx_styles.h"
#include "twinfirm/charts/chart.h"
#include "xml_text.h"

namespace twinfirm::report::hwpx {

namespace {

constexpr int cell_side_margin = 340;
constexpr int cell_top_margin = 100;
constexpr int row_height = 1500;
constexpr std::size_t preview_bytes = 2000;

constexpr std::string_view inline_position =
    R"(<hp:pos treatAsChar="1" affectLSpacing="0" flowWithText="1" allowOverlap="0" holdAnchorAndSO="0" )"
    R"(vertRelTo="PARA" horzRelTo="COLUMN" vertAlign="TOP" horzAlign="LEFT" vertOffset="0" horzOffset="0"/>)"
    R"(<hp:outMargin left="0" right="0" top="0" bottom="0"/>)";

std::string run(Char character, std::string_view text) {
    return fmt::format(R"(<hp:run charPrIDRef="{}"><hp:t>{}</hp:t></hp:run>)", static_cast<int>(character),
                       xml_escaped(text));
}

Para cell_para(Alignment alignment) {
    switch (alignment) {
        case Alignment::left:
            return Para::cell_left;
        case Alignment::center:
            return Para::cell_center;
        case Alignment::right:
            break;
    }
    return Para::cell_right;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    for (;;) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return lines;
        text.remove_prefix(end + 1);
    }
}

/// Widths in HWPUNIT that add up to the width of the text.
std::vector<int> column_widths(const std::vector<Column>& columns) {
    double total = 0;
    for (const Column& column : columns) total += column.relative_width;
    std::vector<int> widths;
    for (const Column& column : columns) {
        widths.push_back(static_cast<int>(text_width * column.relative_width / total));
    }
    widths.back() += text_width - std::accumulate(widths.begin(), widths.end(), 0);
    return widths;
}

class BodyWriter {
  public:
    BodyWriter(const Document& document, const Pictures& pictures) : document_(document), pictures_(pictures) {}

    Body write() {
        out_.xml = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes" ?><hs:sec )";
        out_.xml += namespaces();
        out_.xml += '>';
        put_title();
        for (const Section& section : document_.sections) {
            const std::string gap = section.number.empty() ? "" : " ";
            const bool top = section.level == 1;
            const bool breaks = begins_page(section);
            if (breaks) put(PageBreak{});
            paragraph(top ? Para::heading : Para::subheading, top ? Style::outline1 : Style::outline2,
                      run(top ? Char::heading : Char::subheading, section.number + gap + section.heading));
            remember(section.number + gap + section.heading);
            for (std::size_t i = breaks ? 1 : 0; i < section.blocks.size(); ++i) {
                std::visit([this](const auto& content) { put(content); }, section.blocks[i]);
            }
        }
        for (const std::string& line : document_.colophon) paragraph(Para::note, Style::body, run(Char::small, line));
        out_.xml += "</hs:sec>";
        return std::move(out_);
    }

  private:
    void remember(std::string_view text) {
        if (out_.preview.size() < preview_bytes) out_.preview += std::string(text) + "\r\n";
    }

    std::string paragraph_xml(Para para, Style style, std::string_view contents) {
        const bool new_page = std::exchange(page_break_, false);
        return fmt::format(R"(<hp:p id="{}" paraPrIDRef="{}" styleIDRef="{}" pageBreak="{}" columnBreak="0" )"
                           R"(merged="0">{}</hp:p>)",
                           paragraphs_++, static_cast<int>(para), static_cast<int>(style), new_page ? 1 : 0, contents);
    }
    void paragraph(Para para, Style style, std::string_view contents) {
        out_.xml += paragraph_xml(para, style, contents);
    }

    /// The section's properties and the page number stand in the first run of the first paragraph.
    void put_title() {
        std::string first = R"(<hp:run charPrIDRef="1">)";
        first += section_properties();
        first +=
            R"(<hp:ctrl><hp:colPr id="" type="NEWSPAPER" layout="LEFT" colCount="1" sameSz="1" sameGap="0"/></hp:ctrl>)"
            R"(<hp:ctrl><hp:pageNum pos="BOTTOM_CENTER" formatType="DIGIT" sideChar="-"/></hp:ctrl></hp:run>)";
        paragraph(Para::title, Style::normal, first + run(Char::title, document_.title));
        remember(document_.title);
        for (const std::string& line : {document_.subtitle, document_.byline}) {
            if (!line.empty()) paragraph(Para::title, Style::normal, run(Char::body, line));
        }
    }

    static std::string section_properties() {
        std::string xml =
            R"(<hp:secPr id="" textDirection="HORIZONTAL" spaceColumns="1134" tabStop="8000" tabStopVal="4000" )"
            R"(tabStopUnit="HWPUNIT" outlineShapeIDRef="1" memoShapeIDRef="0" textVerticalWidthHead="0" )"
            R"(masterPageCnt="0"><hp:grid lineGrid="0" charGrid="0" wonggojiFormat="0"/>)"
            R"(<hp:startNum pageStartsOn="BOTH" page="0" pic="0" tbl="0" equation="0"/>)"
            R"(<hp:visibility hideFirstHeader="0" hideFirstFooter="0" hideFirstMasterPage="0" border="SHOW_ALL" )"
            R"(fill="SHOW_ALL" hideFirstPageNum="0" hideFirstEmptyLine="0" showLineNumber="0"/>)"
            R"(<hp:lineNumberShape restartType="0" countBy="0" distance="0" startNumber="0"/>)";
        xml += fmt::format(R"(<hp:pagePr landscape="WIDELY" width="{0}" height="{1}" gutterType="LEFT_ONLY">)"
                           R"(<hp:margin header="2835" footer="2835" gutter="0" left="{2}" right="{2}" top="{3}" )"
                           R"(bottom="{3}"/></hp:pagePr>)",
                           page_width, page_height, page_margin, from_mm(15));
        xml += note_properties("footNotePr",
                               R"(<hp:noteLine length="-1" type="SOLID" width="0.12 mm" color="#000000"/>)"
                               R"(<hp:noteSpacing betweenNotes="283" belowLine="567" aboveLine="850"/>)",
                               "EACH_COLUMN");
        xml += note_properties("endNotePr",
                               R"(<hp:noteLine length="14692344" type="SOLID" width="0.12 mm" color="#000000"/>)"
                               R"(<hp:noteSpacing betweenNotes="0" belowLine="567" aboveLine="850"/>)",
                               "END_OF_DOCUMENT");
        for (const std::string_view type : {"BOTH", "EVEN", "ODD"}) {
            xml += fmt::format(
                R"(<hp:pageBorderFill type="{}" borderFillIDRef="1" textBorder="PAPER" headerInside="0" )"
                R"(footerInside="0" fillArea="PAPER"><hp:offset left="1417" right="1417" top="1417" bottom="1417"/>)"
                R"(</hp:pageBorderFill>)",
                type);
        }
        return xml + "</hp:secPr>";
    }

    static std::string note_properties(std::string_view element, std::string_view line, std::string_view place) {
        return fmt::format(R"x(<hp:{0}><hp:autoNumFormat type="DIGIT" userChar="" prefixChar="" suffixChar=")" )x"
                           R"(supscript="0"/>{1}<hp:numbering type="CONTINUOUS" newNum="1"/>)"
                           R"(<hp:placement place="{2}" beneathText="0"/></hp:{0}>)",
                           element, line, place);
    }

    void put(const Paragraph& text) {
        paragraph(Para::body, Style::body, run(Char::body, text.text));
        remember(text.text);
    }

    void put(const BulletList& list) {
        constexpr std::array<Para, 4> levels = {Para::item0, Para::item1, Para::item2, Para::item3};
        for (const ListItem& item : list.items) {
            const auto level = static_cast<std::size_t>(std::clamp(item.level, 0, 3));
            const std::string text = std::string(list_marker(item.level)) + item.text;
            paragraph(levels[level], Style::body, run(Char::body, text));
            remember(text);
        }
    }

    void put(const PageBreak&) { page_break_ = true; }

    void put(const NoteBox& box) {
        Table table;
        table.columns.push_back({{}, Alignment::left, 1});
        Cell cell;
        cell.text = box.title;
        table.header_rows = {{cell}};
        cell.text.clear();
        for (const std::string& line : box.lines) {
            if (!cell.text.empty()) cell.text += '\n';
            cell.text += line;
        }
        table.rows = {{cell}};
        put_grid(table);
    }

    void put(const SideBySide& row) {
        for (const Table& table : row.tables) put(table);
    }

    void put(const Table& table) {
        paragraph(Para::center, Style::caption, run(Char::caption, full_caption(table, document_.language)));
        if (!table.unit.empty()) {
            paragraph(Para::right, Style::body, run(Char::small, unit_line(table, document_.language)));
        }
        put_grid(table);
        put_lines_below(table.notes, table.source);
    }

    void put_lines_below(const std::vector<std::string>& notes, const std::string& source) {
        for (const std::string& line : note_lines(notes, document_.language)) {
            paragraph(Para::note, Style::body, run(Char::small, line));
        }
        const std::string text = source_line(source, document_.language);
        if (!text.empty()) paragraph(Para::note, Style::body, run(Char::small, text));
    }

    std::string cell_xml(const Table& table, const Cell& cell, std::size_t column, std::size_t row, bool header,
                         const std::vector<int>& widths) {
        const Para para = header ? Para::cell_center : cell_para(table.columns[column].alignment);
        const Char character = header || cell.emphasis ? Char::cell_bold : Char::cell;
        std::string text;
        for (const std::string_view line : lines_of(cell.text)) {
            text += paragraph_xml(para, Style::body, run(character, line));
        }
        int width = 0;
        for (std::size_t i = column; i < column + static_cast<std::size_t>(cell.column_span); ++i) width += widths[i];
        return fmt::format(
            R"(<hp:tc name="" header="{0}" hasMargin="0" protect="0" editable="0" dirty="0" borderFillIDRef="{1}">)"
            R"(<hp:subList id="" textDirection="HORIZONTAL" lineWrap="BREAK" vertAlign="CENTER" linkListIDRef="0" )"
            R"(linkListNextIDRef="0" textWidth="0" textHeight="0" hasTextRef="0" hasNumRef="0">{2}</hp:subList>)"
            R"(<hp:cellAddr colAddr="{3}" rowAddr="{4}"/><hp:cellSpan colSpan="{5}" rowSpan="{6}"/>)"
            R"(<hp:cellSz width="{7}" height="{8}"/><hp:cellMargin left="{9}" right="{9}" top="{10}" bottom="{10}"/>)"
            R"(</hp:tc>)",
            header ? 1 : 0, static_cast<int>(header ? Border::header : Border::cell), text, column, row,
            cell.column_span, cell.row_span, width, row_height * cell.row_span, cell_side_margin, cell_top_margin);
    }

    void put_grid(const Table& table) {
        const std::vector<int> widths = column_widths(table.columns);
        const std::size_t headers = table.header_rows.size();
        const std::size_t rows = headers + table.rows.size();
        // A page break asked for belongs to the paragraph that holds the table, not to those in its cells.
        const bool new_page = std::exchange(page_break_, false);
        std::string xml = fmt::format(
            R"(<hp:run charPrIDRef="{0}"><hp:tbl id="{1}" zOrder="0" numberingType="TABLE" textWrap="TOP_AND_BOTTOM" )"
            R"(textFlow="BOTH_SIDES" lock="0" dropcapstyle="None" pageBreak="CELL" repeatHeader="1" rowCnt="{2}" )"
            R"(colCnt="{3}" cellSpacing="0" borderFillIDRef="3" noAdjust="0"><hp:sz width="{4}" )"
            R"(widthRelTo="ABSOLUTE" height="{5}" heightRelTo="ABSOLUTE" protect="0"/>{6})"
            R"(<hp:inMargin left="{7}" right="{7}" top="{8}" bottom="{8}"/>)",
            static_cast<int>(Char::cell), next_object(), rows, table.columns.size(), text_width,
            row_height * static_cast<int>(rows), inline_position, cell_side_margin, cell_top_margin);
        for (std::size_t row = 0; row < rows; ++row) {
            const bool header = row < headers;
            const std::vector<Cell>& cells = header ? table.header_rows[row] : table.rows[row - headers];
            xml += "<hp:tr>";
            for (std::size_t column = 0; column < cells.size(); ++column) {
                if (!cells[column].covered) xml += cell_xml(table, cells[column], column, row, header, widths);
            }
            xml += "</hp:tr>";
        }
        page_break_ = new_page;
        paragraph(Para::body, Style::body, xml + "</hp:tbl><hp:t/></hp:run>");
    }

    void put(const Figure& figure) {
        const auto picture = pictures_.find(figure.name);
        if (picture == pictures_.end()) {
            put_numbers(figure.chart);
        } else {
            put_picture(picture->second, figure.caption);
        }
        paragraph(Para::center, Style::caption, run(Char::caption, full_caption(figure, document_.language)));
        put_lines_below(figure.notes, figure.source);
    }

    void put_numbers(const charts::Chart& chart) {
        const charts::ChartTable numbers = charts::chart_table(chart);
        if (numbers.columns.empty()) return;
        Table table;
        const auto cells = [](const std::vector<std::string>& texts) {
            std::vector<Cell> row(texts.size());
            for (std::size_t i = 0; i < texts.size(); ++i) row[i].text = texts[i];
            return row;
        };
        table.columns.assign(numbers.columns.size(), Column{{}, Alignment::left, 1});
        table.header_rows = {cells(numbers.columns)};
        for (const auto& row : numbers.rows) table.rows.push_back(cells(row));
        put_grid(table);
    }

    void put_picture(const Picture& picture, const std::string& comment) {
        out_.pictures.push_back(&picture);
        const double scale = std::min(1.0, static_cast<double>(text_width) / from_mm(picture.width_mm));
        const auto width = static_cast<int>(std::lround(from_mm(picture.width_mm) * scale));
        const auto height = static_cast<int>(std::lround(from_mm(picture.height_mm) * scale));
        constexpr int units_per_pixel = 75;  // at 96 dots per inch, whatever the picture says
        const int image_width = picture.width_pixels * units_per_pixel;
        const int image_height = picture.height_pixels * units_per_pixel;
        const int id = next_object();
        paragraph(
            Para::center, Style::body,
            fmt::format(
                R"(<hp:run charPrIDRef="0"><hp:pic id="{0}" zOrder="0" numberingType="PICTURE" )"
                R"(textWrap="TOP_AND_BOTTOM" textFlow="BOTH_SIDES" lock="0" dropcapstyle="None" href="" groupLevel="0" )"
                R"(instid="{1}" reverse="0"><hp:offset x="0" y="0"/><hp:orgSz width="{2}" height="{3}"/>)"
                R"(<hp:curSz width="{2}" height="{3}"/><hp:flip horizontal="0" vertical="0"/>)"
                R"(<hp:rotationInfo angle="0" centerX="{4}" centerY="{5}" rotateimage="1"/><hp:renderingInfo>)"
                R"(<hc:transMatrix e1="1" e2="0" e3="0" e4="0" e5="1" e6="0"/>)"
                R"(<hc:scaMatrix e1="1" e2="0" e3="0" e4="0" e5="1" e6="0"/>)"
                R"(<hc:rotMatrix e1="1" e2="0" e3="0" e4="0" e5="1" e6="0"/></hp:renderingInfo><hp:imgRect>)"
                R"(<hc:pt0 x="0" y="0"/><hc:pt1 x="{2}" y="0"/><hc:pt2 x="{2}" y="{3}"/><hc:pt3 x="0" y="{3}"/>)"
                R"(</hp:imgRect><hp:imgClip left="0" right="{6}" top="0" bottom="{7}"/>)"
                R"(<hp:inMargin left="0" right="0" top="0" bottom="0"/><hp:imgDim dimwidth="{6}" dimheight="{7}"/>)"
                R"(<hc:img binaryItemIDRef="image{8}" bright="0" contrast="0" effect="REAL_PIC" alpha="0"/>)"
                R"(<hp:effects/><hp:sz width="{2}" widthRelTo="ABSOLUTE" height="{3}" heightRelTo="ABSOLUTE" )"
                R"(protect="0"/>{9}<hp:shapeComment>{10}</hp:shapeComment></hp:pic><hp:t/></hp:run>)",
                id, 500000 + id, width, height, width / 2, height / 2, image_width, image_height, out_.pictures.size(),
                inline_position, xml_escaped(comment)));
    }

    int next_object() { return ++objects_; }

    const Document& document_;
    const Pictures& pictures_;
    Body out_;
    int paragraphs_ = 0;
    int objects_ = 1000;
    bool page_break_ = false;
};

}  // namespace

Body write_body(const Document& document, const Pictures& pictures) {
    return BodyWriter(document, pictures).write();
}

}  // namespace twinfirm::report::hwpx
