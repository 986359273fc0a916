// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/store/formula_guard.h"

#include <algorithm>
#include <array>

namespace twinfirm::store {

namespace {

using namespace std::string_view_literals;

// Space, no-break space, ideographic space, zero-width space, byte order mark.
constexpr std::array blanks = {" "sv, "\xC2\xA0"sv, "\xE3\x80\x80"sv, "\xE2\x80\x8B"sv, "\xEF\xBB\xBF"sv};
constexpr std::array starts = {"="sv,
                               "+"sv,
                               "-"sv,
                               "@"sv,
                               "\t"sv,
                               "\r"sv,
                               "\n"sv,
                               "\0"sv,
                               "\v"sv,
                               "\xEF\xBC\x9D"sv,
                               "\xEF\xBC\x8B"sv,
                               "\xEF\xBC\x8D"sv,
                               "\xEF\xBC\xA0"sv};

bool runs_as_formula(std::string_view text) {
    const auto begins = [&text](std::string_view mark) { return text.substr(0, mark.size()) == mark; };
    for (auto blank = blanks.begin(); blank != blanks.end();) {
        blank = std::find_if(blanks.begin(), blanks.end(), begins);
        if (blank != blanks.end()) text.remove_prefix(blank->size());
    }
    return std::any_of(starts.begin(), starts.end(), begins);
}

bool needs_guard(std::string_view text) {
    const std::size_t apostrophes = std::min(text.find_first_not_of('\''), text.size());
    return runs_as_formula(text.substr(apostrophes));
}

}  // namespace

std::string guard_formula(std::string_view text) {
    return (needs_guard(text) ? "'" : "") + std::string(text);
}

std::string_view unguard_formula(std::string_view text) {
    return !text.empty() && text.front() == '\'' && needs_guard(text) ? text.substr(1) : text;
}

}  // namespace twinfirm::store
