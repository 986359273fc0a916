// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/sentence_editor.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace twinfirm::ui {

SentenceEditor::SentenceEditor(QWidget* parent)
    : QWidget(parent),
      text_label_(new QLabel(this)),
      text_(new QPlainTextEdit(this)),
      generated_(new QLabel(this)),
      warning_(new QLabel(this)),
      keep_(new QPushButton(this)),
      back_(new QPushButton(this)) {
    text_->setObjectName(QStringLiteral("sentence_text"));
    text_->setTabChangesFocus(true);
    text_->setMinimumHeight(46);
    text_label_->setBuddy(text_);
    generated_->setObjectName(QStringLiteral("sentence_generated"));
    generated_->setProperty("part", "description");
    generated_->setWordWrap(true);
    generated_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    warning_->setObjectName(QStringLiteral("sentence_warning"));
    warning_->setProperty("part", "warnings");
    keep_->setObjectName(QStringLiteral("sentence_keep"));
    back_->setObjectName(QStringLiteral("sentence_back"));
    auto* head = new QHBoxLayout;
    head->addWidget(text_label_, 1);
    head->addWidget(keep_);
    head->addWidget(back_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(warning_);
    layout->addWidget(text_, 1);
    layout->addWidget(generated_);
    // Room for the warning and for a generated sentence of three lines, which a splitter does not ask for.
    setMinimumHeight(190);
    constexpr int pause = 600;  // milliseconds without a key
    pause_.setSingleShot(true);
    pause_.setInterval(pause);
    connect(&pause_, &QTimer::timeout, this, &SentenceEditor::commit);
    connect(text_, &QPlainTextEdit::textChanged, &pause_, qOverload<>(&QTimer::start));
    connect(keep_, &QPushButton::clicked, this, [this] {
        pause_.stop();
        Q_EMIT written(*sentence_, text_->toPlainText().trimmed());
    });
    connect(back_, &QPushButton::clicked, this, [this] {
        pause_.stop();
        const QSignalBlocker quiet(text_);
        text_->setPlainText(QString::fromStdString(sentence_->generated));
        Q_EMIT written(*sentence_, {});
    });
    retranslate();
    setEnabled(false);
}

void SentenceEditor::retranslate() {
    text_label_->setText(tr("Sentence as it stands in the &report"));
    text_->setAccessibleName(tr("Sentence as it stands in the report"));
    keep_->setText(tr("Still right"));
    keep_->setToolTip(tr("The rewritten sentence fits the new numbers: the warning goes."));
    keep_->setAccessibleName(tr("The rewritten sentence is still right"));
    back_->setText(tr("Back to the generated one"));
    back_->setAccessibleName(tr("Back to the generated sentence"));
    update_buttons();
}

void SentenceEditor::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void SentenceEditor::show_sentence(const report::SentenceRecord& sentence) {
    const bool typing = pause_.isActive() && sentence_ && sentence_->key == sentence.key;
    sentence_ = sentence;
    const QString written = QString::fromStdString(sentence.written);
    if (!typing && text_->toPlainText().trimmed() != written) {
        const QSignalBlocker quiet(text_);
        text_->setPlainText(written);
    }
    setEnabled(true);
    update_buttons();
}

void SentenceEditor::update_buttons() {
    const auto state = sentence_ ? sentence_->state : report::SentenceState::generated;
    const bool is_own = state != report::SentenceState::generated;
    const bool warned = is_own && state != report::SentenceState::rewritten;
    keep_->setVisible(warned);
    warning_->setText(state == report::SentenceState::unchecked
                          ? tr("It is not recorded what this sentence was rewritten from.")
                          : tr("The numbers have changed since this sentence was rewritten."));
    warning_->setVisible(warned);
    back_->setEnabled(is_own);
    generated_->setText(is_own ? tr("Generated: %1").arg(QString::fromStdString(sentence_->generated)) : QString());
    generated_->setVisible(is_own);
}

void SentenceEditor::commit() {
    pause_.stop();
    if (!sentence_) return;
    const QString text = text_->toPlainText().trimmed();
    if (text != QString::fromStdString(sentence_->written)) Q_EMIT written(*sentence_, text);
}

}  // namespace twinfirm::ui
