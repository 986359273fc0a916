// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/column_mapping_model.h"

#include <QComboBox>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <numeric>
#include <utility>

#include "twinfirm/app/column_field.h"

namespace twinfirm::ui {

ColumnMappingModel::ColumnMappingModel(const Localization& localization, QObject* parent)
    : QAbstractTableModel(parent), localization_(localization) {}

void ColumnMappingModel::set_inspection(std::optional<ingest::Inspection> inspection) {
    beginResetModel();
    inspection_ = std::move(inspection);
    endResetModel();
}

void ColumnMappingModel::retranslate() {
    beginResetModel();
    endResetModel();
}

int ColumnMappingModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !inspection_ ? 0 : static_cast<int>(inspection_->plan.columns.size());
}

int ColumnMappingModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : column_count;
}

QVariant ColumnMappingModel::display(std::size_t row, int column) const {
    const ingest::ColumnPlan& plan = inspection_->plan.columns[row];
    // A plan that was loaded may name other columns than the inspection found.
    static const ingest::InspectedColumn not_inspected;
    const ingest::InspectedColumn& seen = row < inspection_->columns.size() ? inspection_->columns[row] : not_inspected;
    switch (column) {
        case name:
            return QString::fromStdString(plan.name);
        case field: {
            const app::CanonicalField* known = app::find_canonical_field(plan.field);
            return known == nullptr ? tr("(none)") : localization_.text(known->name);
        }
        case type: {
            const QStringList names = {tr("text"), tr("whole number"), tr("number"), tr("money"),         tr("percent"),
                                       tr("year"), tr("date"),         tr("yes/no"), tr("adoption level")};
            return names.value(static_cast<int>(plan.type));
        }
        case unit:
            return QString::fromStdString(plan.unit);
        case confidence:
            return plan.field.empty() || seen.confidence == 0 ? QString()
                                                              : QStringLiteral("%1%").arg(seen.confidence * 100);
        case values:
            return QLocale().toString(static_cast<qlonglong>(seen.values));
        case missing: {
            const auto count = std::accumulate(seen.missing.begin(), seen.missing.end(), std::int64_t{0},
                                               [](std::int64_t sum, const auto& entry) { return sum + entry.second; });
            return QLocale().toString(static_cast<qlonglong>(count));
        }
        default:
            return {};
    }
}

QVariant ColumnMappingModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !inspection_) return {};
    const auto row = static_cast<std::size_t>(index.row());
    const ingest::ColumnPlan& plan = inspection_->plan.columns[row];
    switch (role) {
        case Qt::DisplayRole:
            return display(row, index.column());
        case Qt::EditRole:
            return index.column() == field ? QString::fromStdString(plan.field) : display(row, index.column());
        case Qt::CheckStateRole:
            if (index.column() != name) return {};
            return static_cast<int>(plan.keep ? Qt::Checked : Qt::Unchecked);
        case Qt::TextAlignmentRole:
            return static_cast<int>((index.column() >= confidence ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case Qt::ToolTipRole:
            if (index.column() != field || row >= inspection_->columns.size()) return {};
            if (inspection_->columns[row].reason.empty()) return {};
            return localization_.text("field_" + inspection_->columns[row].reason);
        default:
            return {};
    }
}

QVariant ColumnMappingModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole) return {};
    if (orientation == Qt::Vertical) return section + 1;
    const QStringList names = {tr("Column"),     tr("Meaning"), tr("Type"),   tr("Unit"),
                               tr("Confidence"), tr("Values"),  tr("Missing")};
    return names.value(section);
}

Qt::ItemFlags ColumnMappingModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.column() == name) flags |= Qt::ItemIsUserCheckable;
    if (index.column() == field) flags |= Qt::ItemIsEditable;
    return flags;
}

bool ColumnMappingModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !inspection_) return false;
    const auto row = static_cast<std::size_t>(index.row());
    if (index.column() == field && role == Qt::EditRole) {
        if (value.toString().toStdString() == inspection_->plan.columns[row].field) return false;
        Q_EMIT field_chosen(row, value.toString());
        return true;
    }
    if (index.column() == name && role == Qt::CheckStateRole) {
        Q_EMIT keep_chosen(row, value.toInt() == Qt::Checked);
        return true;
    }
    return false;
}

FieldDelegate::FieldDelegate(const Localization& localization, QObject* parent)
    : QStyledItemDelegate(parent), localization_(localization) {}

QWidget* FieldDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const {
    auto* box = new QComboBox(parent);
    box->setAccessibleName(tr("Meaning of the column"));
    box->setMaxVisibleItems(20);
    box->addItem(tr("(none)"), QString());
    for (const app::CanonicalField& field : app::canonical_fields()) {
        box->addItem(localization_.text(field.name), QString::fromStdString(field.key));
    }
    return box;
}

void FieldDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
    auto* box = qobject_cast<QComboBox*>(editor);
    if (box != nullptr) box->setCurrentIndex(std::max(0, box->findData(index.data(Qt::EditRole))));
}

void FieldDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const {
    const auto* box = qobject_cast<QComboBox*>(editor);
    if (box != nullptr) model->setData(index, box->currentData(), Qt::EditRole);
}

}  // namespace twinfirm::ui
