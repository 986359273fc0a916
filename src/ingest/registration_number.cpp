// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/registration_number.h"

#include "twinfirm/base/calendar.h"
#include "twinfirm/base/text_encoding.h"
#include "twinfirm/ingest/header_name.h"

namespace twinfirm::ingest {

namespace {

constexpr std::array<std::string_view, registration_classes> names = {
    "valid",          "leading_zero_lost", "wrong_check_digit", "wrong_length",
    "repeated_digit", "scientific",        "other_characters",  "resident_number"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The digits of a spelling; other characters than the usual marks clear `clean`.
struct Digits {
    std::string text;
    bool clean = true;
    bool scientific = false;
};

Digits digits_of(std::string_view spelling) {
    Digits digits;
    std::string folded;
    spelling = trim(spelling);
    for (std::size_t i = 0; i < spelling.size();) {
        if (static_cast<unsigned char>(spelling[i]) < 0x80) {
            folded += spelling[i++];
            continue;
        }
        char32_t c = next_code_point(spelling, i);
        if (c >= 0xFF01 && c <= 0xFF5E) c = c - 0xFF01 + 0x21;
        if (c == 0x2010 || c == 0x2011 || c == 0x2013 || c == 0x2212) c = U'-';
        if (c == 0xA0 || c == 0x3000 || c == 0x200B || c == 0xFEFF) c = U' ';
        folded += c < 0x80 ? static_cast<char>(c) : '?';
    }
    const std::size_t e = folded.find_first_of("eE");
    digits.scientific = e != std::string::npos && e > 0 && is_digit(folded[e - 1]) && e + 1 < folded.size() &&
                        (folded[e + 1] == '+' || is_digit(folded[e + 1]));
    if (folded.ends_with(".0")) folded.resize(folded.size() - 2);
    for (const char c : folded) {
        if (is_digit(c)) {
            digits.text += c;
        } else if (std::string_view(" -,.'\"=\t").find(c) == std::string_view::npos) {
            digits.clean = false;
        }
    }
    return digits;
}

int digit(std::string_view digits, std::size_t i) {
    return digits[i] - '0';
}

bool business_check(std::string_view digits) {
    constexpr std::array<int, 9> weights = {1, 3, 7, 1, 3, 7, 1, 3, 5};
    int sum = digit(digits, 8) * 5 / 10;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += digit(digits, i) * weights[i];
    return (10 - sum % 10) % 10 == digit(digits, 9);
}

bool corporate_check(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < 12; ++i) sum += digit(digits, i) * (i % 2 == 0 ? 1 : 2);
    return (10 - sum % 10) % 10 == digit(digits, 12);
}

bool resident_check(std::string_view digits) {
    constexpr std::array<int, 12> weights = {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += digit(digits, i) * weights[i];
    const int check = (11 - sum % 11) % 10;
    // Numbers of foreigners (5-8) add two to the check digit.
    return check == digit(digits, 12) || (check + 2) % 10 == digit(digits, 12);
}

bool begins_with_birthday(std::string_view digits) {
    const int year = digit(digits, 0) * 10 + digit(digits, 1);
    const int month = digit(digits, 2) * 10 + digit(digits, 3);
    const int day = digit(digits, 4) * 10 + digit(digits, 5);
    return is_valid_day(1900 + year, month, day) || is_valid_day(2000 + year, month, day);
}

/// The kinds of corporations (fifth and sixth digit) are numbered from 11 on.
bool may_be_corporate(std::string_view digits) {
    return corporate_check(digits) && digit(digits, 4) * 10 + digit(digits, 5) >= 11;
}

bool repeated(std::string_view digits) {
    return digits.find_first_not_of(digits[0]) == std::string_view::npos;
}

/// `8.8704011234568`: thirteen decimals are no number of a person.
bool is_decimal_fraction(std::string_view text) {
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    if (point == 0 || point == std::string_view::npos) return false;
    return text.find_first_not_of("0123456789") == point &&
           text.find_first_not_of("0123456789", point + 1) == text.npos;
}

RegistrationNumber read_number(std::string_view text, std::size_t length, bool (*check)(std::string_view)) {
    const Digits digits = digits_of(text);
    if (digits.scientific) return {RegistrationClass::scientific, {}};
    if (!digits.clean || digits.text.empty()) return {RegistrationClass::other_characters, {}};
    if (digits.text.size() + 1 == length && check("0" + digits.text)) {
        return {RegistrationClass::leading_zero_lost, "0" + digits.text};
    }
    if (digits.text.size() != length) return {RegistrationClass::wrong_length, digits.text};
    if (repeated(digits.text)) return {RegistrationClass::repeated_digit, digits.text};
    return {check(digits.text) ? RegistrationClass::valid : RegistrationClass::wrong_check_digit, digits.text};
}

}  // namespace

std::string_view registration_class_name(RegistrationClass value) {
    return names[static_cast<std::size_t>(value)];
}

RegistrationNumber read_business_number(std::string_view text) {
    return read_number(text, 10, business_check);
}

RegistrationNumber read_corporate_number(std::string_view text) {
    RegistrationNumber number = read_number(text, 13, corporate_check);
    if (number.kind == RegistrationClass::wrong_check_digit && begins_with_birthday(number.digits) &&
        resident_check(number.digits)) {
        return {RegistrationClass::resident_number, {}};
    }
    return number;
}

BusinessKind business_kind(std::string_view digits) {
    const int kind = digit(digits, 3) * 10 + digit(digits, 4);
    if (kind == 0) return BusinessKind::unassigned;
    return kind >= 80 && kind <= 89 ? BusinessKind::organisation : BusinessKind::sole_proprietor;
}

std::optional<TextPlace> find_resident_number(std::string_view text) {
    if (text.size() < 13 || is_decimal_fraction(text)) return std::nullopt;
    for (std::size_t begin = 0; begin + 13 <= text.size();) {
        if (!is_digit(text[begin])) {
            ++begin;
            continue;
        }
        std::size_t front = begin;
        while (front < text.size() && is_digit(text[front])) ++front;
        std::string digits(text.substr(begin, front - begin));
        std::size_t end = front;
        const bool hyphen = digits.size() == 6 && front < text.size() && text[front] == '-';
        if (hyphen) {
            std::size_t back = front + 1;
            while (back < text.size() && is_digit(text[back])) ++back;
            digits += text.substr(front + 1, back - front - 1);
            end = back;
        }
        if (digits.size() == 13 && begins_with_birthday(digits)) {
            const bool form = hyphen && digits[6] >= '1' && digits[6] <= '8';
            if (resident_check(digits) || (form && !may_be_corporate(digits))) return TextPlace{begin, end - begin};
        }
        begin = std::max(front, begin + 1);
    }
    return std::nullopt;
}

}  // namespace twinfirm::ingest
