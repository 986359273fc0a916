// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextBrowser>
#include <optional>

#include "study/step_state.h"
#include "twinfirm/base/language.h"

namespace twinfirm::ui {

/// The user guide in a window of its own.
class GuideWindow : public QTextBrowser {
    Q_OBJECT

  public:
    explicit GuideWindow(QWidget* parent = nullptr);

    /// Opens the guide where it speaks of that step.
    void show_step(Step step, Language language);

  protected:
    /// Pictures as wide as the text.
    QVariant loadResource(int type, const QUrl& name) override;

  private:
    void load(Language language);
    void set_margins();
    void scroll_to_chapter(int number);

    std::optional<Language> loaded_;
};

}  // namespace twinfirm::ui
