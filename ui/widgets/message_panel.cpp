// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/message_panel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStringList>

namespace twinfirm::ui {

MessagePanel::MessagePanel(const Localization& localization, QWidget* parent)
    : QFrame(parent), localization_(localization), text_(new QPlainTextEdit(this)), close_(new QPushButton(this)) {
    setObjectName(QStringLiteral("message_panel"));
    setFrameShape(QFrame::StyledPanel);
    text_->setObjectName(QStringLiteral("message_text"));
    text_->setReadOnly(true);
    text_->setTabChangesFocus(true);
    text_->setFixedHeight(64);
    close_->setObjectName(QStringLiteral("message_close"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 12, 6);
    layout->addWidget(text_, 1);
    layout->addWidget(close_, 0, Qt::AlignTop);
    connect(close_, &QPushButton::clicked, this, &MessagePanel::clear);
    retranslate();
    hide();
}

void MessagePanel::add(const Error& error) {
    entries_.emplace_back(error);
    retranslate();
    show();
}

void MessagePanel::add(const Messages& messages) {
    if (messages.empty()) return;
    entries_.insert(entries_.end(), messages.begin(), messages.end());
    retranslate();
    show();
}

void MessagePanel::clear() {
    entries_.clear();
    text_->clear();
    hide();
}

void MessagePanel::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void MessagePanel::retranslate() {
    close_->setText(tr("Close"));
    close_->setAccessibleName(tr("Close the messages"));
    text_->setAccessibleName(tr("Messages"));
    QStringList lines;
    // The latest first: it is the one just caused.
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
        std::string hint;
        if (const auto* error = std::get_if<Error>(&*entry)) {
            lines << localization_.text(*error);
            hint = localization_.catalogue().hint(*error);
        } else {
            const auto& message = std::get<Message>(*entry);
            lines << QString::fromStdString(localization_.catalogue().text(message));
            hint = localization_.catalogue().hint(message);
        }
        if (!hint.empty()) lines << QStringLiteral("    ") + QString::fromStdString(hint);
    }
    text_->setPlainText(lines.join(QLatin1Char('\n')));
}

}  // namespace twinfirm::ui
