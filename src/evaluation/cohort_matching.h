// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "twinfirm/effects/matched_did.h"
#include "twinfirm/evaluation/cohort_frame.h"
#include "twinfirm/evaluation/cross_section.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::evaluation {

/// One cohort with its matching and what of it goes into the result.
struct MatchedCohort {
    CohortFirms firms;
    stats::Frame frame;
    CrossSection match;
    Cohort report;
};

/// The cohort with its base-year columns and its score; not matched yet. Firms flagged in `left_out` (one flag a firm
/// of the panel) are in neither arm.
struct ScoredCohort {
    CohortFirms firms;
    stats::Frame frame;
    CrossSection section;
};

[[nodiscard]] Result<ScoredCohort> score_cohort(const design::Specification& specification, const stats::Panel& panel,
                                                const std::vector<stats::Term>& terms, int year, unsigned threads,
                                                std::span<const std::uint8_t> left_out = {});

[[nodiscard]] Result<MatchedCohort> match_cohort(const design::Specification& specification, const stats::Panel& panel,
                                                 ScoredCohort scored, const CancellationToken& token);

/// Appends the cohort's matched pairs, set by set, for the adopters whose rows `wanted` names; each non-adopter with
/// weight 1 / their number in the set.
void append_sets(const MatchedCohort& cohort, std::vector<effects::MatchedSet>& sets,
                 const std::function<bool(std::size_t)>& wanted);

}  // namespace twinfirm::evaluation
