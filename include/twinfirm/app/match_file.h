// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/effects/difference_in_means.h"

namespace twinfirm::app {

/// How the effects of a single design are estimated.
enum class OutcomeAdjustment { none, regression };

/// One file, one design: the command `match`.
struct MatchRequest {
    std::filesystem::path file;
    std::string formula;  ///< `treat ~ age + educ + ...`
    design::MatchingSettings settings;
    std::string id;                     ///< record key; empty = the row number
    std::vector<std::string> outcomes;  ///< `y`, `y2-y1`, `log(y2)-log(y1)`
    std::vector<std::string> by;        ///< effects by group
    OutcomeAdjustment adjustment = OutcomeAdjustment::none;
    effects::SeKind se = effects::SeKind::cr1;
    effects::MissingOutcome missing_outcome = effects::MissingOutcome::pair;
    unsigned threads = 0;
    bool balance_interactions = false;  ///< balance of squares and products too
};

struct MatchSummary {
    Messages messages;
    std::int64_t treated = 0;
    std::int64_t treated_matched = 0;
    std::int64_t control = 0;
    std::int64_t control_matched = 0;
};

/// Reads the file, matches, and writes units.csv, pairs.csv, coefficients.csv, balance.csv, effects.csv and
/// summary.json into `folder`. With a record key the rows are worked on in the order of their keys, so that the order
/// of the file's rows changes nothing. Errors: those of reading, of the formula, of the score and of the matching;
/// `treatment_not_binary`, `key_not_unique` (both rows named), `outcome_syntax`.
[[nodiscard]] Result<MatchSummary> match_file(const MatchRequest& request, const std::filesystem::path& folder,
                                              const CancellationToken& token = {}, const ProgressSink& progress = {});

}  // namespace twinfirm::app
