// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the page that takes things out.
#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QPrintDialog>
#include <QPrinter>
#include <QPushButton>
#include <QVBoxLayout>

#include "report/report_composer.h"
#include "report/report_page.h"
#include "report/result_export.h"
#include "twinfirm/app/batch_reports.h"
#include "twinfirm/render/chart_renderer.h"

namespace twinfirm::ui {

void ReportPage::build_exports() {
    report_->setObjectName(QStringLiteral("export_report"));
    report_->setProperty("primary", true);
    chart_->setObjectName(QStringLiteral("report_chart"));
    chart_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    chart_->setMinimumContentsLength(12);
    chart_label_->setBuddy(chart_);
    save_chart_->setObjectName(QStringLiteral("export_chart"));
    folder_->setObjectName(QStringLiteral("export_folder"));
    batch_->setObjectName(QStringLiteral("export_batch"));
    unprotected_->setObjectName(QStringLiteral("export_unprotected"));
    auto* exports = new QHBoxLayout(export_group_);
    exports->addWidget(report_);
    exports->addSpacing(4);
    exports->addWidget(chart_label_);
    exports->addWidget(chart_, 1);
    exports->addWidget(save_chart_);
    exports->addSpacing(4);
    exports->addWidget(folder_);
    exports->addWidget(batch_);
    exports->addSpacing(4);
    exports->addWidget(unprotected_);
    result_layout()->addWidget(export_group_);
    connect(report_, &QPushButton::clicked, this, &ReportPage::export_report);
    connect(save_chart_, &QPushButton::clicked, this, &ReportPage::export_chart);
    connect(folder_, &QPushButton::clicked, this, &ReportPage::export_folder);
    connect(batch_, &QPushButton::clicked, this, &ReportPage::export_batch);
    connect(unprotected_, &QCheckBox::clicked, this, &ReportPage::override_disclosure);
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
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save the report"), QStringLiteral("report.pdf"),
        tr("PDF document (*.pdf);;Hancom document (*.hwpx);;Workbook (*.xlsx);;Web page (*.html)"));
    if (!path.isEmpty()) exporter_.write_report(path.toStdString());
}

void ReportPage::export_chart() {
    if (!may_export()) return;
    const int row = chart_->currentIndex();
    if (row < 0) return;
    const auto shown = shown_;  // another one may be composed while the user looks for a place
    const app::NamedChart& chart = shown->charts[static_cast<std::size_t>(row)];
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

void ReportPage::export_batch() {
    if (!may_export()) return;
    const std::vector<design::Breakdown> breakdowns = app::batch_breakdowns(study().specification());
    QStringList labels;
    for (const design::Breakdown& breakdown : breakdowns) labels << localization().text(breakdown.label);
    bool chosen = false;
    const QString label = QInputDialog::getItem(
        this, tr("A report for each group"),
        tr("The study is computed once more, with this breakdown crossed with the others, and that run is recorded.\n"
           "All reports are cut out of this one result and protected together.\n\nGroups of:"),
        labels, 0, false, &chosen);
    if (!chosen) return;
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Save the reports of the groups into a folder"));
    if (folder.isEmpty()) return;
    exporter_.write_batch(folder.toStdString(), breakdowns[static_cast<std::size_t>(labels.indexOf(label))].key);
}

void ReportPage::print_report() {
    if (!may_export()) return;
    const auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setPageSize(QPageSize(QPageSize::A4));
    if (QPrintDialog(printer.get(), this).exec() == QDialog::Accepted) exporter_.print_report(printer);
}

}  // namespace twinfirm::ui
