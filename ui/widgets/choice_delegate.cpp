// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/choice_delegate.h"

#include <QComboBox>
#include <algorithm>
#include <utility>

namespace twinfirm::ui {

ChoiceDelegate::ChoiceDelegate(std::function<Choices()> choices, std::function<QString()> accessible_name,
                               QObject* parent)
    : QStyledItemDelegate(parent), choices_(std::move(choices)), accessible_name_(std::move(accessible_name)) {}

QWidget* ChoiceDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const {
    auto* box = new QComboBox(parent);
    box->setAccessibleName(accessible_name_());
    box->setMaxVisibleItems(20);
    box->setEditable(allows_other_texts_);
    box->setInsertPolicy(QComboBox::NoInsert);
    for (const Choice& choice : choices_()) box->addItem(choice.text, choice.value);
    return box;
}

void ChoiceDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
    auto* box = qobject_cast<QComboBox*>(editor);
    if (box == nullptr) return;
    const QVariant value = index.data(Qt::EditRole);
    const int row = box->findData(value);
    box->setCurrentIndex(std::max(0, row));
    if (row < 0 && allows_other_texts_) box->setEditText(value.toString());
}

void ChoiceDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const {
    const auto* box = qobject_cast<QComboBox*>(editor);
    if (box == nullptr) return;
    const bool typed = allows_other_texts_ && box->currentText() != box->itemText(box->currentIndex());
    model->setData(index, typed ? QVariant(box->currentText().trimmed()) : box->currentData(), Qt::EditRole);
}

}  // namespace twinfirm::ui
