// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStandardItemModel>
#include <QString>
#include <string>
#include <vector>

#include "report/report_composer.h"
#include "twinfirm/design/report_settings.h"

namespace twinfirm::ui {

/// What stands in the report, section by section: sentences that can be rewritten, and tables and charts with a check
/// mark. The first row stands for the titles.
class ReportOutline : public QStandardItemModel {
    Q_OBJECT

  public:
    enum class Entry { titles, section, sentence, part };
    enum Role {
        entry_role = Qt::UserRole + 1,
        key_role,    ///< of a sentence; name of a table or chart
        anchor_role  ///< its place in the text, empty = none
    };

    explicit ReportOutline(QObject* parent = nullptr);

    /// Keeps the rows where the report has the same parts as before.
    void show_report(const ComposedReport& report, const QString& titles);
    /// The row of a sentence or part; invalid if there is none.
    [[nodiscard]] QModelIndex index_of(Entry entry, const QString& key) const;

  Q_SIGNALS:
    /// The user put a table or chart in or took it out.
    void part_chosen(const QString& name, bool wanted);

  private:
    struct Row {
        Entry entry;
        QString key;
        QString text;
        QString anchor;
        QString explanation;
        bool wanted = true;
        std::vector<Row> rows{};
    };

    [[nodiscard]] static std::vector<Row> rows_of(const ComposedReport& report);
    [[nodiscard]] static bool has_same_rows(const QStandardItem& item, const std::vector<Row>& rows);
    static void fill(QStandardItem& item, const Row& row);
    static void show_rows(QStandardItem& parent, const std::vector<Row>& rows, bool anew);

    bool showing_ = false;
};

/// The settings with that table or chart in the report, or without it. `parts`: names that the report has.
[[nodiscard]] design::ReportSettings with_part(design::ReportSettings settings, const std::vector<std::string>& parts,
                                               const std::string& name, bool wanted);

/// The settings with a sentence written anew in one language, `replaces` being what was generated; an empty text or the
/// generated one itself takes the rewriting back.
[[nodiscard]] design::ReportSettings with_sentence(design::ReportSettings settings,
                                                   const report::SentenceRecord& sentence, const std::string& text,
                                                   Language language);

}  // namespace twinfirm::ui
