// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <string>
#include <vector>

#include "twinfirm/app/inspect.h"

namespace twinfirm::ui {

/// The first rows of a file, cell for cell.
class PreviewModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    using QAbstractTableModel::QAbstractTableModel;

    void set_inspection(const ingest::Inspection& inspection);
    void clear();
    /// Hides what identifies a firm or a person; so it is at first.
    void set_masked(bool masked);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

  private:
    std::vector<ingest::ColumnPlan> columns_;
    std::vector<std::vector<std::string>> rows_;
    bool masked_ = true;
};

}  // namespace twinfirm::ui
