// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/result_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QStringList>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <set>

#include "twinfirm/charts/effect_rows.h"
#include "widgets/table_view.h"

namespace twinfirm::ui {

ResultPage::ResultPage(OpenStudy& study, const Localization& localization, QWidget* parent)
    : Page(study, localization, parent),
      out_of_date_(new QLabel(this)),
      stack_(new QStackedWidget(this)),
      nothing_yet_(new QLabel(this)),
      result_layout_(new QVBoxLayout) {
    out_of_date_->setObjectName(QStringLiteral("out_of_date"));
    out_of_date_->setWordWrap(true);
    out_of_date_->hide();
    nothing_yet_->setObjectName(QStringLiteral("nothing_yet"));
    nothing_yet_->setAlignment(Qt::AlignCenter);
    nothing_yet_->setWordWrap(true);
    auto* result_area = new QWidget(this);
    result_area->setLayout(result_layout_);
    result_layout_->setContentsMargins(0, 0, 0, 0);
    stack_->addWidget(nothing_yet_);
    stack_->addWidget(result_area);
    contents()->addWidget(out_of_date_);
    contents()->addWidget(stack_, 1);
}

ResultPage::Choice ResultPage::add_choice(const char* name, int least_width) {
    if (choices_ == nullptr) {
        choices_ = new QHBoxLayout;
        choices_->addStretch(1);
        result_layout_->addLayout(choices_);
    }
    const Choice choice{new QLabel(this), new QComboBox(this)};
    choice.box->setObjectName(QString::fromLatin1(name));
    choice.box->setMinimumWidth(least_width);
    choice.label->setBuddy(choice.box);
    if (choices_->count() > 1) choices_->insertSpacing(choices_->count() - 1, 16);
    choices_->insertWidget(choices_->count() - 1, choice.label);
    choices_->insertWidget(choices_->count() - 1, choice.box);
    connect(choice.box, &QComboBox::activated, this, [this] {
        if (const auto evaluation = shown()) show_result(*evaluation);
        Q_EMIT explanation_changed();
    });
    return choice;
}

QTabWidget* ResultPage::add_tabs(const char* name) {
    auto* tabs = new QTabWidget(this);
    tabs->setObjectName(QString::fromLatin1(name));
    result_layout_->addWidget(tabs, 1);
    return tabs;
}

void ResultPage::add_warnings(const char* name) {
    warnings_ = new QLabel(this);
    warnings_->setObjectName(QString::fromLatin1(name));
    warnings_->setProperty("part", "warnings");
    warnings_->setWordWrap(true);
    warnings_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    result_layout_->addWidget(warnings_);
}

void ResultPage::show_outcomes(QComboBox& box, const evaluation::Evaluation& evaluation) const {
    const QVariant before = box.currentData();
    box.clear();
    for (const design::Outcome& outcome : evaluation.specification.outcomes) {
        box.addItem(localization().text(outcome.label), QString::fromStdString(outcome.key));
    }
    for (const design::ProcessKpi& kpi : evaluation.specification.process_kpis) {
        if (charts::before_after_of(evaluation, kpi.key, {}, {}) == nullptr) continue;
        box.addItem(tr("%1 (survey)").arg(localization().text(kpi.label)), QString::fromStdString(kpi.key));
    }
    box.setCurrentIndex(std::max(0, box.findData(before)));
}

void ResultPage::show_traps(const evaluation::Evaluation& evaluation, const std::string& outcome,
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

void ResultPage::guard_tables() {
    for (TableView* view : findChildren<TableView*>()) {
        view->set_copy_check([this] {
            const Status current = study().check_current();
            if (!current) study().report(current.error());
            return current.has_value();
        });
    }
}

void ResultPage::set_up() {
    guard_tables();
    connect(&study(), &OpenStudy::evaluation_changed, this, &ResultPage::refresh);
    connect(&study(), &OpenStudy::specification_changed, this, &ResultPage::show_currency);
    connect(&study(), &OpenStudy::files_changed, this, &ResultPage::show_currency);
    retranslate();
}

void ResultPage::add_below_currency(QWidget* widget) {
    contents()->insertWidget(1, widget, 0, Qt::AlignLeft);
}

void ResultPage::retranslate() {
    nothing_yet_->setText(tr("There is no result yet.\nOpen the data, check the design and press “Run”."));
    retranslate_labels();
    refresh();
}

void ResultPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (outdated_) refresh();
}

void ResultPage::refresh() {
    const auto evaluation = shown();
    stack_->setCurrentIndex(evaluation ? 1 : 0);
    outdated_ = !isVisible();
    if (evaluation && !outdated_) show_result(*evaluation);
    show_currency();
    Q_EMIT explanation_changed();
}

void ResultPage::show_currency() {
    const QString text = currency();
    out_of_date_->setText(text);
    out_of_date_->setVisible(!text.isEmpty());
}

QString ResultPage::currency() const {
    if (!study().evaluation() || study().result_is_current()) return {};
    return tr("Data or design changed after this result was computed. Run the study again before using its numbers.");
}

}  // namespace twinfirm::ui
