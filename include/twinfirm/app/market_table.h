// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "twinfirm/app/table_source.h"
#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/survey/growth.h"

namespace twinfirm::app {

/// The command `market`: a question about growth, a table of sources, or both.
struct MarketRequest {
    std::optional<survey::GrowthQuestion> question;
    std::optional<int> first_year;  ///< of the path; none = it counts from 0
    /// Columns source, market, year, value, exchange_rate, rate (출처, 시장, 연도, 값, 환율, 증가율), the last two
    /// optional; `rate` in per cent a year.
    std::optional<TableSource> sources;
};

struct MarketResult {
    std::optional<survey::Growth> growth;
    std::vector<survey::MarketFigure> figures;
    std::vector<survey::MarketComparison> comparisons;
    Messages messages;
};

/// Solves and compares; with a folder, writes growth.csv (`year,value`) and sources.csv (`market,year,source,value,
/// exchange_rate,common_value,rate,low,high,disagreement`). Errors: those of reading and of survey/growth.h;
/// `market_nothing` (usage), `survey_column_unknown`, `survey_column_text`, `market_year` {row}.
[[nodiscard]] Result<MarketResult> analyse_market(const MarketRequest& request, const std::filesystem::path& folder,
                                                  const CancellationToken& token = {},
                                                  const ProgressSink& progress = {});

}  // namespace twinfirm::app
