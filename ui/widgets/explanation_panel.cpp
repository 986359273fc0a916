// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explanation_panel.h"

#include <QEvent>
#include <QLabel>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace twinfirm::ui {

ExplanationPanel::ExplanationPanel(QWidget* parent)
    : QWidget(parent), title_(new QLabel(this)), text_(new QTextBrowser(this)) {
    setObjectName(QStringLiteral("explanation_panel"));
    setAttribute(Qt::WA_StyledBackground);
    title_->setObjectName(QStringLiteral("explanation_title"));
    text_->setObjectName(QStringLiteral("explanation"));
    text_->setFrameShape(QFrame::NoFrame);
    text_->document()->setDefaultStyleSheet(
        QStringLiteral("p { margin: 0 0 8px 0; line-height: 130%; } h3 { margin: 10px 0 4px 0; font-size: 13px; }"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 8, 8);
    layout->setSpacing(4);
    layout->addWidget(title_);
    layout->addWidget(text_, 1);
    retranslate();
}

void ExplanationPanel::retranslate() {
    title_->setText(tr("Explanation"));
    text_->setAccessibleName(tr("Explanation"));
}

void ExplanationPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void ExplanationPanel::show_text(const QString& html) {
    text_->setHtml(html);
}

}  // namespace twinfirm::ui
