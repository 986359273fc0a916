// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/stats/panel.h"

namespace twinfirm::evaluation {

/// One adopter with the base year of its cohort.
struct Adopter {
    std::size_t firm = 0;
    int year = 0;  ///< adoption year
};

/// The groups of one breakdown and the group of each adopter.
struct Grouping {
    std::vector<Group> groups;       ///< in the order shown
    std::vector<std::int32_t> of;    ///< one an adopter; -1 = in no group (value missing, or not among the top)
    std::int64_t without_group = 0;  ///< adopters whose value is missing
};

/// Divides adopters by the breakdown's variable in their own base years: into bands (its edges), or by category in the
/// order that the breakdown gives, with industries named after their divisions; the year is the breakdown's band year.
/// A crossed breakdown has the pairs of its parts' groups that any adopter is in. Errors (usage): `variable_unknown`,
/// `breakdown_not_numeric` (bands of a text).
[[nodiscard]] Result<Grouping> group_adopters(const design::Breakdown& breakdown, const stats::Panel& panel,
                                              const design::Specification& specification,
                                              std::span<const Adopter> adopters);

}  // namespace twinfirm::evaluation
