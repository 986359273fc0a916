// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/header_name.h"

#include <algorithm>

#include "field_catalogue.h"
#include "twinfirm/base/text_encoding.h"

namespace twinfirm::ingest {

namespace {

bool is_space(char32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x202F;
}

bool is_invisible(char32_t c) {
    return c == 0xFEFF || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xAD;
}

/// Puts a conjoining vowel or final consonant into the syllable before it (Unicode, section 3.12).
bool compose(char32_t& last, char32_t next) {
    constexpr char32_t syllable = 0xAC00;
    constexpr char32_t lead = 0x1100;
    constexpr char32_t vowel = 0x1161;
    constexpr char32_t tail = 0x11A7;
    if (last >= lead && last < lead + 19 && next >= vowel && next < vowel + 21) {
        last = syllable + ((last - lead) * 21 + (next - vowel)) * 28;
        return true;
    }
    if (last >= syllable && last < syllable + 11172 && (last - syllable) % 28 == 0 && next > tail && next < tail + 28) {
        last += next - tail;
        return true;
    }
    return false;
}

std::u32string composed(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        if (const auto byte = static_cast<unsigned char>(text[i]); byte < 0x80) {
            out.push_back(byte);
            ++i;
            continue;
        }
        const char32_t c = next_code_point(text, i);
        if (is_invisible(c)) continue;
        if (out.empty() || !compose(out.back(), c)) out.push_back(c);
    }
    return out;
}

/// Full-width ASCII and the letters that Korean files use for units, as plain letters, in lower case.
void append_folded(std::u32string& out, char32_t c) {
    if (c >= 0xFF01 && c <= 0xFF5E) c = c - 0xFF01 + 0x21;
    if (c >= 'A' && c <= 'Z') c = c - 'A' + 'a';
    if (c == U'％') c = '%';
    out.push_back(c);
}

bool is_punctuation(char32_t c) {
    return c < 0x80 ? !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '%' || c == '&')
                    : c == U'·' || c == U'ㆍ' || c == U'「' || c == U'」' || c == U'【' || c == U'】' || c == U'‧';
}

std::string to_utf8(const std::u32string& text) {
    std::string out;
    out.reserve(3 * text.size());
    for (const char32_t c : text) append_utf8(out, c);
    return out;
}

std::string known_unit(std::string_view text) {
    std::string compact;
    for (const char c : display_name(text)) {
        if (c != ' ') compact += c;
    }
    if (compact.starts_with("단위:")) compact.erase(0, std::string_view("단위:").size());
    const FieldCatalogue& catalogue = field_catalogue();
    if (catalogue.money_units.contains(compact)) return compact;
    const auto& others = catalogue.other_units;
    return std::find(others.begin(), others.end(), compact) == others.end() ? std::string() : compact;
}

/// Where the last bracketed part at the end of a name begins; npos = none.
std::size_t last_bracket(std::string_view name) {
    if (name.empty() || (name.back() != ')' && name.back() != ']')) return std::string_view::npos;
    return name.rfind(name.back() == ')' ? '(' : '[');
}

std::string with_ascii_brackets(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        char32_t c = next_code_point(text, i);
        if (c >= 0xFF01 && c <= 0xFF5E) c = c - 0xFF01 + 0x21;
        append_utf8(out, c);
    }
    return out;
}

}  // namespace

std::string_view trim(std::string_view text) {
    // Most cells begin and end with an ASCII character or a Hangul syllable (three bytes, the first E4 to EE, as of all
    // characters from U+4000 to U+EFFF, none of which is a space).
    const auto ascii = [](char c) { return c > ' ' && c < '\x7F'; };
    const auto leads = [](char c) {
        return static_cast<unsigned char>(c) >= 0xE4 && static_cast<unsigned char>(c) <= 0xEE;
    };
    const std::size_t size = text.size();
    if (size > 0 && (ascii(text.front()) || leads(text.front())) &&
        (ascii(text.back()) || (size > 2 && leads(text[size - 3])))) {
        return text;
    }
    while (!text.empty()) {
        std::size_t next = 0;
        const char32_t c = next_code_point(text, next);
        if (!is_space(c) && !is_invisible(c)) break;
        text.remove_prefix(next);
    }
    while (!text.empty()) {
        std::size_t begin = text.size() - 1;
        while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
        std::size_t next = begin;
        const char32_t c = next_code_point(text, next);
        if (!is_space(c) && !is_invisible(c)) break;
        text.remove_suffix(text.size() - begin);
    }
    return text;
}

std::string display_name(std::string_view header) {
    std::u32string out;
    out.reserve(header.size());
    bool space = false;
    for (const char32_t c : composed(header)) {
        if (is_space(c) || c == 0) {
            space = !out.empty();
            continue;
        }
        if (space) out.push_back(U' ');
        space = false;
        out.push_back(c);
    }
    return to_utf8(out);
}

bool has_invisible_characters(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        if (static_cast<unsigned char>(text[i]) < 0x80) {
            ++i;
            continue;
        }
        if (is_invisible(next_code_point(text, i))) return true;
    }
    return false;
}

std::string comparable_name(std::string_view header) {
    std::string name = with_ascii_brackets(display_name(header));
    const std::size_t bracket = last_bracket(name);
    if (bracket != std::string::npos && bracket > 0 &&
        !known_unit(std::string_view(name).substr(bracket + 1, name.size() - bracket - 2)).empty()) {
        name.erase(bracket);
    }
    std::u32string folded;
    for (const char32_t c : composed(name)) append_folded(folded, c);
    std::u32string out;
    for (const char32_t c : folded) {
        if (!is_space(c) && !is_punctuation(c)) out.push_back(c);
    }
    return to_utf8(out);
}

std::string unit_in_header(std::string_view header) {
    const std::string name = with_ascii_brackets(display_name(header));
    const std::size_t bracket = last_bracket(name);
    if (bracket == std::string::npos) return {};
    return known_unit(std::string_view(name).substr(bracket + 1, name.size() - bracket - 2));
}

std::string unit_in_line(std::string_view line) {
    const std::string text = with_ascii_brackets(display_name(line));
    const std::size_t word = text.find("단위");
    if (word == std::string::npos) return {};
    std::string rest = text.substr(word + std::string_view("단위").size());
    rest.erase(0, rest.find_first_not_of(" :"));
    rest.erase(std::min(rest.find_first_of(")]"), rest.size()));
    std::string found;
    for (std::size_t begin = 0; begin <= rest.size();) {
        const std::size_t end = std::min(rest.find_first_of(",/·", begin), rest.size());
        const std::string unit = known_unit(std::string_view(rest).substr(begin, end - begin));
        // Several money units in one line belong to columns that it does not name.
        if (won_power(unit) >= 0 && won_power(found) >= 0) return {};
        if (won_power(unit) >= 0 || found.empty()) found = unit;
        begin = end + 1;
    }
    return found;
}

int won_power(std::string_view unit) {
    const auto& units = field_catalogue().money_units;
    const auto found = units.find(unit);
    return found == units.end() ? -1 : found->second;
}

}  // namespace twinfirm::ingest
