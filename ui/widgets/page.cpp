// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/page.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace twinfirm::ui {

Page::Page(OpenStudy& study, const Localization& localization, QWidget* parent)
    : QWidget(parent),
      study_(study),
      localization_(localization),
      title_(new QLabel(this)),
      purpose_(new QLabel(this)),
      contents_(new QVBoxLayout) {
    title_->setObjectName(QStringLiteral("page_title"));
    purpose_->setObjectName(QStringLiteral("page_purpose"));
    purpose_->setWordWrap(true);
    contents_->setContentsMargins(0, 0, 0, 0);
    contents_->setSpacing(8);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    layout->setSpacing(4);
    layout->addWidget(title_);
    layout->addWidget(purpose_);
    layout->addSpacing(4);
    layout->addLayout(contents_, 1);
}

void Page::set_heading(const QString& title, const QString& purpose) {
    title_->setText(title);
    purpose_->setText(purpose);
    setAccessibleName(title);
}

void Page::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT explanation_changed();
    }
}

QString paragraph(const QString& plain) {
    return QStringLiteral("<p>%1</p>").arg(plain.toHtmlEscaped());
}

QString paragraph(const std::string& plain) {
    return paragraph(QString::fromStdString(plain));
}

QString heading(const QString& plain) {
    return QStringLiteral("<h3>%1</h3>").arg(plain.toHtmlEscaped());
}

}  // namespace twinfirm::ui
