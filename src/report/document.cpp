// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/document.h"

#include <algorithm>
#include <array>

#include "twinfirm/base/message_catalogue.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::report {

namespace {

std::string numbered(std::string_view code, int number, const std::string& caption, Language language) {
    if (number == 0) return caption;
    return MessageCatalogue(language).text(code, {{"number", integer_text(number)}, {"caption", caption}});
}

}  // namespace

std::string_view list_marker(int level) {
    static constexpr std::array<std::string_view, 4> markers = {"□ ", "○ ", "- ", "※ "};
    return markers[static_cast<std::size_t>(std::clamp(level, 0, 3))];
}

std::string full_caption(const Table& table, Language language) {
    return numbered("report_table_caption", table.number, table.caption, language);
}

std::string full_caption(const Figure& figure, Language language) {
    return numbered("report_figure_caption", figure.number, figure.caption, language);
}

std::string unit_line(const Table& table, Language language) {
    if (table.unit.empty()) return {};
    return MessageCatalogue(language).text("report_unit_line", {{"unit", table.unit}});
}

std::vector<std::string> note_lines(const std::vector<std::string>& notes, Language language) {
    const MessageCatalogue catalogue(language);
    if (notes.size() == 1) return {catalogue.text("report_note_line", {{"note", notes.front()}})};
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < notes.size(); ++i) {
        const std::string note = integer_text(static_cast<std::int64_t>(i + 1)) + ") " + notes[i];
        lines.push_back(i == 0 ? catalogue.text("report_note_line", {{"note", note}}) : note);
    }
    return lines;
}

std::string source_line(std::string_view source, Language language) {
    if (source.empty()) return {};
    return MessageCatalogue(language).text("report_source_line", {{"source", std::string(source)}});
}

std::string notes_paragraph(const std::vector<std::string>& notes, std::string_view source, Language language) {
    std::vector<std::string> lines = note_lines(notes, language);
    if (!source.empty()) lines.push_back(source_line(source, language));
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "  ") + line;
    return text;
}

}  // namespace twinfirm::report
