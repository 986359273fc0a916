// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/firm_name.h"

#include <utility>

#include "twinfirm/ingest/header_name.h"

namespace twinfirm::ingest {

namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    std::string out;
    std::size_t begin = 0;
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, begin)) {
        out.append(text, begin, at - begin);
        out += to;
        begin = at + from.size();
    }
    if (begin == 0) return;
    out.append(text, begin);
    text = std::move(out);
}

constexpr std::string_view branch = "지점";

/// 가나(서울지점), 가나 서울지점 -> 가나; a name that is one word stays.
void cut_branch(std::string& text) {
    if (text.ends_with(')')) {
        const std::size_t open = text.rfind('(');
        if (open == std::string::npos || !text.ends_with("지점)")) return;
        text.erase(open);
    } else if (text.ends_with(branch)) {
        const std::size_t space = text.rfind(' ');
        if (space != std::string::npos && space > 0) text.erase(space);
    }
}

}  // namespace

std::string comparable_firm_name(std::string_view name) {
    std::string text = display_name(name);
    replace_all(text, "（", "(");
    replace_all(text, "）", ")");
    // Spaces within a short form: ( 주 ).
    replace_all(text, "( ", "(");
    replace_all(text, " )", ")");
    for (const std::string_view form :
         {"농업회사법인", "어업회사법인", "영농조합법인", "영어조합법인", "유한책임회사", "주식회사", "유한회사",
          "합자회사", "합명회사", "(주)", "㈜", "(유)", "(합)", "(사)", "(재)", "(자)", "(명)"}) {
        replace_all(text, form, " ");
    }
    text = display_name(text);
    cut_branch(text);
    // comparable_name takes a unit in brackets for a header's; here brackets hold a name.
    replace_all(text, "(", " ");
    replace_all(text, ")", " ");
    replace_all(text, "[", " ");
    replace_all(text, "]", " ");
    return comparable_name(text);
}

}  // namespace twinfirm::ingest
