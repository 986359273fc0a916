// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <optional>

#include "study/localization.h"
#include "twinfirm/app/inspect.h"
#include "widgets/choice_delegate.h"

namespace twinfirm::ui {

/// How each column of a file is read. Its meaning (canonical field), type and unit can be changed, and whether it is
/// stored; the model asks for the change, whoever owns the file makes it.
class ColumnMappingModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { name, field, type, unit, confidence, values, missing, column_count };

    explicit ColumnMappingModel(const Localization& localization, QObject* parent = nullptr);

    void set_inspection(std::optional<ingest::Inspection> inspection);
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;

  Q_SIGNALS:
    void field_chosen(std::size_t column, const QString& field);
    void type_chosen(std::size_t column, int type);
    void unit_chosen(std::size_t column, const QString& unit);
    void keep_chosen(std::size_t column, bool keep);

  private:
    [[nodiscard]] QVariant display(std::size_t row, int column) const;

    const Localization& localization_;
    std::optional<ingest::Inspection> inspection_;
};

/// What the cells of the model can be changed to.
[[nodiscard]] ChoiceDelegate* field_delegate(const Localization& localization, QObject* parent);
[[nodiscard]] ChoiceDelegate* type_delegate(QObject* parent);
[[nodiscard]] ChoiceDelegate* unit_delegate(QObject* parent);

}  // namespace twinfirm::ui
