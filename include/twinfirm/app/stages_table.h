// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/app/table_source.h"
#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/survey/stage_shares.h"

namespace twinfirm::app {

/// The command `stages`: a table of adoptions, one row an event. Columns not named are found by their canonical fields:
/// adopt_year or year, level_before, level, level_target, program.
struct StagesRequest {
    TableSource source;
    std::string year;
    std::string before;
    std::string after;
    std::string target;
    std::string programme;
    double confidence = 0.95;
};

struct StagesResult {
    std::vector<survey::StageShare> shares;
    std::vector<survey::StageTransition> transitions;  ///< before -> after
    std::vector<survey::StageTransition> targets;      ///< after -> target; empty without such a column
    std::int64_t events = 0;
    Messages messages;
};

/// Writes stage_shares.csv (`year,programme,level,count,base,share,ci_low,ci_high,unknown`) and transitions.csv
/// (`step,from,to, count,from_total,share,ci_low,ci_high`) into `folder` (empty: nothing is written). Levels are
/// numbers 0 .. 5 or words (기초, 중간1, Lv2 ...). Rows without a year or with no adoption are left out and counted
/// (`stages_rows_without_year`); levels that cannot be read count as not known (`levels_not_read`), and so do
/// transitions of which an end is not known (`stages_unknown`).
[[nodiscard]] Result<StagesResult> analyse_stages(const StagesRequest& request, const std::filesystem::path& folder,
                                                  const CancellationToken& token = {},
                                                  const ProgressSink& progress = {});

}  // namespace twinfirm::app
