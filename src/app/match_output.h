// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "twinfirm/app/match_file.h"
#include "twinfirm/evaluation/pseudo_r_squared.h"
#include "twinfirm/evaluation/single_design.h"
#include "twinfirm/evaluation/warning_list.h"

namespace twinfirm::app {

/// Everything that the files of `match` are written from. `row_of` gives the 1-based data row of the file for each row
/// of the frame.
struct MatchOutput {
    evaluation::CrossSection match;
    std::vector<std::uint8_t> treated;
    std::vector<std::size_t> row_of;
    std::vector<balance::BalanceRow> balance;
    std::size_t covariate_rows = 0;  ///< of `balance`; squares and products follow them
    evaluation::PseudoRSquared r_squared_before;
    evaluation::PseudoRSquared r_squared_after;
    std::vector<evaluation::SingleEffect> effects;
    std::int64_t hidden_effects = 0;
    Messages messages;
    evaluation::WarningLists lists;  ///< what the messages are about
    double score_seconds = 0;
    double matching_seconds = 0;
    double balance_seconds = 0;
    double effects_seconds = 0;
};

[[nodiscard]] Status write_match_output(const MatchRequest& request, const MatchOutput& output,
                                        const std::filesystem::path& folder);

}  // namespace twinfirm::app
