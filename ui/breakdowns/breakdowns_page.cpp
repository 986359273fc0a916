// SPDX-License-Identifier: GPL-3.0-or-later
#include "breakdowns/breakdowns_page.h"

#include <QComboBox>
#include <QLabel>
#include <QTabWidget>
#include <algorithm>
#include <utility>

#include "twinfirm/charts/effect_rows.h"
#include "twinfirm/charts/forest_chart.h"
#include "twinfirm/report/breakdown_tables.h"
#include "twinfirm/report/group_tables.h"
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
      breakdown_(add_choice("breakdown", 180)),
      outcome_(add_choice("breakdown_outcome", 220)),
      tabs_(add_tabs("breakdown_tabs")),
      chart_(new ChartPanel(QStringLiteral("forest_chart"), study, localization)),
      table_(new ReportTable(QStringLiteral("breakdown_table"))),
      tests_(new ReportTable(QStringLiteral("group_tests_table"))),
      ranking_(new ReportTable(QStringLiteral("ranking_table"))) {
    tabs_->addTab(chart_, {});
    for (ReportTable* table : {table_, tests_, ranking_}) {
        table->hide_first_column();
        tabs_->addTab(table, {});
    }
    add_warnings("breakdown_warnings");
    set_up();
}

void BreakdownsPage::retranslate_labels() {
    set_heading(tr("5  Breakdowns"),
                tr("The same comparison for groups of firms, cut on what was known before adoption."));
    breakdown_.label->setText(tr("&Groups"));
    breakdown_.box->setAccessibleName(tr("Groups"));
    outcome_.label->setText(tr("O&utcome"));
    outcome_.box->setAccessibleName(tr("Outcome"));
    tabs_->setAccessibleName(tr("Chart and table of the groups"));
    tabs_->setTabText(0, tr("Chart"));
    tabs_->setTabText(1, tr("Table"));
    tabs_->setTabText(2, tr("Tests"));
    tabs_->setTabText(3, tr("Ranking"));
}

void BreakdownsPage::show_result(const evaluation::Evaluation& evaluation) {
    const QVariant before = breakdown_.box->currentData();
    breakdown_.box->clear();
    for (const design::Breakdown& item : evaluation.specification.breakdowns) {
        breakdown_.box->addItem(localization().text(item.label), QString::fromStdString(item.key));
    }
    breakdown_.box->setCurrentIndex(std::max(0, breakdown_.box->findData(before)));
    show_outcomes(*outcome_.box, evaluation);
    const std::string outcome = chosen(*outcome_.box);
    const design::Breakdown* breakdown = charts::find_breakdown(evaluation, chosen(*breakdown_.box));
    if (breakdown == nullptr) return;
    chart_->show_chart(charts::forest_chart(evaluation, outcome, breakdown->key, language()));
    report::Table table = charts::find_outcome(evaluation, outcome) != nullptr
                              ? report::breakdown_table(evaluation, *breakdown, language())
                              : report::process_breakdown_table(evaluation, *breakdown, language());
    table_->show_table(rows_about(std::move(table), outcome), language());
    // Indicators of the survey have no matched effect to be tested.
    const bool tested = charts::find_outcome(evaluation, outcome) != nullptr;
    tabs_->setTabVisible(2, tested);
    tabs_->setTabVisible(3, tested);
    tests_->show_table(rows_about(report::group_tests_table(evaluation, *breakdown, language()), outcome), language());
    ranking_->show_table(rows_about(report::ranking_table(evaluation, *breakdown, outcome, language()), outcome),
                         language());
    show_traps(evaluation, outcome, breakdown->key);
}

QString BreakdownsPage::explanation() const {
    QString html;
    if (const auto& evaluation = study().evaluation()) {
        if (const auto* test = charts::heterogeneity_of(*evaluation, chosen(*outcome_.box), chosen(*breakdown_.box))) {
            html += heading(tr("Reading of this result"));
            html += paragraph(report::heterogeneity_sentence(*evaluation, *test, language()));
        }
        for (const auto* row : charts::group_effects(*evaluation, chosen(*outcome_.box), chosen(*breakdown_.box))) {
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
