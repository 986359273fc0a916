// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/title_form.h"

#include <QDate>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>

namespace twinfirm::ui {

namespace {

std::string& in(LocalizedText& text, Language language) {
    return language == Language::korean ? text.ko : text.en;
}

}  // namespace

TitleForm::TitleForm(QWidget* parent)
    : QWidget(parent),
      title_label_(new QLabel(this)),
      title_(new QLineEdit(this)),
      organisation_label_(new QLabel(this)),
      organisation_(new QLineEdit(this)),
      author_label_(new QLabel(this)),
      author_(new QLineEdit(this)),
      date_label_(new QLabel(this)),
      date_(new QLineEdit(this)) {
    title_->setObjectName(QStringLiteral("report_title"));
    organisation_->setObjectName(QStringLiteral("report_organisation"));
    author_->setObjectName(QStringLiteral("report_author"));
    date_->setObjectName(QStringLiteral("report_date"));
    date_->setMaximumWidth(130);
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    const auto add = [&](QLabel* label, QLineEdit* edit, int row, int column, int span) {
        label->setBuddy(edit);
        layout->addWidget(label, row, column);
        layout->addWidget(edit, row, column + 1, 1, span);
        connect(edit, &QLineEdit::editingFinished, this, &TitleForm::take);
    };
    add(title_label_, title_, 0, 0, 5);
    add(organisation_label_, organisation_, 1, 0, 1);
    add(author_label_, author_, 1, 2, 1);
    add(date_label_, date_, 1, 4, 1);
    layout->setColumnStretch(1, 2);
    layout->setColumnStretch(3, 1);
    layout->setRowStretch(2, 1);
    retranslate();
}

void TitleForm::retranslate() {
    title_label_->setText(tr("Ti&tle"));
    organisation_label_->setText(tr("Orga&nisation"));
    author_label_->setText(tr("&Author"));
    date_label_->setText(tr("&Date"));
    title_->setAccessibleName(tr("Title of the report"));
    organisation_->setAccessibleName(tr("Organisation"));
    author_->setAccessibleName(tr("Author"));
    date_->setAccessibleName(tr("Date of the report"));
    date_->setPlaceholderText(tr("2019-05-23"));
    date_->setToolTip(tr("Year-month-day; empty = no date on the report"));
}

void TitleForm::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void TitleForm::show_settings(const design::ReportSettings& settings, Language language, const QString& usual) {
    settings_ = settings;
    language_ = language;
    const auto show = [](QLineEdit* edit, const std::string& text) {
        const QString shown = QString::fromStdString(text);
        if (edit->text() != shown && !(edit->hasFocus() && edit->isModified())) edit->setText(shown);
    };
    title_->setPlaceholderText(usual);
    show(title_, settings.title.in(language));
    show(organisation_, settings.organisation.in(language));
    show(author_, settings.author.in(language));
    show(date_, settings.date);
}

void TitleForm::take() {
    const auto text = [](const QLineEdit* edit) { return edit->text().trimmed().toStdString(); };
    in(settings_.title, language_) = text(title_);
    in(settings_.organisation, language_) = text(organisation_);
    in(settings_.author, language_) = text(author_);
    const QString date = date_->text().trimmed();
    // What is no date is not taken, and stands there again.
    if (date.isEmpty() || (date.size() == 10 && QDate::fromString(date, Qt::ISODate).isValid())) {
        settings_.date = date.toStdString();
    } else {
        date_->setText(QString::fromStdString(settings_.date));
    }
    for (QLineEdit* edit : {title_, organisation_, author_, date_}) edit->setModified(false);
    Q_EMIT edited(settings_);
}

}  // namespace twinfirm::ui
