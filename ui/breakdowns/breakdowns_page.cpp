// SPDX-License-Identifier: GPL-3.0-or-later
#include "breakdowns/breakdowns_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QStringList>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <set>
#include <utility>

#include "twinfirm/charts/effect_rows.h"
#include "twinfirm/charts/forest_chart.h"
#include "twinfirm/report/breakdown_tables.h"
#include "twinfirm/report/narrative.h"
#include "widgets/chart_panel.h"
#include "widgets/report_table.h"
#include "widgets/report_table_model.h"

namespace twinfirm::ui {

namespace {

std::string chosen(const QComboBox& box) {
    return box.currentData().toString().toStdString();
}

}  // namespace

BreakdownsPage::BreakdownsPage(OpenStudy& study, const Localization& localization, QWidget* parent)
    : ResultPage(study, localization, parent),
      breakdown_label_(new QLabel),
      breakdown_(new QComboBox),
      outcome_label_(new QLabel),
      outcome_(new QComboBox),
      tabs_(new QTabWidget),
      chart_(new ChartPanel(QStringLiteral("forest_chart"), study, localization)),
      table_(new ReportTable(QStringLiteral("breakdown_table"))),
      warnings_(new QLabel) {
    breakdown_->setObjectName(QStringLiteral("breakdown"));
    breakdown_->setMinimumWidth(180);
    breakdown_label_->setBuddy(breakdown_);
    outcome_->setObjectName(QStringLiteral("breakdown_outcome"));
    outcome_->setMinimumWidth(220);
    outcome_label_->setBuddy(outcome_);
    warnings_->setObjectName(QStringLiteral("breakdown_warnings"));
    warnings_->setProperty("part", "warnings");
    warnings_->setWordWrap(true);
    warnings_->setTextInteractionFlags(Qt::TextSelectableByMouse);

    table_->hide_first_column();
    auto* top = new QHBoxLayout;
    top->addWidget(breakdown_label_);
    top->addWidget(breakdown_);
    top->addSpacing(16);
    top->addWidget(outcome_label_);
    top->addWidget(outcome_);
    top->addStretch(1);
    tabs_->setObjectName(QStringLiteral("breakdown_tabs"));
    tabs_->addTab(chart_, {});
    tabs_->addTab(table_, {});
    auto* layout = new QVBoxLayout(result_area());
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(top);
    layout->addWidget(tabs_, 1);
    layout->addWidget(warnings_);
    for (QComboBox* box : {breakdown_, outcome_}) {
        connect(box, &QComboBox::activated, this, [this] {
            show_choice();
            Q_EMIT explanation_changed();
        });
    }
    set_up();
}

void BreakdownsPage::retranslate_labels() {
    set_heading(tr("5  Breakdowns"),
                tr("The same comparison for groups of firms, cut on what was known before adoption."));
    breakdown_label_->setText(tr("&Groups"));
    breakdown_->setAccessibleName(tr("Groups"));
    outcome_label_->setText(tr("O&utcome"));
    outcome_->setAccessibleName(tr("Outcome"));
    tabs_->setAccessibleName(tr("Chart and table of the groups"));
    tabs_->setTabText(0, tr("Chart"));
    tabs_->setTabText(1, tr("Table"));
}

void BreakdownsPage::show_result(const evaluation::Evaluation& evaluation) {
    const QSignalBlocker quiet_breakdown(breakdown_);
    const QSignalBlocker quiet_outcome(outcome_);
    const QVariant breakdown = breakdown_->currentData();
    const QVariant outcome = outcome_->currentData();
    breakdown_->clear();
    outcome_->clear();
    for (const design::Breakdown& item : evaluation.specification.breakdowns) {
        breakdown_->addItem(localization().text(item.label), QString::fromStdString(item.key));
    }
    for (const design::Outcome& item : evaluation.specification.outcomes) {
        outcome_->addItem(localization().text(item.label), QString::fromStdString(item.key));
    }
    for (const design::ProcessKpi& item : evaluation.specification.process_kpis) {
        if (charts::before_after_of(evaluation, item.key, {}, {}) == nullptr) continue;
        outcome_->addItem(tr("%1 (survey)").arg(localization().text(item.label)), QString::fromStdString(item.key));
    }
    breakdown_->setCurrentIndex(std::max(0, breakdown_->findData(breakdown)));
    outcome_->setCurrentIndex(std::max(0, outcome_->findData(outcome)));
    show_choice();
}

void BreakdownsPage::show_choice() {
    if (!study().evaluation()) return;
    const evaluation::Evaluation& evaluation = *study().evaluation();
    const std::string outcome = chosen(*outcome_);
    const design::Breakdown* breakdown = charts::find_breakdown(evaluation, chosen(*breakdown_));
    if (breakdown == nullptr) return;
    chart_->show_chart(charts::forest_chart(evaluation, outcome, breakdown->key, language()));
    report::Table table = charts::find_outcome(evaluation, outcome) != nullptr
                              ? report::breakdown_table(evaluation, *breakdown, language())
                              : report::process_breakdown_table(evaluation, *breakdown, language());
    table_->show_table(rows_about(std::move(table), outcome), language());
    show_warnings(evaluation, outcome, breakdown->key);
}

void BreakdownsPage::show_warnings(const evaluation::Evaluation& evaluation, const std::string& outcome,
                                   const std::string& breakdown) {
    std::set<std::string> traps;
    const auto collect = [&](const auto& rows) {
        for (const auto& row : rows) {
            if (row.outcome == outcome && row.group.breakdown == breakdown) {
                traps.insert(row.traps.begin(), row.traps.end());
            }
        }
    };
    collect(evaluation.before_after);
    collect(evaluation.effects);
    QStringList lines;
    for (const std::string& trap : traps) lines << QStringLiteral("! ") + localization().text(trap);
    warnings_->setText(lines.join(QLatin1Char('\n')));
    warnings_->setVisible(!lines.isEmpty());
}

QString BreakdownsPage::explanation() const {
    QString html;
    if (const auto& evaluation = study().evaluation()) {
        if (const auto* test = charts::heterogeneity_of(*evaluation, chosen(*outcome_), chosen(*breakdown_))) {
            html += heading(tr("Reading of this result"));
            html += paragraph(report::heterogeneity_sentence(*evaluation, *test, language()));
        }
        for (const auto* row : charts::group_effects(*evaluation, chosen(*outcome_), chosen(*breakdown_))) {
            html += paragraph(localization().text(row->group.label) + QStringLiteral(": ") +
                              QString::fromStdString(report::effect_sentence(*evaluation, *row, language())));
        }
    }
    html += heading(tr("Do the groups differ?"));
    html +=
        paragraph(tr("Look at the test that all groups have the same effect (Cochran’s Q) before you compare single "
                     "groups. Of twenty groups one lies outside its 95% interval by chance alone."));
    html += heading(tr("Bands of sales"));
    html +=
        paragraph(tr("Firms with an unusually low value in one year are in the lowest band and rise again without any "
                     "programme (regression to the mean). The before/after number of such a band misleads; the matched "
                     "number is the one to read."));
    html += paragraph(tr("X: too few firms to be shown."));
    return html;
}

}  // namespace twinfirm::ui
