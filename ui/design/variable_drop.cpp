// SPDX-License-Identifier: GPL-3.0-or-later
#include "design/variable_drop.h"

#include <QAbstractScrollArea>
#include <QDropEvent>
#include <QStyle>
#include <QWidget>
#include <utility>

#include "design/variable_list.h"

namespace twinfirm::ui {

VariableDrop::VariableDrop(QWidget& field, std::function<bool(const QStringList&)> takes,
                           std::function<void(const QStringList&)> take)
    : QObject(&field), field_(field), takes_(std::move(takes)), take_(std::move(take)) {
    auto* area = qobject_cast<QAbstractScrollArea*>(&field);
    QWidget* target = area != nullptr ? area->viewport() : &field;
    target->setAcceptDrops(true);
    target->installEventFilter(this);
}

bool VariableDrop::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::DragEnter:
        case QEvent::DragMove:
            return take_or_refuse(*static_cast<QDropEvent*>(event), false);
        case QEvent::Drop:
            return take_or_refuse(*static_cast<QDropEvent*>(event), true);
        case QEvent::DragLeave:
            mark(false);
            break;
        default:
            break;
    }
    return QObject::eventFilter(watched, event);
}

/// True: these are variables, and the event is dealt with.
bool VariableDrop::take_or_refuse(QDropEvent& event, bool dropped) {
    const QStringList names = VariableList::dragged(event.mimeData());
    if (names.isEmpty()) return false;
    const bool takes = field_.isEnabled() && takes_(names);
    mark(takes && !dropped);
    if (!takes) {
        event.ignore();
        return true;
    }
    event.setDropAction(Qt::CopyAction);
    event.accept();
    if (dropped) take_(names);
    return true;
}

void VariableDrop::mark(bool held) {
    if (field_.property("drop").toBool() == held) return;
    field_.setProperty("drop", held);
    field_.style()->unpolish(&field_);
    field_.style()->polish(&field_);
}

}  // namespace twinfirm::ui
