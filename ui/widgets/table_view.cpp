// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/table_view.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <algorithm>
#include <utility>

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
    connect(horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int column) {
        if (!sortable_) return;
        const QHeaderView* header = horizontalHeader();
        const bool again = header->isSortIndicatorShown() && header->sortIndicatorSection() == column &&
                           header->sortIndicatorOrder() == Qt::AscendingOrder;
        sort_by(column, again ? Qt::DescendingOrder : Qt::AscendingOrder);
    });
}

QModelIndexList TableView::selected_cells() const {
    if (selectionModel() == nullptr) return {};
    QModelIndexList cells = selectionModel()->selectedIndexes();
    std::sort(cells.begin(), cells.end(), [](const QModelIndex& a, const QModelIndex& b) {
        return a.row() != b.row() ? a.row() < b.row() : a.column() < b.column();
    });
    return cells;
}

QString TableView::selected_text() const {
    const QModelIndexList cells = selected_cells();
    QString text;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (i > 0) text += cells[i].row() == cells[i - 1].row() ? QLatin1Char('\t') : QLatin1Char('\n');
        text += cells[i].data().toString().replace(QLatin1Char('\n'), QLatin1Char(' '));
    }
    return text;
}

QString TableView::selected_html() const {
    const QModelIndexList cells = selected_cells();
    QString html = QStringLiteral("<table border='1' cellspacing='0' cellpadding='3'>");
    const auto add_row = [&](const QString& row) { html += QStringLiteral("<tr>%1</tr>").arg(row); };
    const auto text_of = [](const QVariant& value) {
        return value.toString().toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>"));
    };
    if (cells.size() > 1) {
        QString headings;
        for (qsizetype i = 0; i < cells.size() && cells[i].row() == cells.front().row(); ++i) {
            headings +=
                QStringLiteral("<th>%1</th>").arg(text_of(model()->headerData(cells[i].column(), Qt::Horizontal)));
        }
        add_row(headings);
    }
    QString row;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const bool is_right = cells[i].data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
        row += QStringLiteral("<td align='%1'>%2</td>")
                   .arg(is_right ? QStringLiteral("right") : QStringLiteral("left"), text_of(cells[i].data()));
        if (i + 1 < cells.size() && cells[i + 1].row() == cells[i].row()) continue;
        add_row(std::exchange(row, {}));
    }
    return html + QStringLiteral("</table>");
}

void TableView::copy_selection() const {
    if (may_copy_ && !may_copy_()) return;
    auto* content = new QMimeData;
    content->setText(selected_text());
    content->setHtml(selected_html());
    QApplication::clipboard()->setMimeData(content);
}

void TableView::set_sortable(bool sortable) {
    sortable_ = sortable;
    horizontalHeader()->setSectionsClickable(sortable);
    horizontalHeader()->setSortIndicatorShown(false);
}

void TableView::sort_by(int column, Qt::SortOrder order) {
    horizontalHeader()->setSortIndicatorShown(true);
    horizontalHeader()->setSortIndicator(column, order);
    model()->sort(column, order);
}

void TableView::fit_columns(int widest) {
    if (model() == nullptr) return;
    resizeColumnsToContents();
    for (int column = 0; column < model()->columnCount(); ++column) {
        if (isColumnHidden(column)) continue;
        const int title = horizontalHeader()->sectionSizeHint(column);
        setColumnWidth(column, std::max(title, std::min(columnWidth(column) + 8, widest)));
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
    if (sortable_ && currentIndex().isValid()) {
        menu.addSeparator();
        const int column = currentIndex().column();
        connect(menu.addAction(tr("Sort by this column, rising")), &QAction::triggered, this,
                [this, column] { sort_by(column, Qt::AscendingOrder); });
        connect(menu.addAction(tr("Sort by this column, falling")), &QAction::triggered, this,
                [this, column] { sort_by(column, Qt::DescendingOrder); });
    }
    menu.exec(event->globalPos());
}

}  // namespace twinfirm::ui
