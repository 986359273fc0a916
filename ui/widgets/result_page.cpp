// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/result_page.h"

#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace twinfirm::ui {

ResultPage::ResultPage(OpenStudy& study, const Localization& localization, QWidget* parent)
    : Page(study, localization, parent),
      out_of_date_(new QLabel(this)),
      stack_(new QStackedWidget(this)),
      nothing_yet_(new QLabel(this)),
      result_area_(new QWidget(this)) {
    out_of_date_->setObjectName(QStringLiteral("out_of_date"));
    out_of_date_->setWordWrap(true);
    out_of_date_->hide();
    nothing_yet_->setObjectName(QStringLiteral("nothing_yet"));
    nothing_yet_->setAlignment(Qt::AlignCenter);
    nothing_yet_->setWordWrap(true);
    stack_->addWidget(nothing_yet_);
    stack_->addWidget(result_area_);
    contents()->addWidget(out_of_date_);
    contents()->addWidget(stack_, 1);
}

void ResultPage::set_up() {
    connect(&study(), &OpenStudy::evaluation_changed, this, &ResultPage::refresh);
    connect(&study(), &OpenStudy::specification_changed, this, &ResultPage::show_currency);
    connect(&study(), &OpenStudy::files_changed, this, &ResultPage::show_currency);
    retranslate();
}

void ResultPage::retranslate() {
    nothing_yet_->setText(tr("There is no result yet.\nOpen the data, check the design and press “Run”."));
    out_of_date_->setText(
        tr("Data or design changed after this result was computed. Run the study again before using "
           "its numbers."));
    retranslate_labels();
    refresh();
}

void ResultPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (outdated_) refresh();
}

void ResultPage::refresh() {
    stack_->setCurrentIndex(study().evaluation() ? 1 : 0);
    outdated_ = !isVisible();
    if (study().evaluation() && !outdated_) show_result(*study().evaluation());
    show_currency();
    Q_EMIT explanation_changed();
}

void ResultPage::show_currency() {
    out_of_date_->setVisible(study().evaluation() && !study().result_is_current());
}

}  // namespace twinfirm::ui
