// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/specification_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFontDatabase>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

#include "study/open_study.h"
#include "twinfirm/base/atomic_file.h"

namespace twinfirm::ui {

namespace {

std::string plan_name(const DataFile& file) {
    return file.table + ".plan.json";
}

/// Files that can be read again, with the plan by which the window reads them.
std::vector<const DataFile*> known_files(const OpenStudy& study) {
    std::vector<const DataFile*> known;
    for (const DataFile& file : study.files()) {
        if (file.audit && file.inspection && !file.path.empty()) known.push_back(&file);
    }
    return known;
}

QString quoted(const std::string& text) {
    QString shell = QString::fromStdString(text);
    return QLatin1Char('\'') + shell.replace(QLatin1Char('\''), QLatin1String("'\\''")) + QLatin1Char('\'');
}

QPlainTextEdit* text_page(const char* name, const QString& text, QWidget* parent) {
    auto* edit = new QPlainTextEdit(text, parent);
    edit->setObjectName(QString::fromLatin1(name));
    edit->setReadOnly(true);
    edit->setLineWrapMode(QPlainTextEdit::NoWrap);
    edit->setTabChangesFocus(true);
    edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    return edit;
}

Status write_files(const OpenStudy& study, const std::filesystem::path& folder) {
    for (const DataFile* file : known_files(study)) {
        TWINFIRM_TRY(write_file_atomically(folder / plan_name(*file), ingest::to_json_text(file->inspection->plan)));
    }
    return write_file_atomically(folder / "study.json", study_json(study).toStdString());
}

}  // namespace

QString study_json(const OpenStudy& study) {
    std::vector<design::StudyFile> files;
    for (const DataFile* file : known_files(study)) {
        files.push_back({file->path.string(), file->table, plan_name(*file)});
    }
    return QString::fromStdString(app::study_file_json(files, study.design()));
}

QString study_commands(const OpenStudy& study) {
    const std::filesystem::path& saved = study.project_path();
    const QString project = quoted(saved.empty() ? "study.twinfirm" : saved.string());
    QString commands;
    if (saved.empty()) commands += QStringLiteral("twinfirm-cli new %1\n").arg(project);
    for (const DataFile* file : known_files(study)) {
        commands += QStringLiteral("twinfirm-cli import %1 --project %2 --table %3 --plan %4\n")
                        .arg(quoted(file->path.string()), project, quoted(file->table), quoted(plan_name(*file)));
    }
    commands += QStringLiteral("twinfirm-cli run study.json --project %1 --out results\n").arg(project);
    commands += QStringLiteral("twinfirm-cli verify results/result.json --project %1\n").arg(project);
    return commands;
}

SpecificationDialog::SpecificationDialog(const OpenStudy& study, QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("specification"));
    setWindowTitle(tr("Specification"));
    resize(820, 600);
    auto* tabs = new QTabWidget(this);
    tabs->setObjectName(QStringLiteral("specification_tabs"));
    auto* json = text_page("specification_json", study_json(study), tabs);
    json->setAccessibleName(tr("The study as JSON"));
    auto* commands = text_page("specification_commands", study_commands(study), tabs);
    commands->setAccessibleName(tr("The same on the command line"));
    tabs->addTab(json, tr("study.json"));
    tabs->addTab(commands, tr("Command line"));

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("specification_copy"));
    auto* save = buttons->addButton(tr("Save as files…"), QDialogButtonBox::ActionRole);
    save->setToolTip(tr("Writes study.json and the import plans into a folder, where the commands can be run."));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(copy, &QPushButton::clicked, this, [tabs] {
        const auto* page = qobject_cast<QPlainTextEdit*>(tabs->currentWidget());
        if (page != nullptr) QApplication::clipboard()->setText(page->toPlainText());
    });
    connect(save, &QPushButton::clicked, this, [this, &study] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder for the study's files"));
        if (folder.isEmpty()) return;
        if (const Status written = write_files(study, folder.toStdString()); !written) {
            QMessageBox::warning(
                this, windowTitle(),
                tr("The files could not be written: %1").arg(QString::fromStdString(written.error().code)));
        }
    });
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(tabs, 1);
    layout->addWidget(buttons);
}

}  // namespace twinfirm::ui
