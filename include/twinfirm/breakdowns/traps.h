// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "twinfirm/base/message.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/effects/before_after.h"

namespace twinfirm::breakdowns {

/// Patterns in which a published number says something else than it seems to. Each rule gives its message (code and
/// count of firms) when it applies and nothing otherwise; the texts name what misleads and what to read instead.

inline constexpr std::int64_t small_cell_below = 30;       ///< firms
inline constexpr double tiny_base_share_of_median = 0.05;  ///< a base below this share of the median base is tiny
inline constexpr double tiny_base_limit = 0.05;            ///< tolerated share of tiny bases
inline constexpr double ratio_excess_factor = 3;           ///< mean of ratios over ratio of sums, in absolute value
inline constexpr double ratio_excess_points = 0.10;        ///< and their least distance, 0.10 = 10 %p

/// `trap_regression_to_mean`: the groups are bands of the outcome's own value in the base year, alone or averaged with
/// the year before. Firms stand in the
/// lowest band partly because that year was a bad one, and rise again without any programme (Galton 1886; Daw &
/// Hatfield 2018 for difference-in-differences). `outcome_variables` are the panel variables or survey columns that the
/// outcome's base is read from; `firms` is the number of firms in the group.
[[nodiscard]] Messages trap_regression_to_mean(const design::Breakdown& breakdown,
                                               std::span<const std::string_view> outcome_variables, std::int64_t firms);

/// `trap_tiny_denominator`: the mean of the firms' own growth rates is carried by firms with next to no base. Applies
/// when |mean of ratios| > 3 |ratio of sums| and they lie 10 %p or more apart, or when more than 5 % of the positive
/// bases are smaller than 5 % of their median. Counts the bases smaller than 5 % of the median. `before` are the bases
/// of the firms in `change`; NaN are skipped.
[[nodiscard]] Messages trap_tiny_denominator(const effects::BeforeAfter& change, std::span<const double> before);

/// `trap_small_cell`: fewer than 30 firms; one firm moves the number.
[[nodiscard]] Messages trap_small_cell(std::int64_t firms);

/// `trap_zero_base`: firms with a base of 0 or below have no growth rate and are missing from the mean and the median
/// of ratios, though not from the ratio of sums.
[[nodiscard]] Messages trap_zero_base(const effects::BeforeAfter& change);

inline constexpr double outlier_share = 0.25;   ///< of the raw number, by which the winsorised one differs
inline constexpr double outlier_points = 0.02;  ///< and their least distance for ratios, 0.02 = 2 %p

/// `trap_outliers`: a few firms carry the mean of ratios or, in levels, the mean difference: drawing the outermost ones
/// in to their neighbours moves it by a quarter or more. `ratios`: judge the mean of ratios, else the difference.
/// Counts the firms in the mean.
[[nodiscard]] Messages trap_outliers(const effects::BeforeAfter& change, bool ratios);

}  // namespace twinfirm::breakdowns
