// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>
#include <QString>

#include "study/localization.h"
#include "study/open_study.h"

class QLabel;
class QVBoxLayout;

namespace twinfirm::ui {

/// One step of the study: a heading, a line on what the page is for, and its contents. Scrolled where the window is too
/// small for it.
class Page : public QScrollArea {
    Q_OBJECT

  public:
    Page(OpenStudy& study, const Localization& localization, QWidget* parent = nullptr);

    /// What the page shows, in plain words (HTML), for the panel at the right.
    [[nodiscard]] virtual QString explanation() const = 0;

  Q_SIGNALS:
    void explanation_changed();

  protected:
    /// Sets every text and number in the present language; called when that changes and by the page's constructor.
    virtual void retranslate() = 0;
    void changeEvent(QEvent* event) override;

    void set_heading(const QString& title, const QString& purpose);
    [[nodiscard]] QVBoxLayout* contents() { return contents_; }
    [[nodiscard]] OpenStudy& study() { return study_; }
    [[nodiscard]] const OpenStudy& study() const { return study_; }
    [[nodiscard]] const Localization& localization() const { return localization_; }
    [[nodiscard]] Language language() const { return localization_.language(); }

  private:
    OpenStudy& study_;
    const Localization& localization_;
    QLabel* title_;
    QLabel* purpose_;
    QVBoxLayout* contents_;
};

/// `<p>...</p>` of a plain text.
[[nodiscard]] QString paragraph(const QString& plain);
[[nodiscard]] QString paragraph(const std::string& plain);
/// `<h3>...</h3>` of a plain text.
[[nodiscard]] QString heading(const QString& plain);

}  // namespace twinfirm::ui
