// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>
#include <QVariant>
#include <functional>
#include <vector>

namespace twinfirm::ui {

/// Lets the user choose a cell's value (Qt::EditRole) from a list.
class ChoiceDelegate : public QStyledItemDelegate {
    Q_OBJECT

  public:
    struct Choice {
        QString text;
        QVariant value;
    };
    using Choices = std::vector<Choice>;

    /// Both are asked when the list opens, so that they are in the language of that moment.
    ChoiceDelegate(std::function<Choices()> choices, std::function<QString()> accessible_name, QObject* parent);

    /// A text that is not in the list can be typed.
    void allow_other_texts() { allows_other_texts_ = true; }

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;

  private:
    std::function<Choices()> choices_;
    std::function<QString()> accessible_name_;
    bool allows_other_texts_ = false;
};

}  // namespace twinfirm::ui
