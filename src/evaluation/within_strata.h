// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "study_effects.h"
#include "twinfirm/base/cancellation.h"

namespace twinfirm::evaluation {

/// How a breakdown that asks for estimates within its groups gets them.
enum class WithinRule {
    none,  ///< the study's own sets keep to the groups, or the breakdown asks for nothing, or weights divide both arms
    strata,  ///< matched anew with the groups as strata
    apart    ///< only adopters have a group (the level reached): each group scored and matched alone
};
[[nodiscard]] WithinRule within_rule(const StudyCohorts& study, const design::Breakdown& breakdown);

/// Cohorts matched anew, with the effects made of them.
struct WithinStudy {
    std::vector<MatchedCohort> cohorts;
    std::unique_ptr<StudyEffects> effects;
    std::int64_t cohorts_left_out = 0;  ///< that had nobody to match; they keep an empty sample
};

/// On the scores that the cohorts have, with the groups of the breakdown as strata besides those of the study, so that
/// no set crosses them. Errors: those of base_year_column() and of the matching. Cost: that of one matching.
[[nodiscard]] Result<std::unique_ptr<WithinStudy>> match_within(const StudyCohorts& study,
                                                                const design::Breakdown& breakdown,
                                                                const CancellationToken& token);

/// A group's adopters as a treatment of its own: the adopters of other groups are left out, the score is fitted anew.
/// Errors and cost as above, with the fit.
[[nodiscard]] Result<std::unique_ptr<WithinStudy>> match_apart(const StudyCohorts& study, const GroupUnits& group,
                                                               const CancellationToken& token);

}  // namespace twinfirm::evaluation
