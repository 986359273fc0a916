// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace twinfirm::ingest {

/// What a text in a column of registration numbers is.
enum class RegistrationClass : std::uint8_t {
    valid,
    leading_zero_lost,  ///< valid with a zero put before it, as spreadsheets take it away
    wrong_check_digit,
    wrong_length,
    repeated_digit,    ///< 000-00-00000, which passes the arithmetic
    scientific,        ///< 1.23457E+09: a spreadsheet lost the last digits
    other_characters,  ///< letters (O for 0), masks, words
    resident_number,   ///< a person's number in a column of numbers of corporations
};
inline constexpr std::size_t registration_classes = 8;
/// "valid", "wrong_check_digit" ...
[[nodiscard]] std::string_view registration_class_name(RegistrationClass value);

struct RegistrationNumber {
    RegistrationClass kind = RegistrationClass::other_characters;
    std::string digits;  ///< without hyphens and blanks, for comparisons; empty where they cannot be known
};

/// 사업자등록번호, ten digits. Check digit: weights 1 3 7 1 3 7 1 3 5 on the first nine plus floor(d9 * 5 / 10), from
/// ten. Passed over: blanks, hyphens, commas and points between digits, full-width digits, an apostrophe before,
/// `="..."`,
/// `.0` behind.
[[nodiscard]] RegistrationNumber read_business_number(std::string_view text);

/// 법인등록번호, thirteen digits. Check digit: weights 1 2 alternating, from ten. Numbers issued from 2025-01-31 on may
/// have none, so that a wrong one is to be told, never refused.
[[nodiscard]] RegistrationNumber read_corporate_number(std::string_view text);

/// Whose business number it is, by the two digits in its middle.
enum class BusinessKind {
    sole_proprietor,  ///< 01-79, 90-99
    organisation,     ///< 80-89: corporations, the state, branches, religious bodies
    unassigned,       ///< 00: no firm has it (synthetic data)
};
/// @param digits  ten
[[nodiscard]] BusinessKind business_kind(std::string_view digits);

/// The place of a 주민등록번호 in a text: six digits that are a date, perhaps a hyphen, and seven digits. With a hyphen
/// and a first digit 1-8 the form is enough, unless it is a valid 법인등록번호; otherwise the check digit (mod 11) must
/// hold. What may be either is taken for a person's. The decimals of a decimal number are none.
struct TextPlace {
    std::size_t begin = 0;
    std::size_t size = 0;
};
[[nodiscard]] std::optional<TextPlace> find_resident_number(std::string_view text);

}  // namespace twinfirm::ingest
