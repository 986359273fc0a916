// SPDX-License-Identifier: GPL-3.0-or-later
#include "design/variable_list.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <algorithm>
#include <utility>

#include "design/variable_button.h"

namespace twinfirm::ui {

namespace {

constexpr int name_role = Qt::UserRole;
const QString& mime_type() {
    static const QString type = QStringLiteral("application/x-twinfirm-variables");
    return type;
}

}  // namespace

VariableList::VariableList(const Localization& localization, QWidget* parent)
    : QListWidget(parent), localization_(localization) {
    setObjectName(QStringLiteral("variables"));
    setSelectionMode(ExtendedSelection);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setDefaultDropAction(Qt::CopyAction);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextElideMode(Qt::ElideRight);
    connect(this, &QListWidget::itemDoubleClicked, this,
            [this](const QListWidgetItem* item) { offer_roles(visualItemRect(item).bottomLeft()); });
}

void VariableList::set_variables(const std::vector<app::VariableRoles>& variables,
                                 const design::Specification& specification) {
    variables_ = variables;
    // A list that is filled anew would forget what is selected in it.
    while (count() > static_cast<int>(variables.size())) delete takeItem(count() - 1);
    for (std::size_t i = 0; i < variables.size(); ++i) {
        const int row = static_cast<int>(i);
        if (row == count()) addItem(QString());
        const QString text = variable_text(specification, variables[i].name, localization_.language());
        item(row)->setText(text);
        item(row)->setToolTip(text);
        item(row)->setData(name_role, QString::fromStdString(variables[i].name));
    }
}

void VariableList::retranslate() {
    setAccessibleName(tr("Variables of the data"));
    setAccessibleDescription(tr("Drag a variable onto a field, or press Enter to choose what it is to be"));
}

QStringList VariableList::names(const QList<QListWidgetItem*>& items) const {
    QStringList names;
    for (const QListWidgetItem* item : items) names << item->data(name_role).toString();
    return names;
}

QStringList VariableList::dragged(const QMimeData* data) {
    if (data == nullptr || !data->hasFormat(mime_type())) return {};
    return QString::fromUtf8(data->data(mime_type())).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

QMimeData* VariableList::mimeData(const QList<QListWidgetItem*>& items) const {
    auto* variables = new QMimeData;
    const QString text = names(items).join(QLatin1Char('\n'));
    variables->setData(mime_type(), text.toUtf8());
    variables->setText(text);  // for the fields that take any text
    return variables;
}

QStringList VariableList::mimeTypes() const {
    return {mime_type()};
}

void VariableList::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) return QListWidget::keyPressEvent(event);
    if (currentItem() != nullptr) offer_roles(visualItemRect(currentItem()).bottomLeft());
}

void VariableList::contextMenuEvent(QContextMenuEvent* event) {
    const bool by_key = event->reason() == QContextMenuEvent::Keyboard && currentItem() != nullptr;
    offer_roles(by_key ? visualItemRect(currentItem()).bottomLeft() : event->pos());
}

void VariableList::offer_roles(const QPoint& place) {
    QList<QListWidgetItem*> items = selectedItems();
    if (items.isEmpty() && currentItem() != nullptr) items << currentItem();
    if (items.isEmpty()) return;
    const QStringList chosen = names(items);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("variable_roles"));
    const std::pair<VariableRole, QString> roles[] = {{VariableRole::covariate, tr("As a &covariate")},
                                                      {VariableRole::exact, tr("For e&xact matching")},
                                                      {VariableRole::outcome, tr("As an &outcome")},
                                                      {VariableRole::breakdown, tr("As a &breakdown")}};
    for (const auto& [role, text] : roles) {
        QAction* action = menu->addAction(text);
        action->setEnabled(std::any_of(variables_.begin(), variables_.end(), [&, role = role](const auto& variable) {
            return chosen.contains(QString::fromStdString(variable.name)) && can_be(variable, role);
        }));
        connect(action, &QAction::triggered, this, [this, chosen, role = role] { Q_EMIT role_chosen(chosen, role); });
    }
    menu->popup(viewport()->mapToGlobal(place));
}

bool can_be(const app::VariableRoles& variable, VariableRole role) {
    switch (role) {
        case VariableRole::outcome:
            return variable.outcome.has_value();
        case VariableRole::breakdown:
            return variable.breakdown.has_value();
        default:
            return true;
    }
}

}  // namespace twinfirm::ui
