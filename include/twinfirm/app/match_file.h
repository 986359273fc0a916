// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "twinfirm/app/output_protection.h"
#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/effects/missing_outcome.h"
#include "twinfirm/evaluation/effect_choice.h"

namespace twinfirm::app {

/// One file, one design: the command `match`.
struct MatchRequest {
    std::filesystem::path file;
    std::string formula;  ///< `treat ~ age + educ + ...`
    design::MatchingSettings settings;
    std::string id;                     ///< record key; empty = the row number
    std::vector<std::string> outcomes;  ///< `y`, `y2-y1`, `log(y2)-log(y1)`
    std::vector<std::string> by;        ///< effects by group
    evaluation::OutcomeAdjustment adjustment = evaluation::OutcomeAdjustment::none;
    evaluation::StandardError error = evaluation::StandardError::automatic;
    int variance_neighbors = 0;         ///< of Abadie & Imbens' local variances; 0 = 2, for an estimated score 1
    std::uint32_t replications = 1999;  ///< of bootstrap and permutation
    effects::MissingOutcome missing_outcome = effects::MissingOutcome::pair;
    unsigned threads = 0;
    bool balance_interactions = false;  ///< balance of squares and products too
    std::string cluster{};              ///< column that errors are clustered by; empty = none
    OutputProtection protection{};      ///< of effects by group
};

struct MatchSummary {
    Messages messages;
    std::vector<std::string> lists{};  ///< codes of the messages with a list in `lists/CODE.csv`
    std::int64_t treated = 0;
    std::int64_t treated_matched = 0;
    std::int64_t control = 0;
    std::int64_t control_matched = 0;
};

/// Reads the file, matches, and writes units.csv, pairs.csv, coefficients.csv, balance.csv, effects.csv, summary.json
/// and, for warnings about rows or covariates, lists/CODE.csv into `folder`. With a record key the rows are worked on
/// in the order of their keys, so that the order of the file's rows changes nothing. Errors: those of reading, of the
/// formula, of the score and of the matching; `treatment_not_binary`, `key_not_unique` (both rows named),
/// `outcome_syntax`; those of standard_error_for(); `disclosure_without_reason`. units.csv, pairs.csv and lists/ hold
/// one row a record (its number, no names): they are for whoever holds the file, not for publication.
[[nodiscard]] Result<MatchSummary> match_file(const MatchRequest& request, const std::filesystem::path& folder,
                                              const CancellationToken& token = {}, const ProgressSink& progress = {});

}  // namespace twinfirm::app
