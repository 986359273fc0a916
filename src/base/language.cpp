// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/language.h"

namespace twinfirm {

std::optional<Language> parse_language(std::string_view tag) {
    const auto is = [&](std::string_view code) {
        return tag.substr(0, code.size()) == code && (tag.size() == code.size() || tag[code.size()] == '_' ||
                                                      tag[code.size()] == '-' || tag[code.size()] == '.');
    };
    if (is("ko")) return Language::korean;
    if (is("en")) return Language::english;
    return std::nullopt;
}

std::string_view language_tag(Language language) {
    return language == Language::korean ? "ko" : "en";
}

}  // namespace twinfirm
