// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <QStringList>
#include <vector>

namespace twinfirm::ui {

/// A table of texts that is made at once. A cell may be shaded by a share from 0 to 1.
class TextTableModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    struct Cell {
        QString text;
        bool number = false;
        double shade = 0;
    };
    using Row = std::vector<Cell>;

    using QAbstractTableModel::QAbstractTableModel;

    /// Every row has as many cells as there are titles.
    void set_rows(QStringList titles, std::vector<Row> rows);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

  private:
    QStringList titles_;
    std::vector<Row> rows_;
};

}  // namespace twinfirm::ui
