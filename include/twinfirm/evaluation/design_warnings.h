// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "twinfirm/balance/balance_table.h"
#include "twinfirm/base/message.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/evaluation/cross_section.h"
#include "twinfirm/evaluation/warning_list.h"

namespace twinfirm::evaluation {

/// One matching to be looked over: a cohort of a study, or the one of `match`.
struct WarnedSection {
    const CrossSection& match;
    const stats::Frame& frame;
    const std::vector<std::uint8_t>& treated;  ///< one a row of the frame
    int year = 0;                              ///< adoption year; 0 = none
};

/// How the lists name a unit: cells under `columns` for a row of a section.
struct UnitKey {
    std::vector<std::string> columns;
    std::function<std::vector<std::string>(std::size_t section, std::size_t row)> cells;
};

struct DesignWarnings {
    Messages messages;
    WarningLists lists;
};

/// What the analyst must know about how units were matched or weighted, each with its count over all sections:
/// `study_scores_extreme` (score above 0.99), `study_adopters_outside_support` (adopters beyond every non-adopter's
/// score), `study_more_adopters` (strata with more adopters than non-adopters, after matching without replacement),
/// `study_covariates_missing` (more than 5 % of an arm left out). With each its list; and lists for what the sections'
/// samples have warned of themselves: adopters lost (`caliper_drops_many`, `match_drops_many`), non-adopters used often
/// (`match_used_often`), the largest weights (`weights_extreme_treated`, `_control`).
/// `minimum_cell`: counts of strata below it, and above 0, are written as X. Cost: O(units log units).
[[nodiscard]] DesignWarnings design_warnings(std::span<const WarnedSection> sections, const UnitKey& key,
                                             const design::MatchingSettings& settings, std::int64_t minimum_cell);

/// `balance_smd_over_limit` (|SMD| above 0.1) and `balance_variance_ratio` (outside 0.5 .. 2) after matching.
[[nodiscard]] DesignWarnings balance_warnings(std::span<const balance::BalanceRow> rows);

}  // namespace twinfirm::evaluation
