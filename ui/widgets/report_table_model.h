// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <string>

#include "twinfirm/report/table.h"

namespace twinfirm::ui {

/// A table of the report for a view. Numbers appear as in the report, so that screen and paper say the same.
class ReportTableModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    using QAbstractTableModel::QAbstractTableModel;

    void set_table(report::Table table);
    [[nodiscard]] const report::Table& table() const { return table_; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    /// Whether rows can change places: no cell reaches over several.
    [[nodiscard]] bool sortable() const;
    /// By number where the cells begin with one, else by text. What is emphasised (sums) stays below.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

  private:
    report::Table table_;
};

/// The rows whose cell in the first column has that key.
[[nodiscard]] report::Table rows_about(report::Table table, const std::string& key);

}  // namespace twinfirm::ui
