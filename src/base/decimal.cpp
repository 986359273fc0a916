// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/decimal.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

namespace twinfirm {

namespace {

/// Longest spelling looked at, in characters; the longest int64 with separators has 26.
constexpr std::size_t longest = 400;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The text in a small alphabet: ASCII, with 'T' for △ ▲, 'M' for other minus signs, 'W' for ₩ and 원.
struct Spelling {
    std::array<char, longest> characters;  // only the first `size` are set
    std::size_t size = 0;
    bool full_width = false;
    bool other_minus = false;

    [[nodiscard]] std::string_view view() const { return {characters.data(), size}; }
    bool push(char c) {
        if (size == longest) return false;
        characters[size++] = c;
        return true;
    }
};

/// The ASCII character of a three-byte UTF-8 sequence, 0 = none that a number may have.
char fold_three_bytes(unsigned char a, unsigned char b, unsigned char c, Spelling& spelling) {
    const unsigned code = ((a & 0x0FU) << 12) | ((b & 0x3FU) << 6) | (c & 0x3FU);
    if (code >= 0xFF01 && code <= 0xFF5E) {
        spelling.full_width = true;
        const char ascii = static_cast<char>(code - 0xFF01 + 0x21);
        return std::string_view("0123456789.,+-()%eEpP").find(ascii) == std::string_view::npos ? '\0' : ascii;
    }
    switch (code) {
        case 0x25B3:
        case 0x25B2:
            return 'T';
        case 0x2212:
        case 0x2013:
            spelling.other_minus = true;
            return '-';
        case 0x20A9:
        case 0xFFE6:
        case 0xC6D0:
            return 'W';
        case 0x3000:
            return ' ';
        default:
            return '\0';
    }
}

bool fold(std::string_view text, Spelling& spelling) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        char folded = text[i];
        if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0xA0) {
            folded = ' ';
            i += 1;
        } else if (byte >= 0xE0 && byte < 0xF0 && i + 2 < text.size()) {
            folded = fold_three_bytes(byte, static_cast<unsigned char>(text[i + 1]),
                                      static_cast<unsigned char>(text[i + 2]), spelling);
            i += 2;
        } else if (byte >= 0x80 || folded == 'T' || folded == 'W') {
            return false;
        }
        if (folded == '\0' || !spelling.push(folded)) return false;
    }
    return true;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// Takes the signs and units off both ends; false = contradictory.
bool strip_ends(std::string_view& text, Decimal& out, bool& negative) {
    if (text.size() >= 2 && text.front() == '(' && text.back() == ')') {
        out.parentheses = negative = true;
        text = trimmed(text.substr(1, text.size() - 2));
    }
    const auto leading_won = [&] {
        if (text.empty() || text.front() != 'W' || out.won_sign) return;
        out.won_sign = true;
        text = trimmed(text.substr(1));
    };
    leading_won();
    if (!text.empty() && (text.front() == '-' || text.front() == 'T' || text.front() == '+')) {
        if (negative) return false;
        negative = text.front() != '+';
        out.triangle = text.front() == 'T';
        text = trimmed(text.substr(1));
    }
    leading_won();
    if (text.size() > 1 && text.back() == 'W' && !out.won_sign) {
        out.won_sign = true;
        text = trimmed(text.substr(0, text.size() - 1));
    } else if (text.size() > 1 && text.back() == '-') {
        if (negative) return false;
        out.trailing_minus = negative = true;
        text.remove_suffix(1);
    } else if (text.ends_with("%p") || text.ends_with("%P")) {
        out.percent = true;
        text = trimmed(text.substr(0, text.size() - 2));
    } else if (text.ends_with('%')) {
        out.percent = true;
        text = trimmed(text.substr(0, text.size() - 1));
    }
    return !text.empty();
}

/// Digits with separators in groups of three: the digits go to `digits`.
bool take_whole_part(std::string_view text, Spelling& digits, bool& separators) {
    const std::size_t first_comma = text.find(',');
    if (first_comma == std::string_view::npos) {
        for (const char c : text) {
            if (!is_digit(c) || !digits.push(c)) return false;
        }
        return true;
    }
    separators = true;
    if (first_comma == 0 || first_comma > 3 || (text.size() - first_comma) % 4 != 0) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool comma_place = i >= first_comma && (i - first_comma) % 4 == 0;
        if (comma_place ? text[i] != ',' : !is_digit(text[i])) return false;
        if (!comma_place && !digits.push(text[i])) return false;
    }
    return true;
}

// Up to 2^53 and 10^22 both operands are exact, so that one division is correctly rounded (Clinger 1990).
constexpr std::int64_t exact_in_double = std::int64_t{1} << 53;
constexpr std::array<double, 23> exact_powers = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                                 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/// The usual case without detours: up to 15 ASCII digits with at most one point and a minus before them.
std::optional<Decimal> parse_plain(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    const std::string_view digits = text.substr(negative ? 1 : 0);
    if (digits.empty() || digits.size() > 16 || !is_digit(digits.front()) || !is_digit(digits.back())) {
        return std::nullopt;
    }
    if (digits.front() == '0' && digits.size() > 1 && digits[1] != '.') return std::nullopt;
    Decimal out;
    std::size_t point = digits.size();
    std::int64_t value = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (is_digit(digits[i])) {
            value = value * 10 + (digits[i] - '0');
        } else if (digits[i] == '.' && point == digits.size()) {
            point = i;
        } else {
            return std::nullopt;
        }
    }
    if (value > exact_in_double) return std::nullopt;
    out.whole = point == digits.size();
    const std::size_t decimals = out.whole ? 0 : digits.size() - point - 1;
    out.coefficient = negative ? -value : value;
    out.exponent = -static_cast<int>(decimals);
    out.value = static_cast<double>(out.coefficient) / exact_powers[decimals];
    return out;
}

/// 2017-03-01, 124-81-00998, 010/1234: a mark between digits, which no number has.
bool is_divided(std::string_view text) {
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        const char c = text[i];
        if ((c == '-' || c == '/' || c == ':') && is_digit(text[i - 1]) && is_digit(text[i + 1])) return true;
    }
    return false;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
    if (const auto plain = parse_plain(text)) return plain;
    if (text.empty() || text.size() > longest || is_divided(text)) return std::nullopt;
    Spelling spelling;
    if (!fold(text, spelling)) return std::nullopt;
    std::string_view rest = trimmed(spelling.view());
    if (rest.empty()) return std::nullopt;

    Decimal out;
    bool negative = false;
    if (!strip_ends(rest, out, negative)) return std::nullopt;
    out.full_width = spelling.full_width;
    out.other_minus = spelling.other_minus && negative && !out.triangle;

    int exponent = 0;
    const std::size_t e = rest.find_first_of("eE");
    const bool scientific = e != std::string_view::npos;
    if (scientific) {
        std::string_view power = rest.substr(e + 1);
        if (power.size() > 1 && power.front() == '+') power.remove_prefix(1);
        const auto [end, error] = std::from_chars(power.data(), power.data() + power.size(), exponent);
        if (error != std::errc() || end != power.data() + power.size() || exponent > 9999 || exponent < -9999) {
            return std::nullopt;
        }
        rest = rest.substr(0, e);
    }
    const std::size_t point = rest.find('.');
    const std::string_view whole = rest.substr(0, point);
    const std::string_view decimals = point == std::string_view::npos ? std::string_view() : rest.substr(point + 1);
    if (whole.empty() && decimals.empty()) return std::nullopt;

    Spelling digits;
    if (!take_whole_part(whole, digits, out.separators)) return std::nullopt;
    if (digits.size > 1 && digits.characters[0] == '0') return std::nullopt;
    for (const char c : decimals) {
        if (!is_digit(c) || !digits.push(c)) return std::nullopt;
    }
    out.whole = point == std::string_view::npos && !scientific;

    const std::string_view all = digits.view();
    const auto [end, error] = std::from_chars(all.data(), all.data() + all.size(), out.coefficient);
    out.exact = error == std::errc();
    if (!out.exact && out.whole) return std::nullopt;
    out.exponent = exponent - static_cast<int>(decimals.size());
    if (!out.exact) out.coefficient = 0;
    if (negative) out.coefficient = -out.coefficient;

    if (out.exact && out.exponent == 0) {
        out.value = static_cast<double>(out.coefficient);
        return out;
    }
    if (out.exact && out.exponent < 0 && out.exponent >= -22 && std::abs(out.coefficient) <= exact_in_double) {
        out.value = static_cast<double>(out.coefficient) / exact_powers[static_cast<std::size_t>(-out.exponent)];
        return out;
    }
    Spelling plain;
    for (const char c : all) plain.push(c);
    std::array<char, 16> power_text{};
    const auto written = std::to_chars(power_text.data(), power_text.data() + power_text.size(), out.exponent);
    plain.push('e');
    for (const char* c = power_text.data(); c != written.ptr; ++c) {
        if (!plain.push(*c)) return std::nullopt;
    }
    const auto read = std::from_chars(plain.characters.data(), plain.characters.data() + plain.size, out.value);
    if (read.ec != std::errc() || !std::isfinite(out.value)) return std::nullopt;
    if (negative) out.value = -out.value;
    return out;
}

std::optional<ScaledInteger> scaled_integer(const Decimal& decimal, int power) {
    if (!decimal.exact) return std::nullopt;
    ScaledInteger out{decimal.coefficient, false};
    int exponent = decimal.exponent + power;
    if (out.value == 0) return out;
    for (; exponent > 0; --exponent) {
        constexpr std::int64_t limit = std::numeric_limits<std::int64_t>::max() / 10;
        if (out.value > limit || out.value < -limit) return std::nullopt;
        out.value *= 10;
    }
    int last_digit = 0;
    for (; exponent < 0; ++exponent) {
        last_digit = static_cast<int>(out.value % 10);
        out.rounded = out.rounded || last_digit != 0;
        out.value /= 10;
        if (out.value == 0 && exponent < -1) return ScaledInteger{0, true};
    }
    if (last_digit >= 5) ++out.value;
    if (last_digit <= -5) --out.value;
    return out;
}

}  // namespace twinfirm
