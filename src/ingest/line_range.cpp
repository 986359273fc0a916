// SPDX-License-Identifier: GPL-3.0-or-later
#include "line_range.h"

#include <charconv>

namespace twinfirm::ingest {

std::string line_range_text(LineRange lines) {
    std::string text = std::to_string(lines.first) + '-';
    if (lines.last > 0) text += std::to_string(lines.last);
    return text;
}

std::optional<LineRange> parse_line_range(std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto number = [](std::string_view digits) -> std::optional<std::int64_t> {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error != std::errc{} || end != digits.data() + digits.size() || value < 1) return std::nullopt;
        return value;
    };
    const auto first = number(text.substr(0, dash));
    if (!first) return std::nullopt;
    if (dash + 1 == text.size()) return LineRange{*first, 0};
    const auto last = number(text.substr(dash + 1));
    if (!last || *last < *first) return std::nullopt;
    return LineRange{*first, *last};
}

}  // namespace twinfirm::ingest
