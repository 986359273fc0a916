// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_page.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "data/count_text.h"
#include "data/data_file_model.h"
#include "data/file_panel.h"
#include "data/start_panel.h"
#include "widgets/table_view.h"

namespace twinfirm::ui {

DataPage::DataPage(OpenStudy& study, RecentProjects& recent, const Localization& localization, QWidget* parent)
    : Page(study, localization, parent),
      open_(new QPushButton(this)),
      sample_(new QPushButton(this)),
      undo_(new QPushButton(this)),
      import_(new QPushButton(this)),
      start_(new StartPanel(study, recent, localization, this)),
      files_(new DataFileModel(study, this)),
      files_view_(new TableView(this)),
      panel_(new FilePanel(study, localization, this)) {
    open_->setObjectName(QStringLiteral("open_files"));
    sample_->setObjectName(QStringLiteral("open_sample"));
    undo_->setObjectName(QStringLiteral("undo_import"));
    import_->setObjectName(QStringLiteral("import_all"));
    import_->setProperty("primary", true);
    files_view_->setObjectName(QStringLiteral("files"));
    files_view_->setModel(files_);
    files_view_->setSelectionBehavior(QAbstractItemView::SelectRows);
    files_view_->setSelectionMode(QAbstractItemView::SingleSelection);
    files_view_->setFixedHeight(132);
    files_view_->horizontalHeader()->setStretchLastSection(true);

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(open_);
    buttons->addWidget(sample_);
    buttons->addStretch(1);
    buttons->addWidget(undo_);
    buttons->addWidget(import_);
    contents()->addLayout(buttons);
    contents()->addWidget(start_, 1);
    contents()->addWidget(files_view_);
    contents()->addWidget(panel_, 1);

    connect(open_, &QPushButton::clicked, this, &DataPage::open_requested);
    connect(sample_, &QPushButton::clicked, this, &DataPage::sample_requested);
    connect(import_, &QPushButton::clicked, this,
            [this] { this->study().import_files(this->study().importable_files()); });
    connect(undo_, &QPushButton::clicked, this, &DataPage::undo_import);
    connect(start_, &StartPanel::open_requested, this, &DataPage::open_requested);
    connect(start_, &StartPanel::sample_requested, this, &DataPage::sample_requested);
    connect(start_, &StartPanel::earlier_requested, this, &DataPage::earlier_requested);
    connect(start_, &StartPanel::survey_requested, this, &DataPage::survey_requested);
    connect(start_, &StartPanel::file_requested, this, &DataPage::file_requested);
    connect(start_, &StartPanel::project_requested, this, &DataPage::project_requested);
    connect(&study, &OpenStudy::files_changed, this, &DataPage::refresh);
    connect(&study, &OpenStudy::file_changed, this, &DataPage::refresh);
    connect(&study.jobs(), &JobRunner::started, this, &DataPage::update_buttons);
    connect(&study.jobs(), &JobRunner::finished, this, &DataPage::update_buttons);
    connect(files_view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (!current.isValid()) return;
                panel_->show_file(static_cast<std::size_t>(current.row()));
                panel_->show_most_urgent_tab();
                update_buttons();
            });
    retranslate();
}

void DataPage::refresh() {
    files_->refresh();
    files_view_->fit_columns();
    const bool any = !study().files().empty();
    show_heading();
    start_->setVisible(!any);
    for (QPushButton* button : {open_, sample_, undo_, import_}) button->setVisible(any);
    files_view_->setVisible(any);
    panel_->setVisible(any);
    if (any && !files_view_->currentIndex().isValid()) select(0);
    panel_->refresh();
    update_buttons();
    Q_EMIT explanation_changed();
}

void DataPage::select(int row) {
    // A file with an open question comes first: nothing can be stored before it is answered.
    const auto& files = study().files();
    const auto asking =
        std::find_if(files.begin(), files.end(), [](const DataFile& file) { return file.inspection && !file.ready(); });
    if (asking != files.end()) row = static_cast<int>(asking - files.begin());
    files_view_->setCurrentIndex(files_->index(row, 0));
}

std::size_t DataPage::selected_file() const {
    const QModelIndex current = files_view_->currentIndex();
    return current.isValid() ? static_cast<std::size_t>(current.row()) : study().files().size();
}

void DataPage::undo_import() {
    const std::size_t file = selected_file();
    if (file >= study().files().size()) return;
    const DataFile& chosen = study().files()[file];
    // What was read from a file that is open can be stored again; else there is no way back.
    if (!chosen.inspection &&
        QMessageBox::question(this, undo_->text(),
                              tr("The file of this table is not open, so that what is taken back can only come from "
                                 "the file again. Take the import of “%1” back?")
                                  .arg(QString::fromStdString(chosen.name))) != QMessageBox::Yes) {
        return;
    }
    study().undo_import(file);
}

void DataPage::update_buttons() {
    const bool idle = !study().jobs().running();
    start_->update_buttons();
    open_->setEnabled(idle);
    sample_->setEnabled(idle);
    const std::size_t file = selected_file();
    undo_->setEnabled(idle && file < study().files().size() && study().files()[file].audit);
    import_->setEnabled(idle && !study().importable_files().empty());
}

void DataPage::retranslate() {
    open_->setText(tr("Open files…"));
    open_->setAccessibleName(tr("Open data files"));
    sample_->setText(tr("Sample study"));
    sample_->setAccessibleName(tr("Open the sample study"));
    undo_->setText(tr("Take the import back"));
    undo_->setAccessibleName(tr("Take the last import of the selected file's table back"));
    undo_->setToolTip(tr("The table is again what it was before the last import, or gone if there was none."));
    import_->setText(tr("Import all"));
    import_->setAccessibleName(tr("Import all files that are ready"));
    start_->retranslate();
    files_view_->setAccessibleName(tr("Files"));
    panel_->retranslate();
    refresh();
}

void DataPage::show_heading() {
    if (study().files().empty()) {
        set_heading(tr("Start"), tr("Begin with your own files, an earlier design or the sample data."));
    } else {
        set_heading(tr("1  Data"), tr("Open the files, check how they are read, and store them in the project."));
    }
}

QString DataPage::explanation() const {
    QString html =
        paragraph(tr("A study needs the register of firms (with adoption year and level) and the yearly panel. "
                     "The survey of the programme (values before and after) is optional."));
    std::int64_t read = 0;
    std::int64_t stored = 0;
    std::int64_t rejected = 0;
    for (const DataFile& file : study().files()) {
        if (!file.audit) continue;
        read += file.audit->rows_read;
        stored += file.audit->rows_stored;
        rejected += file.audit->rows_rejected;
    }
    if (read > 0) {
        html += heading(tr("What was stored"));
        html +=
            paragraph(tr("%1 rows were read; %2 were stored and %3 were not. Each row that was not stored is listed "
                         "in the import audit with its line and the reason.")
                          .arg(count_text(read), count_text(stored), count_text(rejected)));
    }
    if (std::any_of(study().files().begin(), study().files().end(),
                    [](const DataFile& file) { return file.inspection && !file.ready(); })) {
        html += paragraph(tr("A file has a question that only you can answer: see “Questions and remarks”."));
    }
    html += heading(tr("How files are read"));
    html +=
        paragraph(tr("Encoding, delimiter and types are decided on the whole file, not on a sample. Numbers that "
                     "identify firms stay text. Amounts are stored in whole won, whatever unit the file uses."));
    html += paragraph(tr("All of a file is stored or none of it."));
    return html;
}

}  // namespace twinfirm::ui
