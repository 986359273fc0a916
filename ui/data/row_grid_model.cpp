// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_grid_model.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "data/count_text.h"
#include "data/personal_data.h"
#include "twinfirm/app/column_field.h"

namespace twinfirm::ui {

void RowGridModel::show_rows(Rows rows, std::optional<std::vector<std::int64_t>> shown) {
    beginResetModel();
    rows_ = std::move(rows);
    shown_ = std::move(shown);
    personal_.clear();
    if (rows_) {
        for (const store::ColumnDefinition& column : rows_->columns()) {
            const app::CanonicalField* field = app::find_canonical_field(column.field);
            personal_.push_back(field != nullptr && field->sensitive);
        }
    }
    endResetModel();
}

void RowGridModel::set_masked(bool masked) {
    masked_ = masked;
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {Qt::DisplayRole});
}

int RowGridModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid() || !rows_) return 0;
    const std::int64_t rows = shown_ ? static_cast<std::int64_t>(shown_->size()) : rows_->rows();
    return static_cast<int>(std::min<std::int64_t>(rows, std::numeric_limits<int>::max()));
}

int RowGridModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || !rows_ ? 0 : static_cast<int>(rows_->columns().size());
}

std::int64_t RowGridModel::stored_row(int row) const {
    return shown_ ? (*shown_)[static_cast<std::size_t>(row)] : row;
}

QVariant RowGridModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !rows_) return {};
    const auto column = static_cast<std::size_t>(index.column());
    switch (role) {
        case Qt::DisplayRole: {
            const QString text = QString::fromStdString(rows_->text(stored_row(index.row()), column));
            return masked_ && personal_[column] ? masked(text) : text;
        }
        case Qt::TextAlignmentRole: {
            const bool is_text = rows_->columns()[column].type == store::ColumnType::text;
            return static_cast<int>((is_text ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        }
        default:
            return {};
    }
}

QVariant RowGridModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole || !rows_) return {};
    if (orientation == Qt::Vertical) return count_text(stored_row(section) + 1);
    const auto column = static_cast<std::size_t>(section);
    if (column >= rows_->columns().size()) return {};
    const store::ColumnDefinition& definition = rows_->columns()[column];
    const QString name = QString::fromStdString(definition.name);
    return definition.unit.empty() ? name
                                   : QStringLiteral("%1 (%2)").arg(name, QString::fromStdString(definition.unit));
}

}  // namespace twinfirm::ui
