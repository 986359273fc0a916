// SPDX-License-Identifier: GPL-3.0-or-later
#include "effects/headline_card.h"

#include <QLabel>
#include <QVBoxLayout>

namespace twinfirm::ui {

HeadlineCard::HeadlineCard(const QString& name, bool emphasised, QWidget* parent)
    : QFrame(parent),
      title_(new QLabel(this)),
      number_(new QLabel(this)),
      details_(new QLabel(this)),
      remark_(new QLabel(this)) {
    setObjectName(name);
    setProperty("card", emphasised ? "main" : "plain");
    title_->setProperty("part", "title");
    title_->setWordWrap(true);
    number_->setObjectName(name + QStringLiteral("_number"));
    number_->setProperty("part", "number");
    number_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    details_->setObjectName(name + QStringLiteral("_details"));
    details_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    remark_->setProperty("part", "remark");
    remark_->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->setSpacing(2);
    layout->addWidget(title_);
    layout->addWidget(number_);
    layout->addWidget(details_);
    layout->addWidget(remark_);
}

void HeadlineCard::show_number(const QString& title, const QString& number, const QString& details,
                               const QString& remark) {
    title_->setText(title);
    number_->setText(number);
    number_->setAccessibleName(title);
    details_->setText(details);
    remark_->setText(remark);
    setAccessibleName(QStringLiteral("%1: %2, %3").arg(title, number, details));
}

}  // namespace twinfirm::ui
