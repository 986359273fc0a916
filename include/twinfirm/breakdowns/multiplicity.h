// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace twinfirm::breakdowns {

/// P values of a family of tests, adjusted so that the chance of even one false finding stays at the level (Holm 1979,
/// Scand. J. Statistics 6): the i-th smallest of m is multiplied by m - i + 1, made rising and cut at 1. Valid for any
/// dependence. NaN stays NaN and does not count. Cost: O(m log m).
[[nodiscard]] std::vector<double> holm(std::span<const double> p_values);

/// Adjusted so that the expected share of false findings among the findings stays at the level (Benjamini & Hochberg
/// 1995, JRSS B 57): the i-th smallest of m is multiplied by m / i, made rising from the top and cut at 1. Valid for
/// independent or positively dependent tests. NaN stays NaN and does not count. Cost: O(m log m).
[[nodiscard]] std::vector<double> benjamini_hochberg(std::span<const double> p_values);

}  // namespace twinfirm::breakdowns
