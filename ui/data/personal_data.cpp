// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/personal_data.h"

#include <QRegularExpression>
#include <QStringList>
#include <algorithm>

#include "twinfirm/app/column_field.h"

namespace twinfirm::ui {

bool is_personal(const ingest::ColumnPlan& column) {
    const app::CanonicalField* field = app::find_canonical_field(column.field);
    return field != nullptr && field->sensitive;
}

QString masked(const QString& text) {
    int shown = !text.isEmpty() && text.front().isDigit() ? 3 : 1;
    QString result = text;
    for (QChar& letter : result) {
        if (!letter.isLetterOrNumber()) continue;
        if (shown-- > 0) continue;
        letter = QLatin1Char('*');
    }
    return result;
}

QString masked_line(const QString& line, const ingest::ImportPlan& plan) {
    QString result;
    std::size_t column = 0;
    qsizetype begin = 0;
    bool quoted = false;
    const auto take = [&](qsizetype end) {
        const QString cell = line.mid(begin, end - begin);
        result += column < plan.columns.size() && is_personal(plan.columns[column]) ? masked(cell) : cell;
    };
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (line[i] == QLatin1Char('"')) quoted = !quoted;
        if (quoted || line[i] != QLatin1Char(plan.delimiter)) continue;
        take(i);
        result += line[i];
        begin = i + 1;
        ++column;
    }
    take(line.size());
    return result;
}

QString masked_text(const QString& text, const ingest::Inspection& inspection) {
    QStringList personal;
    for (std::size_t column = 0; column < inspection.plan.columns.size(); ++column) {
        if (!is_personal(inspection.plan.columns[column])) continue;
        for (const auto& row : inspection.preview) {
            // A single letter would be replaced in every other cell too.
            if (column < row.size() && row[column].size() > 1) personal << QString::fromStdString(row[column]);
        }
    }
    // Longer ones first: one may be a part of another.
    std::sort(personal.begin(), personal.end(),
              [](const QString& a, const QString& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
    personal.removeDuplicates();
    QString result = text;
    for (const QString& cell : personal) result.replace(cell, masked(cell));
    static const QRegularExpression business_number(QStringLiteral("\\b[0-9]{3}-[0-9]{2}-[0-9]{5}\\b"));
    for (auto found = business_number.match(result); found.hasMatch(); found = business_number.match(result)) {
        result.replace(found.capturedStart(), found.capturedLength(), masked(found.captured()));
    }
    return result;
}

}  // namespace twinfirm::ui
