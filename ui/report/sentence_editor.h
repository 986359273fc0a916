// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <optional>

#include "twinfirm/report/document.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace twinfirm::ui {

/// One sentence of the report: as it was generated, and as the analyst writes it. What is typed is handed on after a
/// short pause.
class SentenceEditor : public QWidget {
    Q_OBJECT

  public:
    explicit SentenceEditor(QWidget* parent = nullptr);

    /// What is being typed into the same sentence stays.
    void show_sentence(const report::SentenceRecord& sentence);
    [[nodiscard]] const std::optional<report::SentenceRecord>& sentence() const { return sentence_; }
    /// Hands on what was typed and not handed on yet.
    void commit();

  Q_SIGNALS:
    /// The text that stands instead of the generated one; empty = the generated one.
    void written(const twinfirm::report::SentenceRecord& sentence, const QString& text);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void update_buttons();

    std::optional<report::SentenceRecord> sentence_;
    QLabel* text_label_;
    QPlainTextEdit* text_;
    QLabel* generated_;
    QLabel* warning_;
    QPushButton* keep_;
    QPushButton* back_;
    QTimer pause_;
};

}  // namespace twinfirm::ui
