// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/table_view.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <algorithm>

namespace twinfirm::ui {

TableView::TableView(QWidget* parent) : QTableView(parent) {
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setAlternatingRowColors(true);
    setTabKeyNavigation(false);
    setWordWrap(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(26);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignCenter);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
}

QString TableView::selected_text() const {
    if (selectionModel() == nullptr) return {};
    QModelIndexList cells = selectionModel()->selectedIndexes();
    std::sort(cells.begin(), cells.end(), [](const QModelIndex& a, const QModelIndex& b) {
        return a.row() != b.row() ? a.row() < b.row() : a.column() < b.column();
    });
    QString text;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (i > 0) text += cells[i].row() == cells[i - 1].row() ? QLatin1Char('\t') : QLatin1Char('\n');
        text += cells[i].data().toString().replace(QLatin1Char('\n'), QLatin1Char(' '));
    }
    return text;
}

void TableView::copy_selection() const {
    if (may_copy_ && !may_copy_()) return;
    QApplication::clipboard()->setText(selected_text());
}

void TableView::fit_columns(int widest) {
    if (model() == nullptr) return;
    resizeColumnsToContents();
    for (int column = 0; column < model()->columnCount(); ++column) {
        if (isColumnHidden(column)) continue;
        setColumnWidth(column, std::min(columnWidth(column) + 8, widest));
    }
}

void TableView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        copy_selection();
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
}

void TableView::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    connect(menu.addAction(tr("Copy")), &QAction::triggered, this, &TableView::copy_selection);
    connect(menu.addAction(tr("Select all")), &QAction::triggered, this, &QTableView::selectAll);
    menu.exec(event->globalPos());
}

}  // namespace twinfirm::ui
