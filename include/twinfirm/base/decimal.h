// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace twinfirm {

/// A number as it stood in a text. Which way of writing was used is told, so that an importer can count it.
struct Decimal {
    double value = 0;              ///< correctly rounded; of a percentage the percent points (12% is 12)
    std::int64_t coefficient = 0;  ///< with `exponent` the exact value, where `exact`
    int exponent = 0;              ///< value = coefficient * 10^exponent
    bool exact = true;             ///< false: more digits than an int64 holds
    bool whole = false;            ///< no decimals and no exponent were written ("5.0" and "1e3" are not whole)
    bool percent = false;          ///< % or %p followed
    bool separators = false;       ///< thousands separators
    bool triangle = false;         ///< △ or ▲ for minus
    bool parentheses = false;      ///< ( ) for minus
    bool trailing_minus = false;
    bool other_minus = false;  ///< U+2212 or U+2013 for minus
    bool full_width = false;
    bool won_sign = false;  ///< ₩ before or 원 behind
};

/// Reads Korean and international spellings of one number; spaces around it are passed over.
/// Accepted: digits with one `.`; commas every three digits; exponents; + and - before, - behind; △ ▲ − – and ( ) for
/// minus; %, %p; ₩ and 원; full-width forms of all these.
/// Nothing is guessed: leading zeros (00123), commas elsewhere (1,23), inner spaces, ranges, words, other currencies
/// and units, whole numbers beyond an int64 and values beyond a double are no number. Cost: O(length); locale-free.
[[nodiscard]] std::optional<Decimal> parse_decimal(std::string_view text);

struct ScaledInteger {
    std::int64_t value = 0;
    bool rounded = false;  ///< the exact value is not whole
};

/// decimal * 10^power as an integer, computed exactly; rounded half away from zero where it is not whole.
/// Nothing if it does not fit an int64 or the decimal is not exact.
[[nodiscard]] std::optional<ScaledInteger> scaled_integer(const Decimal& decimal, int power);

}  // namespace twinfirm
