// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/industry_code.h"

#include "twinfirm/ingest/header_name.h"

namespace twinfirm::ingest {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::optional<std::string> single_code(std::string_view text) {
    text = trim(text);
    if (!text.empty() && ((text[0] >= 'A' && text[0] <= 'U') || (text[0] >= 'a' && text[0] <= 'u'))) {
        text = trim(text.substr(1));
    }
    std::size_t size = 0;
    while (size < text.size() && is_digit(text[size])) ++size;
    if (size < 2 || size > 5) return std::nullopt;
    // A name may follow in brackets or behind a blank, but no further figures or letters.
    const std::string_view behind = text.substr(size);
    if (!behind.empty() && behind[0] != '(' && behind[0] != '[' && behind[0] != ' ' && behind[0] != ':') {
        return std::nullopt;
    }
    std::string code(text.substr(0, size));
    if (size == 3 && code[0] == '0' && code[1] != '0') code.erase(0, 1);
    return code.starts_with("00") ? std::nullopt : std::optional(std::move(code));
}

}  // namespace

std::string IndustryCodes::rest() const {
    std::string text;
    for (std::size_t i = 1; i < codes.size(); ++i) text += (i == 1 ? "" : ", ") + codes[i];
    return text;
}

std::optional<IndustryCodes> parse_industry_codes(std::string_view text) {
    IndustryCodes found;
    std::size_t begin = 0;
    for (std::size_t i = 0, depth = 0; i <= text.size(); ++i) {
        const char c = i < text.size() ? text[i] : ',';
        if (c == '(' || c == '[') ++depth;
        if ((c == ')' || c == ']') && depth > 0) --depth;
        const bool part_ends = i == text.size() || (depth == 0 && (c == ',' || c == ';' || c == '/' || c == '\n'));
        if (!part_ends) continue;
        const std::string_view part = trim(text.substr(begin, i - begin));
        begin = i + 1;
        if (part.empty()) continue;
        auto code = single_code(part);
        if (!code) return std::nullopt;
        found.codes.push_back(std::move(*code));
    }
    return found.codes.empty() ? std::nullopt : std::optional(std::move(found));
}

}  // namespace twinfirm::ingest
