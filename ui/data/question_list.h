// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "study/localization.h"
#include "twinfirm/app/inspect.h"

class QFormLayout;
class QLabel;
class QPlainTextEdit;

namespace twinfirm::ui {

/// What was odd about a file, and the questions that only the analyst can answer, each with its choices.
class QuestionList : public QWidget {
    Q_OBJECT

  public:
    explicit QuestionList(const Localization& localization, QWidget* parent = nullptr);

    void show_inspection(const ingest::Inspection* inspection);

  Q_SIGNALS:
    void answered(const QString& question, const QString& choice);

  private:
    void add_question(const ingest::Question& question, const ingest::ImportPlan& plan);
    [[nodiscard]] QString choice_text(const std::string& choice) const;

    const Localization& localization_;
    QLabel* questions_title_;
    QWidget* questions_;
    QFormLayout* form_;
    QLabel* problems_title_;
    QPlainTextEdit* problems_;
};

}  // namespace twinfirm::ui
