// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <array>

#include "study/step_state.h"

namespace twinfirm::ui {

/// The six steps with their states.
class StepModel : public QAbstractListModel {
    Q_OBJECT

  public:
    static constexpr int state_role = Qt::UserRole;

    using QAbstractListModel::QAbstractListModel;

    void set_states(const std::array<StepState, step_count>& states);
    /// After a change of the language.
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

  private:
    std::array<StepState, step_count> states_{};
};

/// Draws a step with its mark: a tick, an exclamation mark or a turning arrow. The marks are drawn, not written,
/// because not every font has them.
class StepDelegate : public QStyledItemDelegate {
    Q_OBJECT

  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace twinfirm::ui
