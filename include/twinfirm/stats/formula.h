// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/result.h"

namespace twinfirm::stats {

/// One factor of a term: a column, a power of it or a logarithm of it.
struct Factor {
    enum class Kind { column, power, log, factor };
    Kind kind = Kind::column;
    std::string column;
    int exponent = 1;  ///< for power

    friend bool operator==(const Factor&, const Factor&) = default;
};

/// A main effect (one factor) or an interaction (several).
struct Term {
    std::vector<Factor> factors;
    std::string text;  ///< as R writes it: `I(age^2)`, `log(sales)`, `age:educ`

    friend bool operator==(const Term&, const Term&) = default;
};

/// `response ~ terms`. `a*b` is expanded to a + b + a:b; terms are unique, main effects keep their order.
struct Formula {
    std::string response;  ///< empty in `~ a + b`
    std::vector<Term> terms;
};

/// Grammar: terms `a`, `a:b`, `a*b`, `I(a^k)` (k = 1 .. 9), `log(a)`, `factor(a)`, joined by `+`; `1` stands for the
/// intercept, which every model has. A name that is not letters, digits, `_`, `.` or Hangul is written in backquotes
/// (a backquote or backslash within it behind a backslash). As in R, terms are put in order of their degree, and
/// `a:b` and `b:a` are the same term. At most 6 factors are crossed by `*`.
/// Errors (usage): `formula_syntax` {formula, column} with the column of the fault, in characters from 1.
[[nodiscard]] Result<Formula> parse_formula(std::string_view text);

/// The factor as R writes it: `age`, `I(age^2)`, `log(sales)`, `factor(year)`.
[[nodiscard]] std::string factor_text(const Factor& factor);

/// The name as a formula writes it: in backquotes where the grammar wants them.
[[nodiscard]] std::string formula_name(std::string_view name);

}  // namespace twinfirm::stats
