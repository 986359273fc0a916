// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "twinfirm/app/table_source.h"
#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/survey/technology_level.h"

namespace twinfirm::app {

/// The command `technology`. Columns not named are found under their usual names: year, country, scope, area, level,
/// gap_years, best_country (연도, 국가, 구분, 분야, 기술수준, 기술격차, 최고기술국).
struct TechnologyRequest {
    TableSource source;
    std::string year;
    std::string country;
    std::string scope;
    std::string area;
    std::string level;
    std::string gap;
    std::string best;
    std::string focus = "KR";  ///< the country whose gaps are listed
    std::optional<int> from;   ///< years compared; first and last of the table unless given
    std::optional<int> to;
};

struct TechnologyResult {
    std::vector<survey::TechnologyLevel> levels;
    std::vector<survey::TechnologyChange> changes;
    std::vector<survey::TechnologyGap> gaps;  ///< in the later year
    int from = 0;
    int to = 0;
    Messages messages;
};

/// Reads and checks the long table, and writes levels.csv (`year,country,scope,area,level,gap_years,best,group`),
/// changes.csv (`country,scope,area,from,to,level_from,level_to,change_pp,gap_change_years,group_from,group_to`) and
/// gaps.csv
/// (`scope,area,country,other,level,other_level,difference_pp,gap_years`) into `folder` (empty: nothing is written). A
/// scope that is empty is "national"; 중소기업 and SME are "sme", 국가 and 전체 "national". Errors: those of reading
/// and of survey/technology_level.h, with the file; `survey_column_unknown`, `survey_column_text`,
/// `technology_no_level` where nothing is left to show.
[[nodiscard]] Result<TechnologyResult> analyse_technology(const TechnologyRequest& request,
                                                          const std::filesystem::path& folder,
                                                          const CancellationToken& token = {},
                                                          const ProgressSink& progress = {});

}  // namespace twinfirm::app
