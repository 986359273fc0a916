// SPDX-License-Identifier: GPL-3.0-or-later
#include "survey/survey_page.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "survey/column_choice.h"
#include "survey/findings_model.h"
#include "twinfirm/render/report_files.h"
#include "twinfirm/report/survey_report.h"
#include "widgets/chart_panel.h"
#include "widgets/report_table.h"
#include "window/sample_study.h"

namespace twinfirm::ui {

SurveyPage::SurveyPage(OpenStudy& study, const Localization& localization, QWidget* parent)
    : Page(study, localization, parent),
      open_(new QPushButton(this)),
      sample_(new QPushButton(this)),
      save_(new QPushButton(this)),
      file_(new QLabel(this)),
      columns_(new ColumnChoice(this)),
      stack_(new QStackedWidget(this)),
      nothing_yet_(new QLabel(this)),
      list_label_(new QLabel(this)),
      list_(new QListView(this)),
      model_(new FindingsModel(this)),
      tabs_(new QTabWidget(this)),
      chart_(new ChartPanel(QStringLiteral("survey_chart"), study, localization)),
      table_(new ReportTable(QStringLiteral("survey_table"))),
      warnings_(new QLabel(this)) {
    open_->setObjectName(QStringLiteral("survey_open"));
    sample_->setObjectName(QStringLiteral("survey_sample"));
    save_->setObjectName(QStringLiteral("survey_save"));
    save_->setProperty("primary", true);
    file_->setObjectName(QStringLiteral("survey_file"));
    nothing_yet_->setObjectName(QStringLiteral("survey_nothing_yet"));
    nothing_yet_->setAlignment(Qt::AlignCenter);
    nothing_yet_->setWordWrap(true);
    list_->setObjectName(QStringLiteral("survey_list"));
    list_->setWordWrap(true);
    list_->setResizeMode(QListView::Adjust);
    list_->setModel(model_);
    list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list_->setTextElideMode(Qt::ElideRight);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_label_->setBuddy(list_);
    tabs_->setObjectName(QStringLiteral("survey_tabs"));
    tabs_->addTab(chart_, {});
    tabs_->addTab(table_, {});
    warnings_->setObjectName(QStringLiteral("survey_warnings"));
    warnings_->setProperty("part", "warnings");
    warnings_->setWordWrap(true);
    warnings_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    // What is shown here is of this page's own files: always current.
    chart_->set_copy_check([] { return Status{}; });
    chart_->keep_looks_here();

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(open_);
    buttons->addWidget(sample_);
    buttons->addWidget(file_, 1);
    buttons->addWidget(save_);
    auto* left = new QWidget(this);
    auto* left_layout = new QVBoxLayout(left);
    left_layout->setContentsMargins(0, 0, 0, 0);
    left_layout->addWidget(list_label_);
    left_layout->addWidget(list_, 1);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(tabs_);
    splitter->setSizes({220, 580});
    splitter->setStretchFactor(1, 1);
    auto* result = new QWidget(this);
    auto* result_layout = new QVBoxLayout(result);
    result_layout->setContentsMargins(0, 0, 0, 0);
    result_layout->addWidget(splitter, 1);
    result_layout->addWidget(warnings_);
    stack_->addWidget(nothing_yet_);
    stack_->addWidget(result);
    contents()->addLayout(buttons);
    contents()->addWidget(columns_);
    contents()->addWidget(stack_, 1);
    columns_->hide();

    connect(open_, &QPushButton::clicked, this, &SurveyPage::ask_for_file);
    connect(sample_, &QPushButton::clicked, this, &SurveyPage::open_sample);
    connect(save_, &QPushButton::clicked, this, &SurveyPage::ask_for_report);
    connect(columns_, &ColumnChoice::compute_requested, this, &SurveyPage::compute);
    connect(list_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) { show_row(current.row()); });
    connect(&study.jobs(), &JobRunner::started, this, &SurveyPage::update_buttons);
    connect(&study.jobs(), &JobRunner::finished, this, &SurveyPage::update_buttons);
    retranslate();
}

void SurveyPage::retranslate() {
    set_heading(tr("7  Surveys and technology"),
                tr("Status surveys by their sampling design, stages of adoption, level of technology, markets and "
                   "suppliers: charts, tables and a report of their own."));
    open_->setText(tr("&Open survey…"));
    open_->setAccessibleName(tr("Open a survey specification or a survey file"));
    sample_->setText(tr("Sa&mple survey"));
    sample_->setAccessibleName(tr("Open the sample survey"));
    save_->setText(tr("Save &report…"));
    save_->setAccessibleName(tr("Save the survey report"));
    nothing_yet_->setText(
        tr("Nothing is open yet.\nOpen a survey specification (JSON) to compute all of it, or a survey file (CSV, "
           "XLSX) to choose its columns here."));
    list_label_->setText(tr("Charts and &tables"));
    list_->setAccessibleName(tr("Charts and tables of the survey"));
    tabs_->setAccessibleName(tr("Chart and table of the survey"));
    tabs_->setTabText(0, tr("Chart"));
    tabs_->setTabText(1, tr("Table"));
    file_->setAccessibleName(tr("Open file"));
    show_findings();
    update_buttons();
}

void SurveyPage::update_buttons() {
    const bool busy = study().jobs().running();
    open_->setEnabled(!busy);
    sample_->setEnabled(!busy);
    columns_->set_busy(busy);
    save_->setEnabled(!busy && findings_.has_value());
}

void SurveyPage::ask_for_file() {
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Open survey"), {}, tr("Survey specification or file (*.json *.csv *.xlsx *.xls);;All files (*)"));
    if (!path.isEmpty()) open(path.toStdString());
}

void SurveyPage::open_sample() {
    const auto sample = sample_survey();
    if (sample) {
        open(*sample);
    } else {
        study().report(Error{ErrorKind::access, "sample_not_found", {}, {}, 0, 0});
    }
}

void SurveyPage::open(const std::filesystem::path& path) {
    path_ = path;
    file_->setText(QFileInfo(QString::fromStdString(path.string())).fileName());
    if (path.extension() == ".json") {
        columns_->hide();
        const auto specification = app::load_survey_study(path);
        if (!specification) return study().report(specification.error());
        run(*specification, path.parent_path());
        return;
    }
    study().jobs().run<app::SurveyColumns>(
        [path](const CancellationToken& token, const ProgressSink& progress) {
            return app::survey_columns(path, token, progress);
        },
        [this](Result<app::SurveyColumns> columns) {
            if (!columns) return study().report(columns.error());
            columns_->show_columns(*columns);
            columns_->show();
            findings_.reset();
            show_findings();
            update_buttons();
            columns_->setFocus();
        });
}

void SurveyPage::compute() {
    const app::SurveyChoice choice = columns_->choice();
    const auto specification = app::survey_study_of(choice);
    if (!specification) return study().report(specification.error());
    run(*specification, choice.file.parent_path());
}

void SurveyPage::run(const app::SurveyStudy& specification, const std::filesystem::path& folder) {
    study().jobs().run<survey::SurveyFindings>(
        [specification, folder](const CancellationToken& token, const ProgressSink& progress) {
            return app::run_survey_study(specification, {folder, {}}, token, progress);
        },
        [this](Result<survey::SurveyFindings> findings) {
            if (!findings) return study().report(findings.error());
            findings_ = std::move(*findings);
            show_findings();
            update_buttons();
            Q_EMIT findings_changed();
            Q_EMIT explanation_changed();
        });
}

void SurveyPage::show_findings() {
    stack_->setCurrentIndex(findings_ ? 1 : 0);
    if (!findings_) {
        model_->clear();
        return;
    }
    const int before = std::max(0, list_->currentIndex().row());
    model_->show(*findings_, language());
    list_->setCurrentIndex(model_->index(std::min(before, model_->rowCount() - 1)));
    QStringList lines;
    const auto add = [&](const auto& section) {
        if (!section) return;
        for (const Message& message : section->messages) {
            if (message.severity != Severity::warning) continue;
            const QString line =
                QStringLiteral("! ") + QString::fromStdString(localization().catalogue().text(message));
            if (!lines.contains(line)) lines << line;
        }
    };
    add(findings_->status);
    add(findings_->stages);
    add(findings_->technology);
    add(findings_->market);
    add(findings_->suppliers);
    constexpr int most = 4;
    const auto left_out = lines.size() - most;
    if (left_out > 0) {
        lines = lines.mid(0, most);
        lines << tr("… and %1 more in the report").arg(left_out);
    }
    warnings_->setText(lines.join(QLatin1Char('\n')));
    warnings_->setVisible(!lines.isEmpty());
}

void SurveyPage::show_row(int row) {
    if (row < 0 || row >= model_->rowCount()) return;
    Result<charts::Chart> chart = model_->chart(row);
    const bool drawn = chart.has_value();
    chart_->show_chart(std::move(chart));
    table_->show_table(model_->table(row), language());
    tabs_->setTabEnabled(0, drawn);
    if (!drawn) tabs_->setCurrentIndex(1);
}

void SurveyPage::ask_for_report() {
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save the survey report"), QStringLiteral("survey-report.pdf"),
        tr("PDF document (*.pdf);;Hancom document (*.hwpx);;Workbook (*.xlsx);;Web page (*.html)"));
    if (!path.isEmpty()) write_report(path.toStdString());
}

void SurveyPage::write_report(const std::filesystem::path& path) {
    if (!findings_) return study().report({ErrorKind::usage, "survey_nothing", {}, {}, 0, 0});
    study().jobs().run<bool>(
        [findings = *findings_, language = language(), path](const CancellationToken& token,
                                                             const ProgressSink& progress) -> Result<bool> {
            report_progress(progress, "write", 0);
            TWINFIRM_TRY(render::write_report(report::build_survey_report(findings, language), path, token, progress));
            return true;
        },
        [this](const Result<bool>& written) {
            if (!written) study().report(written.error());
        });
}

QString SurveyPage::explanation() const {
    QString html;
    if (findings_) {
        html += heading(tr("Reading of this result"));
        for (const std::string& sentence : report::survey_sentences(*findings_, language()))
            html += paragraph(sentence);
    }
    html += heading(tr("Estimates from a sample"));
    html += paragraph(
        tr("Every number has an interval that follows from how the sample was drawn: strata, weights, clusters and the "
           "size of the population. Groups whose intervals overlap are not called higher or lower."));
    html +=
        paragraph(tr("A hollow dot is an estimate of low reliability: its standard error is a quarter of it or more."));
    html += heading(tr("Level of technology"));
    html += paragraph(tr("Per cent of the best country. Changes are percentage points, not growth rates."));
    return html;
}

}  // namespace twinfirm::ui
