// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/page.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace twinfirm::ui {

namespace {

/// As high as its parts need at least, not as they would like to be: a chart shrinks before the page is scrolled.
class Contents : public QWidget {
  public:
    using QWidget::QWidget;
    [[nodiscard]] int heightForWidth(int width) const override { return layout()->minimumHeightForWidth(width); }
};

}  // namespace

Page::Page(OpenStudy& study, const Localization& localization, QWidget* parent)
    : QScrollArea(parent),
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
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    auto* page = new Contents(this);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(16, 12, 16, 8);
    layout->setSpacing(4);
    layout->addWidget(title_);
    layout->addWidget(purpose_);
    layout->addSpacing(4);
    layout->addLayout(contents_, 1);
    setWidget(page);
}

void Page::set_heading(const QString& title, const QString& purpose) {
    title_->setText(title);
    purpose_->setText(purpose);
    setAccessibleName(title);
}

void Page::changeEvent(QEvent* event) {
    QScrollArea::changeEvent(event);
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
