// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report_table_model.h"

#include <QFont>
#include <QString>
#include <QStringList>
#include <utility>

namespace twinfirm::ui {

namespace {

int qt_alignment(report::Alignment alignment) {
    switch (alignment) {
        case report::Alignment::left:
            return Qt::AlignLeft | Qt::AlignVCenter;
        case report::Alignment::center:
            return Qt::AlignCenter;
        case report::Alignment::right:
            break;
    }
    return Qt::AlignRight | Qt::AlignVCenter;
}

}  // namespace

void ReportTableModel::set_table(report::Table table) {
    beginResetModel();
    table_ = std::move(table);
    endResetModel();
}

int ReportTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(table_.rows.size());
}

int ReportTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(table_.columns.size());
}

QVariant ReportTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto column = static_cast<std::size_t>(index.column());
    const report::Cell& cell = table_.rows[static_cast<std::size_t>(index.row())][column];
    switch (role) {
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole:
            return QString::fromStdString(cell.text);
        case Qt::TextAlignmentRole:
            return qt_alignment(table_.columns[column].alignment);
        case Qt::FontRole: {
            QFont font;
            font.setBold(cell.emphasis);
            return font;
        }
        default:
            return {};
    }
}

QVariant ReportTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) return {};
    if (orientation == Qt::Vertical) return section + 1;
    // A view has one header row: the rows of the table's header stand below one another in it.
    QStringList lines;
    for (const auto& row : table_.header_rows) {
        const auto column = static_cast<std::size_t>(section);
        if (column >= row.size()) continue;
        const QString text = QString::fromStdString(row[column].text);
        if (!text.isEmpty() && (lines.isEmpty() || lines.last() != text)) lines << text;
    }
    return lines.join(QLatin1Char('\n'));
}

report::Table rows_about(report::Table table, const std::string& key) {
    std::erase_if(table.rows, [&](const auto& row) { return row.empty() || row.front().key != key; });
    return table;
}

}  // namespace twinfirm::ui
