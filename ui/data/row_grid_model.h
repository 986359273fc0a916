// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "twinfirm/app/stored_rows.h"

namespace twinfirm::ui {

/// Rows of a stored table, all or those that a filter left. Cells are made into texts when they are seen, so that a
/// million rows cost no more than a page.
class RowGridModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    using Rows = std::shared_ptr<const app::StoredRows>;

    using QAbstractTableModel::QAbstractTableModel;

    /// `shown`: the rows that passed a filter; nothing = all of them.
    void show_rows(Rows rows, std::optional<std::vector<std::int64_t>> shown = std::nullopt);
    void set_masked(bool masked);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

  private:
    [[nodiscard]] std::int64_t stored_row(int row) const;

    Rows rows_;
    std::optional<std::vector<std::int64_t>> shown_;
    std::vector<bool> personal_;  ///< by column
    bool masked_ = true;
};

}  // namespace twinfirm::ui
