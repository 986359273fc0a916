// SPDX-License-Identifier: GPL-3.0-or-later
#include "effects/effects_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QStringList>
#include <QTabWidget>
#include <QVBoxLayout>
#include <initializer_list>

#include "effects/headline_card.h"
#include "twinfirm/charts/before_after_chart.h"
#include "twinfirm/charts/effect_rows.h"
#include "twinfirm/charts/event_study_chart.h"
#include "twinfirm/report/effect_tables.h"
#include "twinfirm/report/narrative.h"
#include "widgets/chart_panel.h"
#include "widgets/report_table.h"
#include "widgets/report_table_model.h"

namespace twinfirm::ui {

namespace {

enum Tab { chart_tab, before_after_tab, comparison_tab, by_year_tab };

// Columns of the table `management_kpi`.
enum ManagementColumn { measure_column = 1, unit_column, n_column, change_column, interval_column };

QString cell_text(const std::vector<report::Cell>& row, std::size_t column) {
    return column < row.size() ? QString::fromStdString(row[column].text) : QString();
}

bool is_matched(const std::vector<report::Cell>& row) {
    return row[measure_column].key.starts_with("matched");
}

/// `3.3%`, `3.0명`; English units other than % are words of their own.
bool joins_number(const QString& unit, Language language) {
    return language == Language::korean || unit.startsWith(QLatin1Char('%'));
}

const std::vector<report::Cell>* first_row(const report::Table& table, bool matched) {
    for (const auto& row : table.rows) {
        if (is_matched(row) == matched) return &row;
    }
    return nullptr;
}

}  // namespace

EffectsPage::EffectsPage(OpenStudy& study, const Localization& localization, QWidget* parent)
    : ResultPage(study, localization, parent),
      outcome_(add_choice("effect_outcome", 220)),
      naive_(new HeadlineCard(QStringLiteral("naive"), false)),
      matched_(new HeadlineCard(QStringLiteral("matched"), true)),
      chart_(new ChartPanel(QStringLiteral("effect_chart"), study, localization)),
      before_after_(new ChartPanel(QStringLiteral("before_after_chart"), study, localization)),
      comparison_(new ReportTable(QStringLiteral("comparison_table"))),
      by_year_(new ReportTable(QStringLiteral("by_year_table"))) {
    auto* cards = new QHBoxLayout;
    cards->addWidget(naive_, 1);
    cards->addWidget(matched_, 1);
    result_layout()->addLayout(cards);
    tabs_ = add_tabs("effect_tabs");
    for (QWidget* tab : std::initializer_list<QWidget*>{chart_, before_after_, comparison_, by_year_}) {
        tabs_->addTab(tab, {});
    }
    comparison_->hide_first_column();
    by_year_->hide_first_column();
    add_warnings("effect_warnings");
    set_up();
}

void EffectsPage::retranslate_labels() {
    set_heading(tr("4  Effects"),
                tr("What changed for the adopters, beside what changed for their matched non-adopters."));
    outcome_.label->setText(tr("O&utcome"));
    outcome_.box->setAccessibleName(tr("Outcome"));
    tabs_->setAccessibleName(tr("Charts and tables of the outcome"));
    tabs_->setTabText(chart_tab, tr("By year since adoption"));
    tabs_->setTabText(before_after_tab, tr("Before and after"));
    tabs_->setTabText(comparison_tab, tr("All definitions"));
    tabs_->setTabText(by_year_tab, tr("Table by year"));
}

std::string EffectsPage::chosen() const {
    return outcome_.box->currentData().toString().toStdString();
}

void EffectsPage::show_result(const evaluation::Evaluation& evaluation) {
    show_outcomes(*outcome_.box, evaluation);
    const std::string key = chosen();
    const bool has_matched = charts::find_outcome(evaluation, key) != nullptr;
    matched_->setVisible(has_matched);
    for (const Tab tab : {chart_tab, by_year_tab}) {
        if (tabs_->isTabVisible(tab) != has_matched) tabs_->setTabVisible(tab, has_matched);
    }
    if (has_matched) {
        show_matched_outcome(evaluation, key);
    } else {
        show_process_kpi(evaluation, key);
    }
    show_traps(evaluation, key, {});
}

void EffectsPage::show_matched_outcome(const evaluation::Evaluation& evaluation, const std::string& key) {
    const report::Table table = rows_about(report::management_kpi_table(evaluation, language()), key);
    const auto show = [&](HeadlineCard& card, bool matched, const QString& title, const QString& remark) {
        const auto* row = first_row(table, matched);
        if (row == nullptr) return card.show_number(title, QStringLiteral("-"), tr("not available"), remark);
        const QString unit = cell_text(*row, unit_column);
        const QString number =
            cell_text(*row, change_column) + (joins_number(unit, language()) ? QString() : QStringLiteral(" ")) + unit;
        const QString details = tr("%1% interval %2, n = %3")
                                    .arg(evaluation.specification.confidence_level * 100)
                                    .arg(cell_text(*row, interval_column), cell_text(*row, n_column));
        card.show_number(QStringLiteral("%1 · %2").arg(title, cell_text(*row, measure_column)), number, details,
                         remark);
    };
    show(*naive_, false, tr("Before/after of the adopters alone"),
         tr("Holds everything else that happened meanwhile: not the effect."));
    show(*matched_, true, tr("Against matched non-adopters"),
         tr("Difference between the changes of the two arms since the year before adoption."));
    chart_->show_chart(charts::event_study_chart(evaluation, key, language()));
    before_after_->show_chart(charts::before_after_chart(evaluation, language()));
    comparison_->show_table(table, language());
    by_year_->show_table(rows_about(report::event_study_table(evaluation, language()), key), language());
}

void EffectsPage::show_process_kpi(const evaluation::Evaluation& evaluation, const std::string& key) {
    const report::Table table = rows_about(report::process_kpi_table(evaluation, language()), key);
    // Columns: indicator, n, ratio of sums (estimate above its interval), ...
    if (!table.rows.empty()) {
        const QStringList lines = cell_text(table.rows.front(), 2).split(QLatin1Char('\n'));
        naive_->show_number(tr("Before/after of the adopters surveyed (ratio of sums)"),
                            lines.value(0) + QLatin1Char('%'),
                            tr("%1% interval %2, n = %3")
                                .arg(evaluation.specification.confidence_level * 100)
                                .arg(lines.value(1), cell_text(table.rows.front(), 1)),
                            tr("Only adopters were surveyed: there is nobody to compare with. Not the effect."));
    }
    before_after_->show_chart(charts::process_change_chart(evaluation, language()));
    comparison_->show_table(table, language());
    tabs_->setCurrentIndex(before_after_tab);
}

QString EffectsPage::explanation() const {
    QString html;
    const auto& evaluation = study().evaluation();
    const std::string key = chosen();
    if (evaluation && !key.empty()) {
        html += heading(tr("Reading of this result"));
        if (const auto* effect = charts::total_effect(*evaluation, key, std::nullopt)) {
            html += paragraph(report::effect_sentence(*evaluation, *effect, language()));
            html += paragraph(report::pre_trend_sentence(*evaluation, key, language()));
        }
        if (const auto* change = charts::before_after_of(*evaluation, key, {}, {})) {
            html += paragraph(report::before_after_sentence(*evaluation, *change, language()));
        }
        html += paragraph(report::estimand_sentence(*evaluation, language()));
    }
    html += heading(tr("Two numbers"));
    html +=
        paragraph(tr("The before/after number compares the adopters with themselves. A good year of the whole economy "
                     "is in it. The matched number takes off what the matched non-adopters went through in the same "
                     "years."));
    html += paragraph(tr("Effect = (after − before) of adopters − (after − before) of matched non-adopters"));
    html += heading(tr("The chart"));
    html +=
        paragraph(tr("Above: the paths of the two arms. Below: their difference with its interval. Before the "
                     "adoption it should be near 0; if it is not, the arms were on different paths already."));
    html += paragraph(QStringLiteral("Heckman, Ichimura & Todd 1997; Abadie & Spiess 2022."));
    return html;
}

}  // namespace twinfirm::ui
