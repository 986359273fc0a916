// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QTextBrowser;

namespace twinfirm::ui {

/// The reading of the present page in plain words.
class ExplanationPanel : public QWidget {
    Q_OBJECT

  public:
    explicit ExplanationPanel(QWidget* parent = nullptr);
    void show_text(const QString& html);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();

    QLabel* title_;
    QTextBrowser* text_;
};

}  // namespace twinfirm::ui
