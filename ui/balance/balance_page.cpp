// SPDX-License-Identifier: GPL-3.0-or-later
#include "balance/balance_page.h"

#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>

#include "balance/compare_panel.h"
#include "balance/unmatched_panel.h"
#include "twinfirm/charts/flow_chart.h"
#include "twinfirm/charts/love_plot.h"
#include "twinfirm/charts/overlap_chart.h"
#include "twinfirm/report/narrative.h"
#include "twinfirm/report/sample_tables.h"
#include "widgets/chart_panel.h"
#include "widgets/report_table.h"

namespace twinfirm::ui {

BalancePage::BalancePage(OpenStudy& study, const Localization& localization, QWidget* parent)
    : ResultPage(study, localization, parent),
      compute_preview_(new QPushButton(this)),
      tabs_(add_tabs("balance_tabs")),
      love_plot_(new ChartPanel(QStringLiteral("love_plot"), study, localization)),
      overlap_(new ChartPanel(QStringLiteral("overlap_chart"), study, localization)),
      flow_(new ChartPanel(QStringLiteral("flow_chart"), study, localization)),
      balance_(new ReportTable(QStringLiteral("balance_table"))),
      reasons_(new ReportTable(QStringLiteral("reasons_table"))),
      cohorts_(new ReportTable(QStringLiteral("cohort_table"))),
      coefficients_(new ReportTable(QStringLiteral("coefficient_table"))),
      compare_(new ComparePanel(study, localization)),
      unmatched_(new UnmatchedPanel(study, localization)) {
    const auto add_pair = [this](QWidget* chart, QWidget* table) {
        auto* splitter = new QSplitter(Qt::Vertical);
        splitter->setChildrenCollapsible(false);
        splitter->addWidget(chart);
        splitter->addWidget(table);
        splitter->setSizes({380, 260});
        splitter->setStretchFactor(0, 1);
        tabs_->addTab(splitter, {});
    };
    add_pair(love_plot_, balance_);
    tabs_->addTab(overlap_, {});
    add_pair(flow_, reasons_);
    tabs_->addTab(cohorts_, {});
    tabs_->addTab(coefficients_, {});
    tabs_->addTab(compare_, {});
    tabs_->addTab(unmatched_, {});
    compute_preview_->setObjectName(QStringLiteral("compute_preview"));
    add_below_currency(compute_preview_);
    connect(compute_preview_, &QPushButton::clicked, this, [this] { this->study().preview().compute(); });
    connect(&study, &OpenStudy::evaluation_changed, unmatched_, &UnmatchedPanel::clear);
    connect(&study.preview(), &LivePreview::changed, this, [this] {
        // While a new one is computed, the former stays in sight.
        update_preview_button();
        if (this->study().preview().pending()) return show_currency();
        refresh();
    });
    for (const auto signal : {&OpenStudy::files_changed, &OpenStudy::specification_changed}) {
        connect(&study, signal, this, &BalancePage::update_preview_button);
    }
    for (const auto signal : {&JobRunner::started, &JobRunner::finished}) {
        connect(&study.jobs(), signal, this, &BalancePage::update_preview_button);
    }
    set_up();
}

void BalancePage::retranslate_labels() {
    set_heading(tr("3  Matching and balance"),
                tr("Who was compared with whom, and were they alike before the adoption?"));
    tabs_->setAccessibleName(tr("Charts and tables of the matching"));
    tabs_->setTabText(0, tr("Balance"));
    tabs_->setTabText(1, tr("Common support"));
    tabs_->setTabText(2, tr("Flow and reasons"));
    tabs_->setTabText(3, tr("Adoption years"));
    tabs_->setTabText(4, tr("Score model"));
    tabs_->setTabText(5, tr("Compare designs"));
    tabs_->setTabText(6, tr("Firms left out"));
    compute_preview_->setText(tr("Compute a preview"));
    compute_preview_->setToolTip(
        tr("Matching and balance of the present design alone: no outcome is opened and nothing is recorded"));
    compute_preview_->setAccessibleName(tr("Compute a preview of matching and balance"));
    update_preview_button();
    compare_->retranslate();
    unmatched_->retranslate();
}

void BalancePage::show_result(const evaluation::Evaluation& evaluation) {
    compare_->refresh();
    love_plot_->show_chart(charts::love_plot(evaluation, language()));
    overlap_->show_chart(charts::overlap_chart(evaluation, language()));
    flow_->show_chart(charts::flow_chart(evaluation, language()));
    balance_->show_table(report::balance_table(evaluation, language()), language());
    reasons_->show_table(report::reasons_table(evaluation, language()), language());
    cohorts_->show_table(report::cohort_table(evaluation, language()), language());
    coefficients_->show_table(report::coefficient_table(evaluation, language()), language());
}

std::shared_ptr<const evaluation::Evaluation> BalancePage::shown() const {
    if (auto preview = study().preview().latest()) return preview;
    return study().evaluation();
}

QString BalancePage::currency() const {
    if (study().result_is_current()) return {};
    const LivePreview& preview = study().preview();
    const bool ran = study().evaluation() != nullptr;
    if (preview.evaluation()) {
        return ran ? tr("Data or design changed. This is a preview: only matching and balance were computed anew. The "
                        "effects are computed when the study is run.")
                   : tr("This is a preview: only matching and balance were computed. No outcome was opened and nothing "
                        "is recorded. The effects are computed when the study is run.");
    }
    if (preview.pending()) return tr("Matching and balance of the present design are being computed…");
    if (const auto& error = preview.error()) {
        QString text = tr("The present design cannot be matched: %1").arg(localization().text(*error));
        if (ran) text += QLatin1Char('\n') + tr("The numbers below are those of the design that was run last.");
        return text;
    }
    return ResultPage::currency();
}

void BalancePage::update_preview_button() {
    const LivePreview& preview = study().preview();
    const bool missing = !preview.evaluation() && !preview.pending() && !preview.error();
    compute_preview_->setVisible(missing && preview.can_compute());
}

QString BalancePage::explanation() const {
    QString html;
    if (const auto evaluation = shown()) {
        html += heading(tr("Reading of this result"));
        html += paragraph(report::balance_sentence(*evaluation, language()));
        html += paragraph(report::estimand_sentence(*evaluation, language()));
        for (const Message& message : evaluation->messages) {
            if (message.severity != Severity::warning) continue;
            html += paragraph(localization().catalogue().text(message));
        }
    }
    html += heading(tr("Balance"));
    html +=
        paragraph(tr("The standardized mean difference (SMD) says by how many standard deviations the means of the two "
                     "arms differ. Up to 0.1 counts as alike. Open circles: before matching; filled: after."));
    html +=
        paragraph(tr("SMD = (mean of adopters − mean of non-adopters) / standard deviation of the adopters before "
                     "matching."));
    html += heading(tr("Common support"));
    html +=
        paragraph(tr("Where the two histograms overlap there are firms to compare with. Adopters without a partner "
                     "within reach stay unmatched, and the result says nothing about them."));
    html += paragraph(QStringLiteral("Austin 2009; Stuart 2010."));
    return html;
}

}  // namespace twinfirm::ui
