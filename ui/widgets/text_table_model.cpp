// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text_table_model.h"

#include <QBrush>
#include <QColor>
#include <utility>

namespace twinfirm::ui {

namespace {

/// Text stands on it in both schemes: a thin layer over the background.
constexpr int strongest_shade = 110;

}  // namespace

void TextTableModel::set_rows(QStringList titles, std::vector<Row> rows) {
    beginResetModel();
    titles_ = std::move(titles);
    rows_ = std::move(rows);
    endResetModel();
}

int TextTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int TextTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(titles_.size());
}

QVariant TextTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Cell& cell = rows_[static_cast<std::size_t>(index.row())][static_cast<std::size_t>(index.column())];
    switch (role) {
        case Qt::DisplayRole:
            return cell.text;
        case Qt::TextAlignmentRole:
            return static_cast<int>((cell.number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case Qt::BackgroundRole: {
            if (!(cell.shade > 0)) return {};
            constexpr int faintest = 20;
            return QBrush(QColor(214, 96, 0, faintest + static_cast<int>(cell.shade * (strongest_shade - faintest))));
        }
        default:
            return {};
    }
}

QVariant TextTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole) return {};
    return orientation == Qt::Vertical ? QVariant(section + 1) : QVariant(titles_.value(section));
}

}  // namespace twinfirm::ui
