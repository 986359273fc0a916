// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "study/localization.h"
#include "twinfirm/app/import_file.h"

namespace twinfirm::ui {

/// The account of an import line by line: what was not stored, what was stored otherwise than it stands, and every rule
/// that changed cells with its count.
class AuditModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { kind, place, column, reason, text, count, column_count };

    explicit AuditModel(const Localization& localization, QObject* parent = nullptr);

    void set_audit(const std::optional<ingest::ImportAudit>& audit);
    void retranslate();

    /// Line of the file that a row of the audit is about, from 1; 0 = none.
    [[nodiscard]] std::int64_t line_of(int row) const;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

  private:
    enum class Kind { rejected, changed, converted };
    struct Line {
        Kind kind;
        std::int64_t line;
        std::int64_t column;
        std::string name;
        std::string code;
        std::string text;
        std::int64_t count;
    };

    [[nodiscard]] QVariant display(const Line& line, int column) const;

    const Localization& localization_;
    std::vector<Line> lines_;
};

}  // namespace twinfirm::ui
