// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/design/specification.h"

namespace twinfirm::breakdowns {

inline constexpr std::int32_t no_group = -1;

/// The band of a value, from 0: `lower_bounds` rise, band i is [bound i, bound i+1), the last is open above. A value
/// below the first bound or missing (NaN) has no band. Cost: O(log bands).
[[nodiscard]] std::int32_t band_of(double value, std::span<const double> lower_bounds);

/// One group of a breakdown.
struct GroupDefinition {
    std::string key;  ///< stable: the band's number from 0, or the category
    LocalizedText label;

    friend bool operator==(const GroupDefinition&, const GroupDefinition&) = default;
};

/// Firms divided into groups.
struct Grouping {
    std::vector<GroupDefinition> groups;  ///< in the order shown
    std::vector<std::int32_t> group;  ///< one a firm, index of `groups`; no_group = without a value (자료없음), or in
                                      ///< none of the groups shown
    std::int64_t adopters_without_value = 0;  ///< adopters that could not be put into any group
    std::int64_t adopters_not_shown = 0;      ///< adopters in groups left out by `top`
};

/// Groups by bands of a number: `breakdown.edges` are the lower bounds. A band without a label of the specification is
/// labelled with its bounds. `adopter` (1 = adopter) has the length of `values`; it decides the `top` groups: the most
/// adopters, ties by the bands' order; the groups kept stay in the bands' order. Cost: O(n log bands).
[[nodiscard]] Grouping group_by_bands(const design::Breakdown& breakdown, std::span<const double> values,
                                      std::span<const std::uint8_t> adopter);

/// Groups by category: those of `breakdown.values` in that order with their labels, or, when it names none, all that
/// occur, in code-point order and under their own names. An empty text is a missing value; a text that is not among
/// `breakdown.values` is in no group. With `top`, the groups with the most adopters stand in falling order of their
/// number, ties in the order above. Cost: O(n log n).
[[nodiscard]] Grouping group_by_category(const design::Breakdown& breakdown, std::span<const std::string> values,
                                         std::span<const std::uint8_t> adopter);

}  // namespace twinfirm::breakdowns
