// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report_table_model.h"

#include <QFont>
#include <QString>
#include <QStringList>
#include <algorithm>
#include <numeric>
#include <optional>
#include <string_view>
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

/// The number that a cell begins with (△ is a minus too), if it does.
std::optional<double> leading_number(std::string_view text) {
    bool negative = false;
    for (const std::string_view minus : {"△", "−", "-"}) {
        if (!text.starts_with(minus)) continue;
        negative = true;
        text.remove_prefix(minus.size());
        break;
    }
    std::string digits;
    for (const char c : text) {
        if (c == ',') continue;
        if ((c < '0' || c > '9') && c != '.') break;
        digits += c;
    }
    bool is_number = false;
    const double number = QString::fromStdString(digits).toDouble(&is_number);
    if (!is_number) return std::nullopt;
    return negative ? -number : number;
}

/// Numbers before texts.
bool comes_before(const std::string& a, const std::string& b) {
    const auto first = leading_number(a);
    const auto second = leading_number(b);
    if (first && second) return *first < *second;
    if (first || second) return first.has_value();
    return a < b;
}

}  // namespace

void ReportTableModel::set_table(report::Table table) {
    beginResetModel();
    table_ = std::move(table);
    endResetModel();
}

bool ReportTableModel::sortable() const {
    return std::all_of(table_.rows.begin(), table_.rows.end(), [](const auto& row) {
        return std::all_of(row.begin(), row.end(), [](const report::Cell& cell) {
            return !cell.covered && cell.row_span == 1 && cell.column_span == 1;
        });
    });
}

void ReportTableModel::sort(int column, Qt::SortOrder order) {
    if (column < 0 || column >= columnCount() || !sortable()) return;
    const auto place = static_cast<std::size_t>(column);
    Q_EMIT layoutAboutToBeChanged();
    std::vector<std::size_t> rows(table_.rows.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    const auto sums = std::stable_partition(rows.begin(), rows.end(),
                                            [&](std::size_t row) { return !table_.rows[row].front().emphasis; });
    std::stable_sort(rows.begin(), sums, [&](std::size_t a, std::size_t b) {
        if (order == Qt::DescendingOrder) std::swap(a, b);
        return comes_before(table_.rows[a][place].text, table_.rows[b][place].text);
    });
    std::vector<std::vector<report::Cell>> sorted(rows.size());
    std::vector<int> now(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        sorted[i] = std::move(table_.rows[rows[i]]);
        now[rows[i]] = static_cast<int>(i);
    }
    table_.rows = std::move(sorted);
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex& index : before) {
        after << createIndex(now[static_cast<std::size_t>(index.row())], index.column());
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
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
