// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/step_model.h"

#include <QPainter>
#include <QPainterPath>
#include <QStringList>

#include "window/colors.h"

namespace twinfirm::ui {

namespace {

constexpr int row_height = 44;
constexpr double mark_size = 16;

void draw_tick(QPainter& painter, const QRectF& box, const QColor& color) {
    QPainterPath path(QPointF(box.left() + 2, box.center().y()));
    path.lineTo(box.left() + 6.5, box.bottom() - 3.5);
    path.lineTo(box.right() - 1.5, box.top() + 3.5);
    painter.setPen(QPen(color, 2.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
}

void draw_exclamation(QPainter& painter, const QRectF& box, const QColor& color) {
    painter.setPen(QPen(color, 2.6, Qt::SolidLine, Qt::RoundCap));
    const double x = box.center().x();
    painter.drawLine(QPointF(x, box.top() + 2), QPointF(x, box.bottom() - 6));
    painter.drawPoint(QPointF(x, box.bottom() - 1.5));
}

void draw_turning_arrow(QPainter& painter, const QRectF& box, const QColor& color) {
    const QRectF circle = box.adjusted(2, 2, -2, -2);
    painter.setPen(QPen(color, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawArc(circle, 60 * 16, -300 * 16);
    // The arrow's head at the end of the arc (120 degrees).
    const QPointF tip(circle.center().x() - circle.width() * 0.25, circle.center().y() - circle.height() * 0.43);
    painter.drawLine(tip, tip + QPointF(-1, 4.5));
    painter.drawLine(tip, tip + QPointF(-4.5, -1));
}

void draw_mark(QPainter& painter, StepState state, const QRectF& box, Scheme scheme) {
    const auto color = [scheme](const char* role) { return scheme_color(scheme, QString::fromLatin1(role)); };
    switch (state) {
        case StepState::open:
            return;
        case StepState::done:
            return draw_tick(painter, box, color("done"));
        case StepState::attention:
            return draw_exclamation(painter, box, color("attention"));
        case StepState::stale:
            return draw_turning_arrow(painter, box, color("stale"));
    }
}

}  // namespace

void StepModel::set_states(const std::array<StepState, step_count>& states) {
    states_ = states;
    Q_EMIT dataChanged(index(0), index(static_cast<int>(step_count) - 1));
}

void StepModel::retranslate() {
    Q_EMIT dataChanged(index(0), index(static_cast<int>(step_count) - 1));
}

int StepModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(step_count);
}

QVariant StepModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const QStringList names = {tr("Data"),       tr("Design"), tr("Matching and balance"),  tr("Effects"),
                               tr("Breakdowns"), tr("Report"), tr("Surveys and technology")};
    const StepState state = states_[static_cast<std::size_t>(index.row())];
    const QString name = QStringLiteral("%1  %2").arg(index.row() + 1).arg(names[index.row()]);
    switch (role) {
        case Qt::DisplayRole:
            return name;
        case Qt::AccessibleTextRole:
        case Qt::ToolTipRole: {
            const QStringList states = {tr("not begun"), tr("done"), tr("needs attention"), tr("to be computed again")};
            return QStringLiteral("%1: %2").arg(name, states[static_cast<int>(state)]);
        }
        case state_role:
            return static_cast<int>(state);
        default:
            return {};
    }
}

void StepDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QStyledItemDelegate::paint(painter, option, index);
    const QRectF cell = option.rect;
    const QRectF box(cell.right() - mark_size - 10, cell.center().y() - mark_size / 2, mark_size, mark_size);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    draw_mark(*painter, static_cast<StepState>(index.data(StepModel::state_role).toInt()), box,
              scheme_of(option.palette));
    painter->restore();
}

QSize StepDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(row_height);
    size.setWidth(0);  // as wide as the view, so that the mark stands at its right edge
    return size;
}

}  // namespace twinfirm::ui
