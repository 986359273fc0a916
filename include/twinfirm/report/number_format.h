// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "twinfirm/base/language.h"

namespace twinfirm::report {

/// `fraction` in percent, shifted in the decimal text and not multiplied: 0.0765 is 7.65, where 0.0765 * 100 is
/// 7.6499999999999995 and would be rounded the wrong way.
[[nodiscard]] double in_percent(double fraction);

/// `value / scale`; a power of ten is shifted in the decimal text, like in_percent. `scale` > 0.
[[nodiscard]] double in_unit(double value, double scale);

/// Numbers as a reader sees them, in tables, sentences and figures. Rounded half away from zero on the decimal value;
/// thousands separated by commas; negative numbers carry `△` in Korean (as ministries write them) and `−` in English.
/// NaN and infinity are `-`, never 0. Files for machines do not use this class: see table_to_csv.
class NumberFormat {
  public:
    explicit NumberFormat(Language language) : language_(language) {}

    [[nodiscard]] Language language() const { return language_; }

    /// `△1,234.5`
    [[nodiscard]] std::string number(double value, int decimals) const;
    /// Means of columns of unlike size: no decimals from 1,000 on, 1 from 100 on, 2 from 1 on, else 3.
    [[nodiscard]] std::string adaptive(double value) const;
    /// `3,947`
    [[nodiscard]] std::string count(std::int64_t value) const;
    /// `7.7%` of the fraction 0.077
    [[nodiscard]] std::string percent(double fraction, int decimals = 1) const;
    /// `42.9%p` (`42.9 pp`) of the fraction 0.429
    [[nodiscard]] std::string points(double fraction, int decimals = 1) const;
    /// The value with its unit: `3.0명`, `119.7억원`, `1.8배`; in English with a space and the unit's English name.
    [[nodiscard]] std::string quantity(double value, int decimals, std::string_view unit) const;
    /// Three decimals; below 0.001 `<0.001`.
    [[nodiscard]] std::string p_value(double value) const;
    /// `[1.2, 3.4]`; `-` when a limit is not available.
    [[nodiscard]] std::string interval(double low, double high, int decimals) const;
    /// `(n=3,947)`
    [[nodiscard]] std::string sample_size(std::int64_t n) const;
    /// The unit's name in this language: `명` is `persons`, `%p` is `pp`. A unit that is not known stays as it is.
    [[nodiscard]] std::string unit(std::string_view unit) const;

  private:
    Language language_;
};

/// Shown for a number that does not exist; a note below the table says why.
inline constexpr std::string_view not_available_mark = "-";
/// Shown for a number that would disclose single firms.
inline constexpr std::string_view suppressed_mark = "X";

}  // namespace twinfirm::report
