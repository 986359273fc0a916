// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace twinfirm {

/// Shortest decimal text that reads back as the same double, with `.`; empty for NaN, "inf"/"-inf" for infinities.
/// Independent of the locale.
[[nodiscard]] std::string shortest_text(double value);
[[nodiscard]] std::string integer_text(std::int64_t value);
/// Fixed number of decimals, rounded half away from zero on the decimal value (2.675 -> 2.68); no thousands separators.
[[nodiscard]] std::string fixed_text(double value, int decimals);

}  // namespace twinfirm
