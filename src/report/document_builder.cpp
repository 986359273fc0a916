// SPDX-License-Identifier: GPL-3.0-or-later
#include "document_builder.h"

#include <algorithm>
#include <utility>

#include "document_parts.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/chart_editing.h"

namespace twinfirm::report {

void DocumentBuilder::entitle() {
    const std::string& own = settings_.title.in(words_.language());
    const std::string& of_study = evaluation_.specification.title.in(words_.language());
    document_.title = !own.empty() ? own : of_study.empty() ? words_("report_title") : of_study;
    document_.subtitle = words_("report_subtitle", {{"first", integer_text(evaluation_.data.first_year)},
                                                    {"last", integer_text(evaluation_.data.last_year)}});
    document_.byline = byline();
}

std::string DocumentBuilder::byline() const {
    std::string line;
    const auto append = [&](const std::string& text) {
        if (!text.empty()) line += (line.empty() ? "" : " · ") + text;
    };
    append(settings_.organisation.in(words_.language()));
    append(settings_.author.in(words_.language()));
    const std::string& date = settings_.date;
    if (date.size() == 10) {
        // Official Korean writing has no leading zeros.
        const auto bare = [](std::string digits) { return digits.front() == '0' ? digits.substr(1) : digits; };
        append(words_.language() == Language::korean
                   ? date.substr(0, 4) + ". " + bare(date.substr(5, 2)) + ". " + bare(date.substr(8, 2)) + "."
                   : date);
    }
    return line;
}

void DocumentBuilder::open_appendix(std::string_view code) {
    open_section(1, words_("report_appendix", {{"number", integer_text(++appendix_)}}), code);
}

bool DocumentBuilder::is_wanted(const std::string& name) {
    document_.parts.push_back(name);
    const auto has = [&](const std::vector<std::string>& names) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    return !has(settings_.leave_out) && (settings_.only.empty() || has(settings_.only));
}

SentenceRecord DocumentBuilder::written(const Sentence& sentence) const {
    SentenceRecord record{sentence.key, sentence.text, sentence.text, SentenceState::generated};
    for (const design::RewrittenSentence& rewritten : settings_.sentences) {
        const design::RewrittenText& own = rewritten.in(words_.language());
        if (rewritten.key != sentence.key || own.text.empty()) continue;
        record.written = own.text;
        record.state = own.replaces.empty()            ? SentenceState::unchecked
                       : own.replaces == sentence.text ? SentenceState::rewritten
                                                       : SentenceState::outdated;
    }
    return record;
}

void DocumentBuilder::add_sentences(const Sentences& sentences, int level) {
    std::vector<std::string> texts;
    for (const Sentence& sentence : sentences) {
        if (sentence.text.empty()) continue;
        document_.sentences.push_back(written(sentence));
        texts.push_back(document_.sentences.back().written);
    }
    add_bullets(texts, level);
}

void DocumentBuilder::list_rewritten() {
    BulletList list;
    for (const SentenceRecord& sentence : document_.sentences) {
        if (sentence.state == SentenceState::generated) continue;
        list.items.push_back({1, words_("report_edited_sentence", {{"text", sentence.written}})});
        list.items.push_back({2, words_("report_edited_generated", {{"text", sentence.generated}})});
        if (sentence.state == SentenceState::unchecked) list.items.push_back({3, words_("report_edited_unchecked")});
        if (sentence.state != SentenceState::outdated) continue;
        for (const design::RewrittenSentence& rewritten : settings_.sentences) {
            if (rewritten.key != sentence.key) continue;
            list.items.push_back(
                {3, words_("report_edited_outdated", {{"text", rewritten.in(words_.language()).replaces}})});
        }
    }
    if (list.items.empty()) return;
    open_appendix("report_section_edited");
    add_bullets({words_("report_edited_lead")}, 0);
    add(std::move(list));
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
    BulletList list = bullet_list(texts, level);
    if (!list.items.empty()) add(std::move(list));
}

void DocumentBuilder::add_table(Table table) {
    if (table.rows.empty() || !is_wanted(table.name)) return;
    table.number = ++tables_;
    add(std::move(table));
}

void DocumentBuilder::add_side_by_side(std::vector<Table> tables) {
    std::erase_if(tables, [&](const Table& table) { return table.rows.empty() || !is_wanted(table.name); });
    for (Table& table : tables) table.number = ++tables_;
    if (!tables.empty()) add(SideBySide{std::move(tables)});
}

void DocumentBuilder::add_figure(Result<charts::Chart> chart, double share) {
    if (!chart || !is_wanted(chart->key)) return;
    // What could not be done is said where the charts themselves are written.
    charts::edit_chart(settings_.charts, *chart);
    Figure figure = figure_of(std::move(*chart), share);
    figure.number = ++figures_;
    figure.notes = new_notes(figure.chart.kind, std::move(figure.notes));
    figure.source = words_("report_source_own");
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

Document DocumentBuilder::finish() {
    list_rewritten();
    document_.colophon = {words_("report_reading_rounding"),
                          words_("report_colophon", {{"version", evaluation_.engine_version},
                                                     {"hash", evaluation_.specification_hash.substr(0, 12)}})};
    return std::move(document_);
}

}  // namespace twinfirm::report
