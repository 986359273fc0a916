// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/disclosure/aggregate_table.h"

namespace twinfirm::disclosure {

/// The n largest contributors may not hold more than `percent` of a cell.
struct Dominance {
    int largest = 1;  ///< 1 or 2
    double percent = 75;
};

/// Which cells must not be shown. (Hundepool et al., Statistical Disclosure Control, 2012, section 4.2.)
struct PrimaryRules {
    double minimum_frequency = 3;  ///< a cell with 0 < contributors < this is hidden; each arm by itself
    std::vector<Dominance> dominance = {{1, 75}, {2, 85}};
    double p_percent = 15;         ///< the second largest must not know the largest more exactly than this
    double minimum_extremes = 10;  ///< minimum, maximum and percentiles are of at least so many
};

/// Errors (usage): `disclosure_rules` if a figure is not positive, a share above 100 or a dominance of other than 1 or
/// 2.
[[nodiscard]] Status check_rules(const PrimaryRules& rules);

enum class Sensitivity { none, frequency, dominance, p_percent };

/// Why a cell is hidden, and how uncertain it must stay for a reader who knows how the table adds up.
struct Protection {
    Sensitivity reason = Sensitivity::none;
    /// Counts: the interval a reader can find holds at least `whole_numbers` + 1 whole numbers; the minimum frequency
    /// less one.
    double whole_numbers = 0;
    /// Magnitudes: how far the upper bound lies above the value, and the lower one below it (at most the value). By the
    /// p% rule p/100 * largest - (value - largest - second); where only an (n,k) rule hides the cell, the n largest *
    /// 100/k - value; where only the frequency does and the contributions are not known, p/100 * value.
    double up = 0;
    double down = 0;
};

/// The protection each cell asks for; `none` for cells that may be shown. A cell of 0 without contributors tells
/// nothing about anybody and is not hidden. Magnitudes are judged by absolute values. O(cells).
[[nodiscard]] std::vector<Protection> required_protection(const AggregateTable& table, const PrimaryRules& rules);

/// Whether extremes and percentiles of so many contributors may be shown.
[[nodiscard]] bool extremes_may_be_shown(double contributors, const PrimaryRules& rules);

}  // namespace twinfirm::disclosure
