// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/column_mapping_model.h"

#include <QStringList>
#include <algorithm>
#include <numeric>
#include <utility>

#include "data/count_text.h"
#include "twinfirm/app/column_field.h"

namespace twinfirm::ui {

namespace {

/// In the order of ingest::ValueType.
QStringList type_names() {
    return {ColumnMappingModel::tr("text"),          ColumnMappingModel::tr("whole number"),
            ColumnMappingModel::tr("number"),        ColumnMappingModel::tr("money"),
            ColumnMappingModel::tr("percent"),       ColumnMappingModel::tr("year"),
            ColumnMappingModel::tr("date"),          ColumnMappingModel::tr("yes/no"),
            ColumnMappingModel::tr("adoption level")};
}

}  // namespace

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
        case type:
            return type_names().value(static_cast<int>(plan.type));
        case unit:
            return QString::fromStdString(plan.unit);
        case confidence:
            return plan.field.empty() || seen.confidence == 0 ? QString()
                                                              : QStringLiteral("%1%").arg(seen.confidence * 100);
        case values:
            return count_text(seen.values);
        case missing: {
            const auto count = std::accumulate(seen.missing.begin(), seen.missing.end(), std::int64_t{0},
                                               [](std::int64_t sum, const auto& entry) { return sum + entry.second; });
            return count_text(count);
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
            if (index.column() == field) return QString::fromStdString(plan.field);
            if (index.column() == type) return static_cast<int>(plan.type);
            return display(row, index.column());
        case Qt::CheckStateRole:
            if (index.column() != name) return {};
            return static_cast<int>(plan.keep ? Qt::Checked : Qt::Unchecked);
        case Qt::TextAlignmentRole:
            return static_cast<int>((index.column() >= confidence ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case Qt::ToolTipRole:
            if (index.column() == type || index.column() == unit) return tr("Press Enter or click to change it");
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
    if (index.column() == field || index.column() == type || index.column() == unit) flags |= Qt::ItemIsEditable;
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
    if (index.column() == type && role == Qt::EditRole) {
        if (value.toInt() == static_cast<int>(inspection_->plan.columns[row].type)) return false;
        Q_EMIT type_chosen(row, value.toInt());
        return true;
    }
    if (index.column() == unit && role == Qt::EditRole) {
        if (value.toString().toStdString() == inspection_->plan.columns[row].unit) return false;
        Q_EMIT unit_chosen(row, value.toString());
        return true;
    }
    if (index.column() == name && role == Qt::CheckStateRole) {
        Q_EMIT keep_chosen(row, value.toInt() == Qt::Checked);
        return true;
    }
    return false;
}

ChoiceDelegate* field_delegate(const Localization& localization, QObject* parent) {
    return new ChoiceDelegate(
        [&localization] {
            ChoiceDelegate::Choices choices = {{ColumnMappingModel::tr("(none)"), QString()}};
            for (const app::CanonicalField& field : app::canonical_fields()) {
                choices.push_back({localization.text(field.name), QString::fromStdString(field.key)});
            }
            return choices;
        },
        [] { return ColumnMappingModel::tr("Meaning of the column"); }, parent);
}

ChoiceDelegate* type_delegate(QObject* parent) {
    return new ChoiceDelegate(
        [] {
            ChoiceDelegate::Choices choices;
            const QStringList names = type_names();
            for (int i = 0; i < names.size(); ++i) choices.push_back({names[i], i});
            return choices;
        },
        [] { return ColumnMappingModel::tr("Type of the column"); }, parent);
}

ChoiceDelegate* unit_delegate(QObject* parent) {
    auto* delegate = new ChoiceDelegate(
        [] {
            ChoiceDelegate::Choices choices = {{ColumnMappingModel::tr("(none)"), QString()}};
            for (const char* unit : {"원", "천원", "백만원", "억원", "%", "%p", "명", "개사", "건", "일", "시간"}) {
                choices.push_back({QString::fromUtf8(unit), QString::fromUtf8(unit)});
            }
            return choices;
        },
        [] { return ColumnMappingModel::tr("Unit of the column"); }, parent);
    delegate->allow_other_texts();
    return delegate;
}

}  // namespace twinfirm::ui
