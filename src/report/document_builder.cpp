// SPDX-License-Identifier: GPL-3.0-or-later
#include "document_builder.h"

#include <utility>

#include "twinfirm/base/number_text.h"

namespace twinfirm::report {

void DocumentBuilder::entitle(std::string title, std::string subtitle) {
    document_.title = std::move(title);
    document_.subtitle = std::move(subtitle);
}

void DocumentBuilder::open_section(int level, std::string number, std::string_view code,
                                   const MessageArguments& arguments) {
    document_.sections.push_back({level, std::move(number), words_(code, arguments), {}});
}

void DocumentBuilder::open_chapter(std::string_view code) {
    open_section(1, integer_text(++chapter_) + ".", code);
}

void DocumentBuilder::add(Block block) {
    document_.sections.back().blocks.push_back(std::move(block));
}

void DocumentBuilder::add_bullets(const std::vector<std::string>& texts, int level) {
    BulletList list;
    for (const std::string& text : texts) {
        if (!text.empty()) list.items.push_back({level, text});
    }
    if (!list.items.empty()) add(std::move(list));
}

void DocumentBuilder::add_table(Table table) {
    if (table.rows.empty()) return;
    table.number = ++tables_;
    add(std::move(table));
}

void DocumentBuilder::add_side_by_side(std::vector<Table> tables) {
    std::erase_if(tables, [](const Table& table) { return table.rows.empty(); });
    for (Table& table : tables) table.number = ++tables_;
    if (!tables.empty()) add(SideBySide{std::move(tables)});
}

void DocumentBuilder::add_figure(Result<charts::Chart> chart, double share) {
    if (!chart) return;
    Figure figure;
    figure.name = chart->key;
    figure.number = ++figures_;
    // Room for title, source and notes is not needed inside the drawing.
    constexpr double title_mm = 6;
    constexpr double line_mm = 4.2;
    chart->height_mm -= title_mm + line_mm * static_cast<double>(1 + chart->notes.size());
    chart->height_mm *= share;
    figure.caption = std::exchange(chart->title, {});
    figure.notes = new_notes(chart->kind, std::exchange(chart->notes, {}));
    chart->source.clear();
    figure.source = words_("report_source_own");
    figure.chart = std::move(*chart);
    add(std::move(figure));
}

std::vector<std::string> DocumentBuilder::new_notes(charts::ChartKind kind, std::vector<std::string> notes) {
    auto [entry, is_first] = noted_.try_emplace(kind, Noted{figures_, {}});
    Noted& noted = entry->second;
    const std::size_t all = notes.size();
    std::erase_if(notes, [&](const std::string& note) { return noted.notes.contains(note); });
    noted.notes.insert(notes.begin(), notes.end());
    if (notes.size() < all) {
        notes.push_back(words_("report_notes_as_above", {{"number", integer_text(noted.figure)}}));
    }
    return notes;
}

Document DocumentBuilder::finish(std::vector<std::string> colophon) {
    document_.colophon = std::move(colophon);
    return std::move(document_);
}

}  // namespace twinfirm::report
