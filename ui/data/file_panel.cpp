// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/file_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTabWidget>
#include <QTextBlock>
#include <QTextCursor>
#include <QVBoxLayout>

#include "data/audit_model.h"
#include "data/check_panel.h"
#include "data/column_mapping_model.h"
#include "data/count_text.h"
#include "data/data_file_model.h"
#include "data/personal_data.h"
#include "data/preview_model.h"
#include "data/question_list.h"
#include "data/raw_text.h"
#include "data/row_grid.h"
#include "widgets/table_view.h"

namespace twinfirm::ui {

namespace {

constexpr int raw_lines = 100;
enum Tab { preview_tab, columns_tab, questions_tab, audit_tab, grid_tab, check_tab };

}  // namespace

FilePanel::FilePanel(OpenStudy& study, const Localization& localization, QWidget* parent)
    : QWidget(parent),
      study_(study),
      localization_(localization),
      table_label_(new QLabel(this)),
      table_(new QComboBox(this)),
      tabs_(new QTabWidget(this)),
      questions_(new QuestionList(localization, this)),
      grid_(new RowGrid(study, localization, this)),
      check_(new CheckPanel(study, localization, this)) {
    table_->setObjectName(QStringLiteral("file_table"));
    table_->setMinimumWidth(220);
    table_label_->setBuddy(table_);
    tabs_->setObjectName(QStringLiteral("file_tabs"));
    build_preview_tab();
    build_columns_tab();
    tabs_->addTab(questions_, {});
    build_audit_tab();
    tabs_->addTab(grid_, {});
    tabs_->addTab(check_, {});

    auto* top = new QHBoxLayout;
    top->addWidget(table_label_);
    top->addWidget(table_);
    top->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(top);
    layout->addWidget(tabs_, 1);

    connect(table_, &QComboBox::activated, this,
            [this] { study_.set_table(index_, table_->currentData().toString().toStdString()); });
    // Queued: the change resets the model, which must not happen while its editor hands over the choice.
    connect(
        columns_, &ColumnMappingModel::field_chosen, this,
        [this](std::size_t column, const QString& field) { study_.set_field(index_, column, field.toStdString()); },
        Qt::QueuedConnection);
    connect(
        columns_, &ColumnMappingModel::type_chosen, this,
        [this](std::size_t column, int type) { study_.set_type(index_, column, static_cast<ingest::ValueType>(type)); },
        Qt::QueuedConnection);
    connect(
        columns_, &ColumnMappingModel::unit_chosen, this,
        [this](std::size_t column, const QString& unit) { study_.set_unit(index_, column, unit.toStdString()); },
        Qt::QueuedConnection);
    connect(
        columns_, &ColumnMappingModel::keep_chosen, this,
        [this](std::size_t column, bool keep) { study_.set_keep(index_, column, keep); }, Qt::QueuedConnection);
    connect(
        questions_, &QuestionList::answered, this,
        [this](const QString& question, const QString& choice) {
            study_.answer_question(index_, question.toStdString(), choice.toStdString());
        },
        Qt::QueuedConnection);
    connect(audit_view_, &QAbstractItemView::activated, this,
            [this](const QModelIndex& index) { jump_to(audit_->line_of(index.row())); });
    retranslate();
}

void FilePanel::jump_to(std::int64_t line) {
    const DataFile* shown = file();
    if (line < 1 || shown == nullptr || !shown->inspection || reading_.running()) return;
    reading_.run<LinesOfFile>(
        [path = shown->path, encoding = shown->inspection->plan.encoding, line](
            const CancellationToken& token, const ProgressSink&) { return lines_around(path, encoding, line, token); },
        [this, line](Result<LinesOfFile> found) {
            if (!found) return study_.report(found.error());
            show_lines(*found, line);
        });
}

void FilePanel::show_lines(const LinesOfFile& found, std::int64_t line) {
    const DataFile* shown = file();
    if (shown == nullptr || !shown->inspection) return;
    QStringList lines;
    for (const QString& text : found.lines) {
        const QString number = QString::number(found.first + lines.size());
        lines << number + QStringLiteral(":  ") +
                     (show_personal_->isChecked() ? text : masked_line(text, shown->inspection->plan));
    }
    raw_->setPlainText(lines.join(QLatin1Char('\n')));
    tabs_->setCurrentIndex(preview_tab);
    QTextCursor cursor(raw_->document()->findBlockByNumber(static_cast<int>(line - found.first)));
    cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    raw_->setTextCursor(cursor);
    raw_->setFocus();
}

void FilePanel::build_preview_tab() {
    // Made in the order of the page: Tab goes by it.
    show_personal_ = new QCheckBox(this);
    show_personal_->setObjectName(QStringLiteral("show_personal"));
    connect(show_personal_, &QCheckBox::toggled, this, [this](bool shows) {
        show_preview(file());
        grid_->set_masked(!shows);
    });
    auto* splitter = new QSplitter(Qt::Horizontal, tabs_);
    splitter->setChildrenCollapsible(false);
    const auto add_side = [&](QLabel*& title, QWidget* contents) {
        auto* side = new QWidget(splitter);
        auto* layout = new QVBoxLayout(side);
        layout->setContentsMargins(4, 4, 4, 4);
        title = new QLabel(side);
        layout->addWidget(title);
        layout->addWidget(contents, 1);
        splitter->addWidget(side);
    };
    raw_ = new QPlainTextEdit(this);
    raw_->setObjectName(QStringLiteral("raw_text"));
    raw_->setReadOnly(true);
    raw_->setTabChangesFocus(true);
    raw_->setLineWrapMode(QPlainTextEdit::NoWrap);
    preview_ = new PreviewModel(this);
    preview_view_ = new TableView(this);
    preview_view_->setObjectName(QStringLiteral("preview"));
    preview_view_->setModel(preview_);
    add_side(raw_title_, raw_);
    add_side(parsed_title_, preview_view_);
    splitter->setSizes({300, 500});
    auto* page = new QWidget(tabs_);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addWidget(show_personal_);
    layout->addWidget(splitter, 1);
    tabs_->addTab(page, {});
}

void FilePanel::build_columns_tab() {
    columns_ = new ColumnMappingModel(localization_, this);
    columns_view_ = new TableView(this);
    columns_view_->setObjectName(QStringLiteral("columns"));
    columns_view_->setModel(columns_);
    columns_view_->setItemDelegateForColumn(ColumnMappingModel::field, field_delegate(localization_, this));
    columns_view_->setItemDelegateForColumn(ColumnMappingModel::type, type_delegate(this));
    columns_view_->setItemDelegateForColumn(ColumnMappingModel::unit, unit_delegate(this));
    columns_view_->setEditTriggers(QAbstractItemView::AllEditTriggers);
    tabs_->addTab(columns_view_, {});
}

void FilePanel::build_audit_tab() {
    auto* page = new QWidget(tabs_);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(8, 8, 8, 8);
    audit_summary_ = new QLabel(page);
    audit_summary_->setObjectName(QStringLiteral("audit_summary"));
    audit_summary_->setWordWrap(true);
    audit_summary_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    audit_ = new AuditModel(localization_, this);
    audit_view_ = new TableView(page);
    audit_view_->setObjectName(QStringLiteral("audit"));
    audit_view_->setModel(audit_);
    layout->addWidget(audit_summary_);
    layout->addWidget(audit_view_, 1);
    tabs_->addTab(page, {});
}

const DataFile* FilePanel::file() const {
    return index_ < study_.files().size() ? &study_.files()[index_] : nullptr;
}

void FilePanel::show_file(std::size_t index) {
    index_ = index;
    refresh();
}

void FilePanel::refresh() {
    const DataFile* shown = file();
    const ingest::Inspection* inspection = shown != nullptr && shown->inspection ? &*shown->inspection : nullptr;
    show_table_choice(shown);
    show_preview(shown);
    columns_->set_inspection(inspection == nullptr ? std::nullopt : std::optional(*inspection));
    columns_view_->fit_columns();
    questions_->show_inspection(inspection);
    show_audit(shown);
    const std::string stored = shown != nullptr && shown->audit ? shown->table : std::string();
    grid_->set_table(stored);
    check_->set_table(stored);
    setEnabled(shown != nullptr);
}

void FilePanel::show_table_choice(const DataFile* shown) {
    table_->clear();
    for (const char* table : {"firms", "panel", "survey"}) table_->addItem(table_label(table), QString(table));
    if (shown == nullptr) return;
    const QString table = QString::fromStdString(shown->table);
    if (table_->findData(table) < 0) table_->addItem(table, table);
    table_->setCurrentIndex(table_->findData(table));
    table_->setEnabled(!shown->audit);
}

void FilePanel::show_preview(const DataFile* shown) {
    if (shown == nullptr || !shown->inspection) {
        raw_->setPlainText(shown == nullptr ? QString()
                                            : tr("The file itself was not opened; its table stands in the project."));
        preview_->clear();
        return;
    }
    const bool masks = !show_personal_->isChecked();
    const QString text = first_lines(shown->path, shown->inspection->plan.encoding, raw_lines);
    raw_->setPlainText(masks ? masked_text(text, *shown->inspection) : text);
    preview_->set_inspection(*shown->inspection);
    preview_->set_masked(masks);
    preview_view_->fit_columns(180);
}

void FilePanel::show_audit(const DataFile* shown) {
    audit_->set_audit(shown == nullptr ? std::nullopt : shown->audit);
    audit_view_->fit_columns(320);
    if (shown == nullptr || !shown->audit) {
        audit_summary_->setText(tr("Not stored yet. Check the preview and the columns, then press “Import all”."));
        return;
    }
    const ingest::ImportAudit& audit = *shown->audit;
    audit_summary_->setText(
        tr("%1 rows read = %2 stored + %3 not stored. Nothing was changed but what is listed below.")
            .arg(count_text(audit.rows_read), count_text(audit.rows_stored), count_text(audit.rows_rejected)));
}

void FilePanel::show_most_urgent_tab() {
    const DataFile* shown = file();
    if (shown == nullptr) return;
    const bool asks = shown->inspection && !shown->inspection->open_questions().empty();
    if (asks) {
        tabs_->setCurrentIndex(questions_tab);
    } else if (!shown->inspection || (shown->audit && shown->audit->rows_rejected > 0)) {
        tabs_->setCurrentIndex(audit_tab);
    } else {
        tabs_->setCurrentIndex(preview_tab);
    }
}

void FilePanel::retranslate() {
    table_label_->setText(tr("&Table"));
    table_->setAccessibleName(tr("Table that the file is stored in"));
    tabs_->setAccessibleName(tr("The file"));
    tabs_->setTabText(preview_tab, tr("Preview"));
    tabs_->setTabText(columns_tab, tr("Columns"));
    tabs_->setTabText(questions_tab, tr("Questions and remarks"));
    tabs_->setTabText(audit_tab, tr("Import audit"));
    tabs_->setTabText(grid_tab, tr("Stored table"));
    tabs_->setTabText(check_tab, tr("Check"));
    grid_->retranslate();
    check_->retranslate();
    raw_title_->setText(tr("As it stands in the file"));
    raw_->setAccessibleName(tr("Text of the file"));
    parsed_title_->setText(tr("As it is read"));
    show_personal_->setText(tr("Show business numbers, names and addresses"));
    preview_view_->setAccessibleName(tr("Rows read from the file"));
    columns_view_->setAccessibleName(tr("Columns and their meaning"));
    audit_view_->setAccessibleName(tr("Import audit"));
    columns_->retranslate();
    audit_->retranslate();
    refresh();
}

}  // namespace twinfirm::ui
