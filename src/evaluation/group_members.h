// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "study_effects.h"
#include "twinfirm/evaluation/groups.h"

namespace twinfirm::evaluation {

/// The adopters of one group, and its units in the cohorts.
struct Members {
    std::vector<const design::Breakdown*> divided_by;  ///< none for all adopters; two of a crossed breakdown
    Group group;
    std::vector<Adopter> adopters;
    GroupUnits units;
};

/// One entry a group of the grouping. Non-adopters belong to a group where its effect is compared with them alone, or
/// is theirs. Errors: those of group_adopters().
[[nodiscard]] Result<std::vector<Members>> group_members(const StudyCohorts& study, const design::Breakdown& breakdown,
                                                         const Grouping& grouping,
                                                         const std::vector<Adopter>& adopters);

}  // namespace twinfirm::evaluation
