// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/preview_model.h"

#include <QString>

#include "data/personal_data.h"

namespace twinfirm::ui {

namespace {

bool is_text(ingest::ValueType type) {
    return type == ingest::ValueType::text || type == ingest::ValueType::date;
}

}  // namespace

void PreviewModel::set_inspection(const ingest::Inspection& inspection) {
    beginResetModel();
    columns_ = inspection.plan.columns;
    rows_ = inspection.preview;
    endResetModel();
}

void PreviewModel::clear() {
    beginResetModel();
    columns_.clear();
    rows_.clear();
    endResetModel();
}

void PreviewModel::set_masked(bool masked) {
    beginResetModel();
    masked_ = masked;
    endResetModel();
}

int PreviewModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int PreviewModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(columns_.size());
}

QVariant PreviewModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto& row = rows_[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<std::size_t>(index.column());
    if (role == Qt::DisplayRole) {
        if (column >= row.size()) return QString();
        const QString text = QString::fromStdString(row[column]);
        return masked_ && is_personal(columns_[column]) ? masked(text) : text;
    }
    if (role == Qt::TextAlignmentRole) {
        return static_cast<int>((is_text(columns_[column].type) ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    return {};
}

QVariant PreviewModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole) return {};
    if (orientation == Qt::Vertical) return section + 1;
    const auto column = static_cast<std::size_t>(section);
    return column < columns_.size() ? QString::fromStdString(columns_[column].name) : QString();
}

}  // namespace twinfirm::ui
