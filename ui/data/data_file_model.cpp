// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_file_model.h"

#include <QCoreApplication>
#include <QStringList>

#include "data/count_text.h"

namespace twinfirm::ui {

QString table_label(const std::string& table) {
    if (table == "firms") return DataFileModel::tr("firms (register)");
    if (table == "panel") return DataFileModel::tr("panel (yearly)");
    if (table == "survey") return DataFileModel::tr("survey (before/after)");
    return QString::fromStdString(table);
}

DataFileModel::DataFileModel(const OpenStudy& study, QObject* parent)
    : QAbstractTableModel(parent), study_(study), rows_(static_cast<int>(study.files().size())) {}

void DataFileModel::refresh() {
    const int now = static_cast<int>(study_.files().size());
    if (now == rows_) {
        if (rows_ > 0) Q_EMIT dataChanged(index(0, 0), index(rows_ - 1, column_count - 1));
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, column_count - 1);
        return;
    }
    beginResetModel();
    rows_ = now;
    endResetModel();
}

int DataFileModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : rows_;
}

int DataFileModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : column_count;
}

QString DataFileModel::state_text(const DataFile& data_file) const {
    if (data_file.audit) {
        if (data_file.audit->rows_rejected == 0) return tr("stored");
        return tr("stored, %1 rows not").arg(count_text(data_file.audit->rows_rejected));
    }
    if (!data_file.ready()) return tr("needs an answer");
    return tr("not stored yet");
}

QVariant DataFileModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto row = static_cast<std::size_t>(index.row());
    if (row >= study_.files().size()) return {};  // about to be refreshed
    const DataFile& data_file = study_.files()[row];
    if (role == Qt::TextAlignmentRole) {
        return static_cast<int>((index.column() == rows ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) return {};
    const auto& inspection = data_file.inspection;
    switch (index.column()) {
        case file:
            return QString::fromStdString(data_file.name);
        case table:
            return table_label(data_file.table);
        case encoding:
            if (!inspection) return QString();
            return QString::fromUtf8(encoding_name(inspection->plan.encoding)).toUpper();
        case delimiter:
            if (!inspection) return QString();
            return inspection->plan.delimiter == '\t' ? tr("tab") : QString(QLatin1Char(inspection->plan.delimiter));
        case header:
            if (!inspection) return QString();
            return inspection->plan.header ? tr("line %1").arg(inspection->plan.preamble_lines + 1) : tr("none");
        case rows:
            if (inspection) return count_text(inspection->rows + inspection->listed_rows);
            return data_file.audit ? count_text(data_file.audit->rows_read) : QString();
        case state:
            return state_text(data_file);
        default:
            return {};
    }
}

QVariant DataFileModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole) return {};
    if (orientation == Qt::Vertical) return section + 1;
    const QStringList names = {tr("File"),   tr("Table"), tr("Encoding"), tr("Delimiter"),
                               tr("Header"), tr("Rows"),  tr("State")};
    return names.value(section);
}

}  // namespace twinfirm::ui
