// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report_table.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QResizeEvent>
#include <QStringList>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "twinfirm/report/document.h"
#include "widgets/report_table_model.h"
#include "widgets/table_view.h"

namespace twinfirm::ui {

namespace {

constexpr int notes_margin = 2;

}  // namespace

ReportTable::ReportTable(const QString& name, QWidget* parent)
    : QWidget(parent),
      caption_(new QLabel(this)),
      unit_(new QLabel(this)),
      view_(new TableView(this)),
      notes_(new QPlainTextEdit(this)),
      model_(new ReportTableModel(this)) {
    caption_->setObjectName(QStringLiteral("table_caption"));
    caption_->setWordWrap(true);
    unit_->setObjectName(QStringLiteral("table_unit"));
    notes_->setObjectName(QStringLiteral("table_notes"));
    notes_->setReadOnly(true);
    notes_->setTabChangesFocus(true);
    notes_->setFrameShape(QFrame::NoFrame);
    notes_->document()->setDocumentMargin(notes_margin);
    view_->setObjectName(name);
    view_->setModel(model_);
    view_->setMinimumHeight(110);
    view_->setAccessibleName(tr("Table"));
    notes_->setAccessibleName(tr("Notes to the table"));
    // Rows that changed places take their heights along.
    connect(model_, &QAbstractItemModel::layoutChanged, this, &ReportTable::fit_rows);
    auto* top = new QHBoxLayout;
    top->addWidget(caption_, 1);
    top->addWidget(unit_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(top);
    layout->addWidget(view_, 1);
    layout->addWidget(notes_);
}

void ReportTable::show_table(report::Table table, Language language) {
    caption_->setText(QString::fromStdString(table.caption));
    unit_->setText(QString::fromStdString(report::unit_line(table, language)));
    QStringList notes;
    for (const std::string& line : report::note_lines(table.notes, language)) notes << QString::fromStdString(line);
    const QString all_notes = notes.join(QLatin1Char('\n'));
    show_notes(all_notes);
    view_->setAccessibleName(caption_->text());
    view_->setAccessibleDescription(all_notes);
    model_->set_table(std::move(table));
    merge_cells();
    view_->set_sortable(model_->sortable());
    view_->setColumnHidden(0, hides_first_column_);
    view_->fit_columns(340);
    fit_rows();
}

void ReportTable::show_notes(const QString& text) {
    notes_->setPlainText(text);
    notes_->setAccessibleName(tr("Notes to the table"));
    notes_->setVisible(!text.isEmpty());
    fit_notes();
}

/// Long notes must not push the table away: they take a quarter of the room, and scroll.
void ReportTable::fit_notes() {
    const QFontMetrics metrics = notes_->fontMetrics();
    const int line = metrics.lineSpacing();
    const int text_width = std::max(100, width() - 2 * notes_margin - 16);
    const int wanted =
        metrics.boundingRect(QRect(0, 0, text_width, 0), Qt::TextWordWrap, notes_->toPlainText()).height();
    const int most_lines = std::clamp(height() / 4 / line, 3, 8);
    notes_->setFixedHeight(std::min((wanted + line - 1) / line, most_lines) * line + 2 * notes_margin);
}

void ReportTable::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit_notes();
}

void ReportTable::merge_cells() {
    view_->clearSpans();
    const auto& rows = model_->table().rows;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t column = 0; column < rows[row].size(); ++column) {
            const report::Cell& cell = rows[row][column];
            if ((column == 0 && hides_first_column_) || cell.covered || (cell.row_span == 1 && cell.column_span == 1))
                continue;
            view_->setSpan(static_cast<int>(row), static_cast<int>(column), cell.row_span, cell.column_span);
        }
    }
}

void ReportTable::fit_rows() {
    const auto& rows = model_->table().rows;
    const int line = view_->fontMetrics().lineSpacing();
    for (std::size_t row = 0; row < rows.size(); ++row) {
        int lines = 1;
        for (const report::Cell& cell : rows[row]) {
            if (!cell.covered)
                lines = std::max(lines, 1 + static_cast<int>(std::count(cell.text.begin(), cell.text.end(), '\n')));
        }
        view_->setRowHeight(static_cast<int>(row), lines * line + 10);
    }
}

}  // namespace twinfirm::ui
