// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/question_list.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStringList>
#include <QVBoxLayout>
#include <string>

#include "twinfirm/app/column_field.h"

namespace twinfirm::ui {

QuestionList::QuestionList(const Localization& localization, QWidget* parent)
    : QWidget(parent),
      localization_(localization),
      questions_title_(new QLabel(this)),
      questions_(new QWidget(this)),
      form_(new QFormLayout(questions_)),
      problems_title_(new QLabel(this)),
      problems_(new QPlainTextEdit(this)) {
    problems_->setObjectName(QStringLiteral("problems"));
    problems_->setReadOnly(true);
    problems_->setTabChangesFocus(true);
    form_->setContentsMargins(0, 0, 0, 0);
    form_->setRowWrapPolicy(QFormLayout::WrapLongRows);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(questions_title_);
    layout->addWidget(questions_);
    layout->addWidget(problems_title_);
    layout->addWidget(problems_, 1);
}

void QuestionList::show_inspection(const ingest::Inspection* inspection) {
    while (form_->rowCount() > 0) form_->removeRow(0);
    problems_->clear();
    problems_title_->setText(tr("Noticed in the file"));
    problems_->setAccessibleName(tr("Noticed in the file"));
    const bool asks = inspection != nullptr && !inspection->questions.empty();
    questions_title_->setText(asks ? tr("Please decide") : tr("There are no questions about this file."));
    questions_->setVisible(asks);
    if (inspection == nullptr) return;
    for (const ingest::Question& question : inspection->questions) add_question(question, inspection->plan);
    QStringList lines;
    for (const ingest::Problem& problem : inspection->problems) {
        QString line = QString::fromStdString(localization_.catalogue().text(problem.message));
        if (problem.line > 0) line = tr("Line %1: %2").arg(problem.line).arg(line);
        lines << line;
        const std::string hint = localization_.catalogue().hint(problem.message);
        if (!hint.empty()) lines << QStringLiteral("    ") + QString::fromStdString(hint);
    }
    problems_->setPlainText(lines.isEmpty() ? tr("Nothing.") : lines.join(QLatin1Char('\n')));
}

void QuestionList::add_question(const ingest::Question& question, const ingest::ImportPlan& plan) {
    auto* label = new QLabel(localization_.text("ask_" + question.code, question.arguments), questions_);
    label->setWordWrap(true);
    auto* box = new QComboBox(questions_);
    box->setObjectName(QStringLiteral("answer_") + QString::fromStdString(question.id));
    box->setAccessibleName(label->text());
    label->setBuddy(box);
    const auto answer = plan.answers.find(question.id);
    if (answer == plan.answers.end()) box->addItem(tr("(please choose)"), QString());
    for (const std::string& choice : question.choices) {
        box->addItem(choice_text(choice), QString::fromStdString(choice));
        if (answer != plan.answers.end() && answer->second == choice) box->setCurrentIndex(box->count() - 1);
    }
    connect(box, &QComboBox::activated, this, [this, box, id = QString::fromStdString(question.id)] {
        if (!box->currentData().toString().isEmpty()) Q_EMIT answered(id, box->currentData().toString());
    });
    form_->addRow(label, box);
}

QString QuestionList::choice_text(const std::string& choice) const {
    if (choice == "yes") return tr("Yes");
    if (choice == "no") return tr("No");
    if (choice == "none") return tr("None of them");
    if (choice == "keep") return tr("Neither: keep the numbers");
    if (choice == "text") return tr("No: keep as text");
    if (choice == "decimal_comma") return tr("Yes, it is the decimal point");
    if (choice == "lower_row") return tr("Yes, the lower row");
    if (choice == "literal") return tr("Yes, as plain characters");
    if (choice == "stop") return tr("No, the file must be corrected");
    if (choice == "\t") return tr("tab");
    if (choice == "merged") return tr("No, both rows together");
    if (choice == "all") return tr("All lines as one table");
    if (choice == "mixed") return tr("Each line as it fits");
    if (choice == "administrative") return tr("Administrative codes");
    if (choice == "statistical") return tr("Codes of the statistics office");
    const app::CanonicalField* field = app::find_canonical_field(choice);
    return field == nullptr ? QString::fromStdString(choice) : localization_.text(field->name);
}

}  // namespace twinfirm::ui
