// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <variant>
#include <vector>

#include "study/localization.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"

class QPlainTextEdit;
class QPushButton;

namespace twinfirm::ui {

/// What went wrong and what to do about it, in the present language; stays until it is closed.
class MessagePanel : public QFrame {
    Q_OBJECT

  public:
    explicit MessagePanel(const Localization& localization, QWidget* parent = nullptr);

    void add(const Error& error);
    void add(const Messages& messages);
    void clear();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();

    const Localization& localization_;
    std::vector<std::variant<Error, Message>> entries_;
    QPlainTextEdit* text_;
    QPushButton* close_;
};

}  // namespace twinfirm::ui
