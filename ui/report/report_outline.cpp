// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report_outline.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <variant>

#include "report/document_html.h"

namespace twinfirm::ui {

namespace {

QString text_of(const std::string& text) {
    return QString::fromStdString(text);
}

QString mark_of(report::SentenceState state) {
    switch (state) {
        case report::SentenceState::generated:
            break;
        case report::SentenceState::rewritten:
            return QStringLiteral("✎ ");
        case report::SentenceState::outdated:
        case report::SentenceState::unchecked:
            return QStringLiteral("! ");
    }
    return {};
}

/// Captions with their numbers, of the tables and charts that the report has.
std::map<std::string, QString> captions_of(const report::Document& document) {
    std::map<std::string, QString> captions;
    const auto add = [&](const auto& part) { captions[part.name] = text_of(full_caption(part, document.language)); };
    for (const report::Section& section : document.sections) {
        for (const report::Block& block : section.blocks) {
            if (const auto* table = std::get_if<report::Table>(&block)) add(*table);
            if (const auto* figure = std::get_if<report::Figure>(&block)) add(*figure);
            if (const auto* row = std::get_if<report::SideBySide>(&block)) {
                for (const report::Table& table : row->tables) add(table);
            }
        }
    }
    return captions;
}

}  // namespace

ReportOutline::ReportOutline(QObject* parent) : QStandardItemModel(parent) {
    connect(this, &QStandardItemModel::itemChanged, this, [this](const QStandardItem* item) {
        if (showing_ || !item->isCheckable()) return;
        Q_EMIT part_chosen(item->data(key_role).toString(), item->checkState() == Qt::Checked);
    });
}

std::vector<ReportOutline::Row> ReportOutline::rows_of(const ComposedReport& report) {
    const std::map<std::string, QString> captions = captions_of(report.shown);
    std::set<std::string> sentences_seen;
    std::vector<Row> rows;
    int place = 0;
    for (const report::Section& section : report.whole.sections) {
        Row row{Entry::section, {}, section_title(section), QStringLiteral("section-%1").arg(place++), {}, true, {}};
        if (section.level > 1) row.text.prepend(QStringLiteral("    "));
        const auto add_part = [&](const auto& part) {
            const auto shown = captions.find(part.name);
            const bool wanted = shown != captions.end();
            const QString name = text_of(part.name);
            row.rows.push_back({Entry::part,
                                name,
                                wanted ? shown->second : text_of(part.caption),
                                wanted ? QStringLiteral("part-") + name : QString(),
                                text_of(part.caption),
                                wanted,
                                {}});
        };
        for (const report::Block& block : section.blocks) {
            if (const auto* table = std::get_if<report::Table>(&block)) add_part(*table);
            if (const auto* figure = std::get_if<report::Figure>(&block)) add_part(*figure);
            if (const auto* side = std::get_if<report::SideBySide>(&block)) {
                for (const report::Table& table : side->tables) add_part(table);
            }
            const auto* list = std::get_if<report::BulletList>(&block);
            if (list == nullptr) continue;
            for (const report::ListItem& item : list->items) {
                const report::SentenceRecord* sentence = sentence_of(report.whole, item.text, sentences_seen);
                if (sentence == nullptr) continue;
                sentences_seen.insert(sentence->key);
                const QString key = text_of(sentence->key);
                row.rows.push_back({Entry::sentence,
                                    key,
                                    mark_of(sentence->state) + text_of(sentence->written),
                                    QStringLiteral("sentence-") + key,
                                    text_of(sentence->written),
                                    true,
                                    {}});
            }
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

bool ReportOutline::has_same_rows(const QStandardItem& item, const std::vector<Row>& rows) {
    if (item.rowCount() != static_cast<int>(rows.size())) return false;
    for (int i = 0; i < item.rowCount(); ++i) {
        const Row& row = rows[static_cast<std::size_t>(i)];
        const QStandardItem* child = item.child(i);
        if (child->data(key_role).toString() != row.key || !has_same_rows(*child, row.rows)) return false;
    }
    return true;
}

void ReportOutline::fill(QStandardItem& item, const Row& row) {
    item.setText(row.text);
    item.setData(static_cast<int>(row.entry), entry_role);
    item.setData(row.key, key_role);
    item.setData(row.anchor, anchor_role);
    item.setToolTip(row.explanation);
    item.setEditable(false);
    if (row.entry != Entry::part) return;
    item.setCheckable(true);
    item.setCheckState(row.wanted ? Qt::Checked : Qt::Unchecked);
}

void ReportOutline::show_rows(QStandardItem& parent, const std::vector<Row>& rows, bool anew) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto* item = anew ? new QStandardItem : parent.child(static_cast<int>(i));
        fill(*item, rows[i]);
        show_rows(*item, rows[i].rows, anew);
        if (anew) parent.appendRow(item);
    }
}

void ReportOutline::show_report(const ComposedReport& report, const QString& titles) {
    std::vector<Row> rows{{Entry::titles, {}, titles, QStringLiteral("titles"), {}, true, {}}};
    for (Row& row : rows_of(report)) rows.push_back(std::move(row));
    showing_ = true;
    const bool anew = !has_same_rows(*invisibleRootItem(), rows);
    if (anew) clear();
    show_rows(*invisibleRootItem(), rows, anew);
    showing_ = false;
}

QModelIndex ReportOutline::index_of(Entry entry, const QString& key) const {
    for (int section = 0; section < rowCount(); ++section) {
        for (int row = 0; row < item(section)->rowCount(); ++row) {
            const QStandardItem* child = item(section)->child(row);
            if (child->data(key_role).toString() == key && child->data(entry_role).toInt() == static_cast<int>(entry)) {
                return child->index();
            }
        }
    }
    return {};
}

design::ReportSettings with_part(design::ReportSettings settings, const std::vector<std::string>& parts,
                                 const std::string& name, bool wanted) {
    const auto has = [](const std::vector<std::string>& names, const std::string& searched) {
        return std::find(names.begin(), names.end(), searched) != names.end();
    };
    // A list of those to show becomes one of those to leave out, which a report of other data understands as well.
    if (!settings.only.empty()) {
        for (const std::string& part : parts) {
            if (!has(settings.only, part) && !has(settings.leave_out, part)) settings.leave_out.push_back(part);
        }
        settings.only.clear();
    }
    if (wanted) {
        std::erase(settings.leave_out, name);
    } else if (!has(settings.leave_out, name)) {
        settings.leave_out.push_back(name);
    }
    return settings;
}

design::ReportSettings with_sentence(design::ReportSettings settings, const report::SentenceRecord& sentence,
                                     const std::string& text, Language language) {
    auto found = std::find_if(settings.sentences.begin(), settings.sentences.end(),
                              [&](const design::RewrittenSentence& own) { return own.key == sentence.key; });
    if (found == settings.sentences.end()) {
        settings.sentences.push_back({sentence.key, {}, {}});
        found = settings.sentences.end() - 1;
    }
    design::RewrittenText& own = language == Language::korean ? found->ko : found->en;
    own = text.empty() || text == sentence.generated ? design::RewrittenText{}
                                                     : design::RewrittenText{text, sentence.generated};
    if (found->ko.text.empty() && found->en.text.empty()) settings.sentences.erase(found);
    return settings;
}

}  // namespace twinfirm::ui
