// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QListWidget>
#include <QPrintDialog>
#include <QPrinter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTextBrowser>
#include <QTextOption>
#include <QVBoxLayout>

#include "report/document_html.h"
#include "report/result_export.h"
#include "twinfirm/render/chart_renderer.h"
#include "twinfirm/report/build_report.h"
#include "twinfirm/report/narrative.h"

namespace twinfirm::ui {

ReportPage::ReportPage(OpenStudy& study, const Localization& localization, ResultExport& exporter, QWidget* parent)
    : ResultPage(study, localization, parent),
      exporter_(exporter),
      contents_label_(new QLabel),
      sections_(new QListWidget),
      text_(new QTextBrowser),
      export_group_(new QGroupBox),
      report_(new QPushButton),
      chart_label_(new QLabel),
      chart_(new QComboBox),
      save_chart_(new QPushButton),
      folder_(new QPushButton),
      unprotected_(new QCheckBox) {
    sections_->setObjectName(QStringLiteral("report_sections"));
    sections_->setTextElideMode(Qt::ElideRight);
    sections_->setWordWrap(true);
    sections_->setResizeMode(QListView::Adjust);
    sections_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    contents_label_->setBuddy(sections_);
    text_->setObjectName(QStringLiteral("report_text"));
    text_->setWordWrapMode(QTextOption::WordWrap);  // a number is never broken: a wide table scrolls instead
    report_->setObjectName(QStringLiteral("export_report"));
    report_->setProperty("primary", true);
    chart_->setObjectName(QStringLiteral("report_chart"));
    chart_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    chart_->setMinimumContentsLength(16);
    chart_label_->setBuddy(chart_);
    save_chart_->setObjectName(QStringLiteral("export_chart"));
    folder_->setObjectName(QStringLiteral("export_folder"));
    unprotected_->setObjectName(QStringLiteral("export_unprotected"));

    auto* exports = new QHBoxLayout(export_group_);
    exports->addWidget(report_);
    exports->addSpacing(12);
    exports->addWidget(chart_label_);
    exports->addWidget(chart_, 1);
    exports->addWidget(save_chart_);
    exports->addSpacing(12);
    exports->addWidget(folder_);
    exports->addSpacing(12);
    exports->addWidget(unprotected_);
    auto* left = new QWidget;
    auto* left_layout = new QVBoxLayout(left);
    left_layout->setContentsMargins(0, 0, 0, 0);
    left_layout->addWidget(contents_label_);
    left_layout->addWidget(sections_, 1);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(text_);
    splitter->setSizes({190, 610});
    splitter->setStretchFactor(1, 1);
    result_layout()->addWidget(export_group_);
    result_layout()->addWidget(splitter, 1);

    connect(sections_, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0) text_->scrollToAnchor(QStringLiteral("section-%1").arg(row));
    });
    connect(report_, &QPushButton::clicked, this, &ReportPage::export_report);
    connect(save_chart_, &QPushButton::clicked, this, &ReportPage::export_chart);
    connect(folder_, &QPushButton::clicked, this, &ReportPage::export_folder);
    connect(unprotected_, &QCheckBox::clicked, this, &ReportPage::override_disclosure);
    connect(&study.jobs(), &JobRunner::started, this, &ReportPage::update_buttons);
    connect(&study.jobs(), &JobRunner::finished, this, &ReportPage::update_buttons);
    set_up();
}

void ReportPage::retranslate_labels() {
    set_heading(tr("6  Report"), tr("Read the report here, then save it with its charts and tables."));
    contents_label_->setText(tr("Contents"));
    sections_->setAccessibleName(tr("Contents of the report"));
    text_->setAccessibleName(tr("Text of the report"));
    export_group_->setTitle(tr("Save"));
    report_->setText(tr("Report (PDF)…"));
    report_->setAccessibleName(tr("Save the report as PDF"));
    chart_label_->setText(tr("C&hart"));
    chart_->setAccessibleName(tr("Chart to save"));
    save_chart_->setText(tr("Save chart…"));
    save_chart_->setAccessibleName(tr("Save the chosen chart"));
    folder_->setText(tr("All results…"));
    folder_->setAccessibleName(tr("Save all results into a folder"));
    unprotected_->setText(tr("Show &hidden numbers…"));
    unprotected_->setToolTip(
        tr("Turns disclosure control off. Needs a reason, which stands in the report and in the "
           "project's record."));
    unprotected_->setAccessibleName(tr("Show the numbers that disclosure control hides"));
}

void ReportPage::show_result(const evaluation::Evaluation& evaluation) {
    const report::Document document = report::build_report(evaluation, language());
    sections_->clear();
    for (const report::Section& section : document.sections) {
        const QString indent = section.level > 1 ? QStringLiteral("    ") : QString();
        sections_->addItem(indent + section_title(section));
    }
    text_->setHtml(document_html(document));
    charts_ = app::charts_of(evaluation, language());
    const int before = chart_->currentIndex();
    chart_->clear();
    for (const app::NamedChart& chart : charts_) chart_->addItem(QString::fromStdString(chart.chart.title));
    chart_->setCurrentIndex(before >= 0 && before < chart_->count() ? before : 0);
    update_buttons();
}

void ReportPage::update_buttons() {
    const bool idle = !study().jobs().running();
    report_->setEnabled(idle);
    save_chart_->setEnabled(!charts_.empty());
    folder_->setEnabled(idle);
    unprotected_->setEnabled(study().can_run());
    const QSignalBlocker quiet(unprotected_);
    unprotected_->setChecked(!study().specification().disclosure.enabled);
}

void ReportPage::override_disclosure(bool open) {
    std::string reason;
    if (open) {
        reason = QInputDialog::getText(this, tr("Show hidden numbers"),
                                       tr("Why may every number be shown? The reason stands below the report's title "
                                          "and in the project's record."))
                     .trimmed()
                     .toStdString();
    }
    if (open == reason.empty()) return update_buttons();  // no reason, no override
    study().set_disclosure_override(reason);
}

bool ReportPage::may_export() {
    const Status current = study().check_current();
    if (!current) study().report(current.error());
    return current.has_value();
}

void ReportPage::export_report() {
    if (!may_export()) return;
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Save the report"), QStringLiteral("report.pdf"),
                                     tr("PDF document (*.pdf);;Hancom document (*.hwpx);;Workbook (*.xlsx)"));
    if (!path.isEmpty()) exporter_.write_report(path.toStdString());
}

void ReportPage::export_chart() {
    if (!may_export()) return;
    const int row = chart_->currentIndex();
    if (row < 0 || row >= static_cast<int>(charts_.size())) return;
    const app::NamedChart& chart = charts_[static_cast<std::size_t>(row)];
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save chart"), QString::fromStdString(chart.name) + QStringLiteral(".png"),
        tr("Picture (*.png);;Vector picture (*.svg);;PDF document (*.pdf)"));
    if (path.isEmpty()) return;
    if (const Status saved = render::render_picture(chart.chart, path.toStdString()); !saved) {
        return study().report(saved.error());
    }
    const std::filesystem::path file = path.toStdString();
    if (const Status recorded = study().record_export(file.parent_path(), {file.filename()}); !recorded) {
        study().report(recorded.error());
    }
}

void ReportPage::export_folder() {
    if (!may_export()) return;
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Save all results into a folder"));
    if (!folder.isEmpty()) exporter_.write_folder(folder.toStdString());
}

void ReportPage::print_report() {
    if (!may_export()) return;
    const auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setPageSize(QPageSize(QPageSize::A4));
    if (QPrintDialog(printer.get(), this).exec() == QDialog::Accepted) exporter_.print_report(printer);
}

QString ReportPage::explanation() const {
    QString html;
    if (const auto& evaluation = study().evaluation()) {
        html += heading(tr("Summary"));
        for (const report::Sentence& sentence : report::summary_sentences(*evaluation, language())) {
            html += paragraph(sentence.text);
        }
    }
    html += heading(tr("What is saved"));
    html +=
        paragraph(tr("The PDF holds text, tables and charts. “All results” writes result.json (every number), the "
                     "tables as CSV, the charts as PNG, SVG and PDF, and the report into one folder."));
    html +=
        paragraph(tr("A report names its design and a fingerprint of the data, so that anybody with the same data can "
                     "compute every number again. The data themselves are not in it."));
    return html;
}

}  // namespace twinfirm::ui
