// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/folding_section.h"

#include <QEvent>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace twinfirm::ui {

FoldingSection::FoldingSection(const QString& name, QWidget* parent)
    : QWidget(parent), header_(new QToolButton(this)), explanation_(new QLabel(this)), body_(new QWidget(this)) {
    header_->setObjectName(name);
    header_->setProperty("part", "section");
    header_->setCheckable(true);
    header_->setAutoRaise(true);
    header_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    header_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    header_->setFocusPolicy(Qt::StrongFocus);
    explanation_->setProperty("part", "description");
    explanation_->setWordWrap(true);
    explanation_->setContentsMargins(22, 0, 0, 0);
    body_->setVisible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 4);
    layout->setSpacing(2);
    layout->addWidget(header_);
    layout->addWidget(explanation_);
    layout->addWidget(body_);
    connect(header_, &QToolButton::toggled, this, &FoldingSection::show_state);
    show_state();
}

void FoldingSection::set_texts(const QString& title, const QString& explanation, const QString& remark) {
    title_ = title;
    header_->setText(remark.isEmpty() ? title : QStringLiteral("%1 — %2").arg(title, remark));
    explanation_->setText(explanation);
    header_->setAccessibleDescription(explanation);
    show_state();
}

void FoldingSection::set_open(bool open) {
    header_->setChecked(open);
}

bool FoldingSection::is_open() const {
    return header_->isChecked();
}

void FoldingSection::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) show_state();
}

void FoldingSection::show_state() {
    header_->setArrowType(is_open() ? Qt::DownArrow : Qt::RightArrow);
    header_->setAccessibleName(is_open() ? tr("%1, open").arg(title_) : tr("%1, closed").arg(title_));
    body_->setVisible(is_open());
}

}  // namespace twinfirm::ui
