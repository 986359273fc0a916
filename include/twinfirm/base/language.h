// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace twinfirm {

enum class Language { korean, english };

/// "ko", "ko_KR.UTF-8" -> korean; "en..." -> english; else nothing.
[[nodiscard]] std::optional<Language> parse_language(std::string_view tag);

/// "ko" or "en".
[[nodiscard]] std::string_view language_tag(Language language);

/// A text that a user sees, in both languages.
struct LocalizedText {
    std::string ko;
    std::string en;

    [[nodiscard]] const std::string& in(Language language) const { return language == Language::korean ? ko : en; }
    friend bool operator==(const LocalizedText&, const LocalizedText&) = default;
};

}  // namespace twinfirm
