// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "twinfirm/evaluation/adoption_event.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/stats/panel.h"

namespace twinfirm::evaluation {

/// What a study is computed from, in memory.
struct StudyData {
    stats::Panel panel;
    /// Survey answers by canonical field (prod_before ...): one value a firm of the panel, NaN = no answer.
    std::map<std::string, std::vector<double>, std::less<>> survey;
    std::vector<DataSummary::Table> tables;
    Messages messages;  ///< what was noticed while the data were put together
    /// Every adoption of every firm, by firm and then in time; empty where the study names no table of adoptions.
    /// The panel's adoption_year and level are those of each firm's first.
    std::vector<AdoptionEvent> adoptions{};
    /// Price index by year; empty where the study names none.
    std::map<int, double> price_index{};
};

}  // namespace twinfirm::evaluation
