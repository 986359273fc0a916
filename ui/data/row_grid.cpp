// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_grid.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "data/count_text.h"
#include "widgets/table_view.h"

namespace twinfirm::ui {

namespace {

constexpr int typing_pause = 250;  ///< milliseconds
constexpr int column_width = 116;

}  // namespace

RowGrid::RowGrid(OpenStudy& study, const Localization& localization, QWidget* parent)
    : QWidget(parent),
      study_(study),
      localization_(localization),
      model_(new RowGridModel(this)),
      column_label_(new QLabel(this)),
      column_(new QComboBox(this)),
      text_label_(new QLabel(this)),
      text_(new QLineEdit(this)),
      count_(new QLabel(this)),
      view_(new TableView(this)) {
    column_->setObjectName(QStringLiteral("grid_column"));
    column_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    text_->setObjectName(QStringLiteral("grid_filter"));
    text_->setClearButtonEnabled(true);
    text_->setMinimumWidth(110);
    count_->setObjectName(QStringLiteral("grid_count"));
    column_label_->setBuddy(column_);
    text_label_->setBuddy(text_);
    view_->setObjectName(QStringLiteral("grid"));
    view_->setModel(model_);
    view_->verticalHeader()->show();
    // Widths and heights that follow from the cells would have to look at every row.
    view_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view_->verticalHeader()->setFixedWidth(84);
    view_->horizontalHeader()->setDefaultSectionSize(column_width);
    pause_.setSingleShot(true);
    pause_.setInterval(typing_pause);

    auto* top = new QHBoxLayout;
    top->addWidget(column_label_);
    top->addWidget(column_);
    top->addWidget(text_label_);
    top->addWidget(text_, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addLayout(top);
    layout->addWidget(count_);
    layout->addWidget(view_, 1);
    connect(text_, &QLineEdit::textChanged, &pause_, qOverload<>(&QTimer::start));
    connect(column_, &QComboBox::activated, this, &RowGrid::filter);
    connect(&pause_, &QTimer::timeout, this, &RowGrid::filter);
    study_.add_reader(reading_);
    connect(&study_.jobs(), &JobRunner::started, this, [this] {
        if (reading_.running() && !rows_) outdated_ = true;
    });
    connect(&study_.jobs(), &JobRunner::finished, this, &RowGrid::read, Qt::QueuedConnection);
    connect(&study_, &OpenStudy::files_changed, this, [this] {
        outdated_ = true;
        read();
    });
}

void RowGrid::set_table(const std::string& table) {
    if (table == table_) return;
    table_ = table;
    rows_.reset();
    model_->show_rows(nullptr);
    column_->clear();
    outdated_ = true;
    read();
}

void RowGrid::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    read();
}

void RowGrid::read() {
    if (!outdated_ || !isVisible() || reading_.running() || study_.jobs().running()) return;
    if (table_.empty() || study_.project_file().empty()) return show_count();
    outdated_ = false;
    count_->setText(tr("Reading…"));
    reading_.run<RowGridModel::Rows>(
        [path = study_.project_file(), table = table_](const CancellationToken& token, const ProgressSink& progress) {
            return app::StoredRows::read(path, table, token, progress);
        },
        [this, table = table_](Result<RowGridModel::Rows> rows) {
            if (table != table_) {
                outdated_ = true;
                return read();
            }
            if (rows) return take_rows(std::move(*rows));
            outdated_ = true;
            if (rows.error().kind != ErrorKind::cancelled) study_.report(rows.error());
        });
}

void RowGrid::take_rows(RowGridModel::Rows rows) {
    rows_ = std::move(rows);
    const QString before = column_->currentText();
    column_->clear();
    for (const store::ColumnDefinition& column : rows_->columns()) {
        column_->addItem(QString::fromStdString(column.name));
    }
    column_->setCurrentIndex(std::max(0, column_->findText(before)));
    filter();
}

void RowGrid::filter() {
    if (!rows_) return;
    if (reading_.running()) {
        filter_again_ = true;
        return reading_.cancel();
    }
    const auto wanted = app::parse_row_filter(text_->text().toStdString());
    if (!wanted || column_->currentIndex() < 0) {
        model_->show_rows(rows_);
        return show_count();
    }
    using Found = std::vector<std::int64_t>;
    count_->setText(tr("Filtering…"));
    reading_.run<Found>(
        [rows = rows_, column = static_cast<std::size_t>(column_->currentIndex()), wanted](
            const CancellationToken& token, const ProgressSink&) { return rows->matching(column, *wanted, token); },
        [this, rows = rows_](Result<Found> found) {
            if (outdated_) return read();
            if (std::exchange(filter_again_, false)) return filter();
            if (found && rows == rows_) model_->show_rows(rows_, std::move(*found));
            show_count();
        });
}

void RowGrid::show_count() {
    if (table_.empty() || !rows_) {
        count_->setText(tr("Import the file to see its rows here."));
        return;
    }
    count_->setText(tr("%1 of %2 rows").arg(count_text(model_->rowCount()), count_text(rows_->rows())));
}

void RowGrid::retranslate() {
    column_label_->setText(tr("Fi&lter column"));
    column_->setAccessibleName(tr("Column of the filter"));
    text_label_->setText(tr("S&hows"));
    text_->setAccessibleName(tr("Filter"));
    text_->setPlaceholderText(tr("part of a text, >100, 10..20, = (without a value)"));
    view_->setAccessibleName(tr("Rows of the stored table"));
    show_count();
}

}  // namespace twinfirm::ui
