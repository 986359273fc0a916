// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/audit_model.h"

#include <QStringList>

#include "data/count_text.h"

namespace twinfirm::ui {

AuditModel::AuditModel(const Localization& localization, QObject* parent)
    : QAbstractTableModel(parent), localization_(localization) {}

void AuditModel::set_audit(const std::optional<ingest::ImportAudit>& audit) {
    beginResetModel();
    lines_.clear();
    if (audit) {
        for (const auto& cell : audit->rejected) {
            lines_.push_back({Kind::rejected, cell.line, cell.column, cell.name, "row_" + cell.reason, cell.text, 1});
        }
        for (const auto& cell : audit->changed) {
            lines_.push_back({Kind::changed, cell.line, cell.column, cell.name, "row_" + cell.reason, cell.text, 1});
        }
        for (const auto& rule : audit->conversions) {
            lines_.push_back({Kind::converted, 0, 0, rule.column, "rule_" + rule.rule, {}, rule.count});
        }
    }
    endResetModel();
}

void AuditModel::retranslate() {
    beginResetModel();
    endResetModel();
}

std::int64_t AuditModel::line_of(int row) const {
    return row < 0 || row >= rowCount() ? 0 : lines_[static_cast<std::size_t>(row)].line;
}

int AuditModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(lines_.size());
}

int AuditModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : column_count;
}

QVariant AuditModel::display(const Line& line, int which) const {
    switch (which) {
        case kind: {
            const QStringList names = {tr("not stored"), tr("changed"), tr("conversion")};
            return names.value(static_cast<int>(line.kind));
        }
        case place:
            if (line.line == 0) return QString();
            if (line.column == 0) return QString::number(line.line);
            return QStringLiteral("%1:%2").arg(line.line).arg(line.column);
        case column:
            return QString::fromStdString(line.name);
        case reason:
            return localization_.text(line.code);
        case text:
            return QString::fromStdString(line.text);
        case count:
            return count_text(line.count);
        default:
            return {};
    }
}

QVariant AuditModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    if (role == Qt::DisplayRole) return display(lines_[static_cast<std::size_t>(index.row())], index.column());
    if (role == Qt::ToolTipRole && line_of(index.row()) > 0) return tr("Press Enter to see the line in the file");
    if (role == Qt::TextAlignmentRole) {
        const bool is_number = index.column() == place || index.column() == count;
        return static_cast<int>((is_number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    return {};
}

QVariant AuditModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole) return {};
    if (orientation == Qt::Vertical) return section + 1;
    const QStringList names = {tr("What"),   tr("Line:column"),   tr("Column"),
                               tr("Reason"), tr("Value in file"), tr("Cells or rows")};
    return names.value(section);
}

}  // namespace twinfirm::ui
