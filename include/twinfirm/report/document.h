// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/report/table.h"

namespace twinfirm::report {

/// A document as plain data: what stands in it and in which order, not how it looks. Writers (PDF, HTML) decide fonts
/// and measures. It holds no date and no file name, so that the same evaluation gives the same document.

struct Paragraph {
    std::string text;
};

/// Levels of Korean official writing: 0 `□`, 1 `○`, 2 `-`, 3 `※`.
struct ListItem {
    int level = 0;
    std::string text;  ///< without the marker
};

struct BulletList {
    std::vector<ListItem> items;
};

/// A framed remark that must not be overlooked.
struct NoteBox {
    std::string title;
    std::vector<std::string> lines;
};

/// Narrow tables that stand next to each other where the page is wide enough.
struct SideBySide {
    std::vector<Table> tables;
};

/// The chart carries neither title nor notes nor source: they are the figure's.
struct Figure {
    std::string name;     ///< stable file name without suffix: `love_plot`
    int number = 0;       ///< in the document, from 1
    std::string caption;  ///< without the number
    charts::Chart chart;
    std::vector<std::string> notes;
    std::string source;  ///< contents of the `자료:` line, empty = none
};

/// Begin a new page here (a hint: a writer without pages ignores it).
struct PageBreak {};

using Block = std::variant<Paragraph, BulletList, NoteBox, Table, SideBySide, Figure, PageBreak>;

struct Section {
    int level = 1;        ///< 1 = `1.`, 2 = `1.1`
    std::string number;   ///< `1.`, `붙임 1.`; may be empty
    std::string heading;  ///< without the number
    std::vector<Block> blocks;
};

/// A page break at the head of a section goes before its heading.
[[nodiscard]] inline bool begins_page(const Section& section) {
    return !section.blocks.empty() && std::holds_alternative<PageBreak>(section.blocks.front());
}

enum class SentenceState {
    generated,
    rewritten,
    outdated,  ///< rewritten, and what it was rewritten from has changed since
    unchecked  ///< rewritten from a sentence that nobody recorded
};

/// A sentence that the analyst may rewrite.
struct SentenceRecord {
    std::string key;
    std::string generated;
    std::string written;  ///< as it stands in the document
    SentenceState state = SentenceState::generated;
};

struct Document {
    Language language = Language::korean;
    std::string title;
    std::string subtitle;
    std::string byline;  ///< organisation, author and date; may be empty
    std::vector<Section> sections;
    std::vector<SentenceRecord> sentences;  ///< those of the lists above that can be rewritten
    std::vector<std::string> parts;         ///< names of its tables and figures, those that were left out among them
    std::vector<std::string> colophon;      ///< last lines: specification and data fingerprints, version of the program
};

/// `□ ` etc. with the space behind it; an unknown level has the marker of the deepest.
[[nodiscard]] std::string_view list_marker(int level);
/// `<표 1> 균형성` / `<Table 1> Balance`; without a number the bare caption.
[[nodiscard]] std::string full_caption(const Table& table, Language language);
/// `[그림 1] 성향점수 분포` / `[Figure 1] ...`
[[nodiscard]] std::string full_caption(const Figure& figure, Language language);
/// `(단위: %)` / `(Unit: %)`; empty without a unit.
[[nodiscard]] std::string unit_line(const Table& table, Language language);
/// `주: 1) ... 2) ...`, one entry a line (the label stands before the first); empty without notes.
[[nodiscard]] std::vector<std::string> note_lines(const std::vector<std::string>& notes, Language language);
/// Notes and source as one paragraph, for pages where room is dear.
[[nodiscard]] std::string notes_paragraph(const std::vector<std::string>& notes, std::string_view source,
                                          Language language);
/// `자료: ...` / `Source: ...`; empty without a source.
[[nodiscard]] std::string source_line(std::string_view source, Language language);

}  // namespace twinfirm::report
