// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"

namespace twinfirm {

/// The texts of every message code, in one language. The source is data/messages.{ko,en}.json:
/// `{"code": {"text": "... {argument} ...", "hint": "what to do"}}`, built into the program. Cheap to make and to copy.
///
/// `{name}` is the argument `name@ko` or `name@en`, where there is one for the language, else the argument `name`;
/// `{count|row|rows}` is `row` if the argument is 1 and `rows` otherwise.
class MessageCatalogue {
  public:
    /// The built-in catalogue of that language.
    explicit MessageCatalogue(Language language);

    [[nodiscard]] Language language() const { return language_; }

    /// What happened, with the arguments put in. A code without a text is returned as it is.
    [[nodiscard]] std::string text(std::string_view code, const MessageArguments& arguments) const;
    /// What to do next; empty where the catalogue has none.
    [[nodiscard]] std::string hint(std::string_view code, const MessageArguments& arguments) const;

    [[nodiscard]] std::string text(const Error& error) const { return text(error.code, error.arguments); }
    [[nodiscard]] std::string hint(const Error& error) const { return hint(error.code, error.arguments); }
    /// The argument `count` is filled from the message's count where it is not given.
    [[nodiscard]] std::string text(const Message& message) const;
    [[nodiscard]] std::string hint(const Message& message) const;

    /// All codes, sorted (for the test that both languages hold the same ones).
    [[nodiscard]] std::vector<std::string> codes() const;

  private:
    struct Entry {
        std::string text;
        std::string hint;
    };
    using Entries = std::map<std::string, Entry, std::less<>>;
    /// Read once a language and never changed.
    [[nodiscard]] static const Entries& entries_of(Language language);

    Language language_;
    const Entries* entries_;
};

}  // namespace twinfirm
