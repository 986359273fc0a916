// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "study/localization.h"
#include "study/open_study.h"

namespace twinfirm::ui {

/// The files of the study and how they were read.
class DataFileModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { file, table, encoding, delimiter, header, rows, state, column_count };

    explicit DataFileModel(const OpenStudy& study, QObject* parent = nullptr);

    void refresh();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

  private:
    [[nodiscard]] QString state_text(const DataFile& file) const;

    const OpenStudy& study_;
    int rows_ = 0;  ///< as the views know it
};

/// `firms` as the analyst calls it; another table's name stays as it is.
[[nodiscard]] QString table_label(const std::string& table);

}  // namespace twinfirm::ui
