// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "twinfirm/base/language.h"

namespace twinfirm::charts {

/// Numbers as they stand in a figure, rounded half away from zero. Negative: `△15.9` in Korean, `−15.9` in English.
/// NaN is `-` everywhere.

/// `1,234.5`; `with_plus` marks positive numbers, for differences.
[[nodiscard]] std::string number_label(double value, int decimals, Language language, bool with_plus = false);

/// The number with its unit: `119.7억원`, `42.9%p`; English puts a space before a word: `119.7 KRW 100m`, `7.7%`.
[[nodiscard]] std::string value_label(double value, std::string_view unit, int decimals, Language language,
                                      bool with_plus = false);

/// `3,947`.
[[nodiscard]] std::string count_label(std::int64_t count);

/// `(n=3,947)`.
[[nodiscard]] std::string n_label(std::int64_t count);

/// `3.1~8.4` in Korean, `3.1 to 8.4` in English; empty when a bound is missing.
[[nodiscard]] std::string interval_label(double low, double high, int decimals, Language language);

/// A p-value: `0.012`, `< 0.001`.
/// A long name on two lines, broken at the space nearest to its middle; a short one, or one without a space, as it is.
[[nodiscard]] std::string broken_label(const std::string& name);
[[nodiscard]] std::string p_label(double p_value);

}  // namespace twinfirm::charts
