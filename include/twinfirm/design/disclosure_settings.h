// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace twinfirm::design {

/// The `largest` (1 or 2) contributors may not hold more than `percent` of a total.
struct DominanceRule {
    int largest = 1;
    double percent = 75;

    friend bool operator==(const DominanceRule&, const DominanceRule&) = default;
};

/// Disclosure control of everything that a study shows. The smallest number of firms of either arm that may be shown is
/// the specification's `minimum_cell`. What is shown is no part of what is estimated: these settings do not enter the
/// specification's hash.
struct DisclosureSettings {
    bool enabled = true;
    std::string reason;                                         ///< why protection is off; needed where it is
    std::vector<DominanceRule> dominance = {{1, 75}, {2, 85}};  ///< of totals in units (sales, employees)
    double p_percent = 15;      ///< the second largest must not know the largest more exactly than this
    int minimum_extremes = 10;  ///< medians, percentiles and largest values are of at least so many firms

    friend bool operator==(const DisclosureSettings&, const DisclosureSettings&) = default;
};

}  // namespace twinfirm::design
