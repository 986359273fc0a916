// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QTranslator>
#include <string_view>

#include "twinfirm/base/language.h"
#include "twinfirm/base/message_catalogue.h"

namespace twinfirm::ui {

/// The language of the window. Setting it sends every widget a LanguageChange event.
class Localization : public QObject {
    Q_OBJECT

  public:
    explicit Localization(Language language, QObject* parent = nullptr);
    ~Localization() override;

    [[nodiscard]] Language language() const { return language_; }
    void set_language(Language language);

    /// The messages of the rooms below, in the present language.
    [[nodiscard]] const MessageCatalogue& catalogue() const {
        return language_ == Language::korean ? korean_ : english_;
    }
    [[nodiscard]] QString text(std::string_view code, const MessageArguments& arguments = {}) const;
    /// What happened, where in which file.
    [[nodiscard]] QString text(const Error& error) const;
    [[nodiscard]] QString text(const LocalizedText& text) const;

  private:
    Language language_;
    MessageCatalogue korean_{Language::korean};
    MessageCatalogue english_{Language::english};
    QTranslator window_texts_;
    QTranslator qt_texts_;  ///< buttons and dialogs of Qt itself
};

}  // namespace twinfirm::ui
