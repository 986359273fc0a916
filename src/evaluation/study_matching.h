// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cohort_matching.h"
#include "twinfirm/evaluation/evaluate.h"

namespace twinfirm::evaluation {

/// What a study is matched by. Specification and panel outlive it.
struct MatchingInput {
    const design::Specification& specification;
    const stats::Panel& panel;
    std::span<const std::uint8_t> left_out{};  ///< one flag a firm of the panel; empty = nobody
};

/// The terms of the covariates, each once.
[[nodiscard]] Result<std::vector<stats::Term>> score_terms(const design::Specification& specification);

/// The specification with `NAME_growth` among its covariates for the outcomes in percent, where it asks for growth
/// before adoption. An outcome that is 0 for more than one in twenty has no growth for these firms: it is named
/// (`over_time_growth_left_out`) and has no term.
[[nodiscard]] design::Specification with_growth_before(const design::Specification& specification,
                                                       const stats::Panel& panel, Messages& messages);

/// Adoption years whose base year the panel holds.
[[nodiscard]] std::vector<int> cohort_years(const stats::Panel& panel);

/// Scores, then matches all cohorts, several at a time. A cohort that cannot be matched is named in `left_out`, with
/// its number of adopters, and left out: a handful of firms must not take the whole study with it.
[[nodiscard]] Result<std::vector<MatchedCohort>> match_cohorts(const MatchingInput& input,
                                                               const std::vector<stats::Term>& terms,
                                                               const std::vector<int>& years, unsigned threads,
                                                               const CancellationToken& token, StageTimes& stage,
                                                               Messages& left_out);

}  // namespace twinfirm::evaluation
