// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "twinfirm/base/language.h"
#include "twinfirm/design/report_settings.h"

class QLabel;
class QLineEdit;

namespace twinfirm::ui {

/// Title, organisation, author and date of the report, in its language.
class TitleForm : public QWidget {
    Q_OBJECT

  public:
    explicit TitleForm(QWidget* parent = nullptr);

    /// `usual`: the title without one of the analyst's own.
    void show_settings(const design::ReportSettings& settings, Language language, const QString& usual);

  Q_SIGNALS:
    void edited(const twinfirm::design::ReportSettings& settings);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void take();

    design::ReportSettings settings_;
    Language language_ = Language::korean;
    QLabel* title_label_;
    QLineEdit* title_;
    QLabel* organisation_label_;
    QLineEdit* organisation_;
    QLabel* author_label_;
    QLineEdit* author_;
    QLabel* date_label_;
    QLineEdit* date_;
};

}  // namespace twinfirm::ui
